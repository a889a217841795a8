import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { formerAreas } from './lineage.js'
import { link, type PageContext } from './page-context.js'
import { toSearchView } from './search.view.js'
import { BROWSABLE_KINDS } from './unit-kinds.js'

/** The first page: search, and three ways to browse. */
export function toHomeView(
  context: PageContext,
  { registry, services }: { readonly registry: UnitRegistry; readonly services: ServiceCatalogue },
  on: IsoDay,
) {
  const { t, language } = context
  const inForce = registry.validOn(on)
  const countOf = (kind: string) => inForce.filter((unit) => unit.kind === kind).length
  return {
    pageTitle: t('finder.home_title'),
    extraStyle: 'finder.css',
    search: toSearchView(context, { text: '', kind: null, area: null, service: null }),
    kinds: BROWSABLE_KINDS.map((kind) => ({
      label: t(`units.kinds_${kind}`),
      href: link(context, '/agencies', { kind }),
      count: countOf(kind),
    })).filter(({ count }) => count > 0),
    services: services.all().map(({ code, name }) => ({
      label: name[language],
      href: link(context, '/agencies', { service: code }),
    })),
    areas: formerAreas(registry, on).map((unit) => ({
      label: registry.nameOf(unit.uid, on)[language],
      href: link(context, '/agencies', { area: unit.uid }),
    })),
  }
}
