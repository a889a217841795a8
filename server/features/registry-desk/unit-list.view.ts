import { isWithin } from '../../domain/survey/day.js'
import { UNIT_KINDS, type Unit, type UnitRegistry } from '../../domain/units/unit.js'
import { type DeskContext, linkTo, unitHref } from './page.js'
import type { UnitListQuery } from './unit-list.js'

const PER_PAGE = 50

/** What a page of the list shows. */
export interface UnitListPage {
  readonly query: UnitListQuery
  /** The day as it was typed; kept when it is none. */
  readonly typedDay: string
  /** Counted from 1. */
  readonly page: number
  readonly units: readonly Unit[]
  readonly fault: { readonly field: 'on' | 'parent'; readonly key: string } | null
}

/** The registry as of a day: units with their kind, parent, life, code and legal basis. */
export function toUnitListView(registry: UnitRegistry, shown: UnitListPage, context: DeskContext) {
  const { t, formats, langQuery } = context
  const { query, units, fault } = shown
  const pages = Math.max(1, Math.ceil(units.length / PER_PAGE))
  const page = Math.min(shown.page, pages)
  const hrefOf = (to: number) =>
    linkTo(
      '/admin/units',
      { q: query.text, kind: query.kind ?? '', parent: query.parent, on: query.on, page: String(to) },
      langQuery,
    )
  return {
    pageTitle: fault ? t('accounts.title_with_error', { title: t('registry.units_title') }) : t('registry.units_title'),
    heading: t('registry.units_title'),
    extraStyle: 'registry.css',
    backHref: `/admin${langQuery}`,
    eventsHref: `/admin/unit-events${context.langQuery}`,
    fault: fault && { href: `#${fault.field}`, words: t(fault.key) },
    form: {
      lang: langQuery === '' ? null : context.language,
      text: query.text,
      day: shown.typedDay,
      parent: query.parent,
      isDayWrong: fault?.field === 'on',
      isParentWrong: fault?.field === 'parent',
      kinds: UNIT_KINDS.map((kind) => ({
        value: kind,
        label: t(`units.kinds_${kind}`),
        isChosen: kind === query.kind,
      })),
    },
    count: t('registry.unit_count', { count: formats.count(units.length), day: formats.day(query.on) }),
    rows: units.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((unit) => toRow(registry, unit, query.on, context)),
    pageOf: pages === 1 ? null : t('registry.page_of', { page: formats.count(page), pages: formats.count(pages) }),
    previousHref: page > 1 ? hrefOf(page - 1) : null,
    nextHref: page < pages ? hrefOf(page + 1) : null,
  }
}

function toRow(registry: UnitRegistry, unit: Unit, on: string, context: DeskContext) {
  const { t, language } = context
  const parent = registry.parentOf(unit.uid, on)
  const codes = unit.codes
    .filter(({ from, to }) => isWithin(on, from, to))
    .map(({ scheme, value }) => `${scheme} ${value}`)
  return {
    uid: unit.uid,
    href: unitHref(unit.uid, on, context),
    name: registry.nameOf(unit.uid, on)[language],
    kind: t(`units.kind_${unit.kind}`),
    parent: parent ? registry.nameOf(parent.uid, on)[language] : '–',
    life: lifeText(unit, context),
    code: codes.join(', ') || '–',
    legalBasis: unit.legalBasis,
    isUnverified: unit.verified === false,
  }
}

/** From when to when a unit exists, in words; the last day is the last on which it does. */
export function lifeText({ validFrom: from, validTo: to }: Pick<Unit, 'validFrom' | 'validTo'>, context: DeskContext) {
  return stretchText({ from, to }, context)
}

/** A half-open stretch in words: `to` is the first day on which it no longer holds. */
export function stretchText(
  { from, to }: { readonly from: string | null; readonly to: string | null },
  { t, formats }: Pick<DeskContext, 't' | 'formats'>,
): string {
  if (from === null && to === null) return t('registry.always')
  if (from === null) return t('registry.until', { to: formats.day(to ?? '') })
  if (to === null) return t('registry.since', { from: formats.day(from) })
  return t('registry.since_until', { from: formats.day(from), to: formats.day(to) })
}
