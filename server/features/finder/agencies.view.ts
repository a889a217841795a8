import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import type { AgenciesFound, AgencyQuery } from './find-agencies.js'
import { link, type PageContext } from './page-context.js'
import type { ListPage } from './paging.js'
import { toSearchView } from './search.view.js'
import { toUnitLine } from './unit-line.view.js'

/** Everything the list of agencies is drawn from. */
export interface AgenciesInput {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly query: AgencyQuery
  readonly on: IsoDay
  readonly matchedServices: AgenciesFound['services']
  readonly list: ListPage<Unit>
  /** Whether the unit with this uid can be rated now. */
  readonly isOpen: (uid: string) => boolean
}

function queryParams({ text, kind, area, service }: AgencyQuery) {
  return { q: text, kind, area: area?.uid, service: service?.code }
}

function toTitle({ t, language }: PageContext, { query, registry, on }: AgenciesInput): string {
  if (query.area) return t('finder.in_area', { area: registry.nameOf(query.area.uid, on)[language] })
  if (query.service) return t('finder.for_service', { service: query.service.name[language] })
  if (query.text !== '') return t('finder.found_for', { text: query.text })
  return query.kind ? t(`units.kinds_${query.kind}`) : t('finder.all_agencies')
}

/** Filters in force, each with the way to drop it; the title already names the first where nothing was typed. */
function toFilters(context: PageContext, { query, registry, on }: AgenciesInput) {
  const { t, language } = context
  const dropped = (part: object) => link(context, '/agencies', { ...queryParams(query), ...part })
  const chips = []
  if (query.text !== '') chips.push({ label: t('finder.quoted', { text: query.text }), href: dropped({ q: null }) })
  if (query.kind) chips.push({ label: t(`units.kinds_${query.kind}`), href: dropped({ kind: null }) })
  if (query.area) {
    chips.push({ label: registry.nameOf(query.area.uid, on)[language], href: dropped({ area: null }) })
  }
  if (query.service) chips.push({ label: query.service.name[language], href: dropped({ service: null }) })
  return chips.length > 1 ? chips : []
}

function toPaging(context: PageContext, { query, list }: AgenciesInput) {
  if (list.pageCount === 1) return null
  const href = (page: number) => link(context, '/agencies', { ...queryParams(query), page: page === 1 ? null : page })
  return {
    status: context.t('finder.page_status', { page: list.page, pages: list.pageCount }),
    previous: list.page > 1 ? href(list.page - 1) : null,
    next: list.page < list.pageCount ? href(list.page + 1) : null,
  }
}

/** The list of agencies found or browsed. */
export function toAgenciesView(context: PageContext, input: AgenciesInput) {
  const { registry, query, on, matchedServices, list, isOpen } = input
  const { t, language } = context
  const isEmpty = list.total === 0 && matchedServices.length === 0
  return {
    pageTitle: toTitle(context, input),
    extraStyle: 'finder.css',
    search: toSearchView(context, query),
    filters: toFilters(context, input),
    services: matchedServices.map(({ code, name, description }) => ({
      name: name[language],
      description: description[language],
      href: link(context, '/agencies', { service: code }),
    })),
    status: list.total === 1 ? t('finder.one_found') : t('finder.many_found', { count: list.total }),
    isEmpty,
    hasUnits: list.total > 0,
    units: list.entries.map((unit) =>
      toUnitLine(context, registry, {
        unit,
        on,
        isOpen: isOpen(unit.uid),
        anchor: query.service ? `dv-${query.service.code}` : null,
      }),
    ),
    paging: toPaging(context, input),
    homeHref: link(context, '/'),
  }
}
