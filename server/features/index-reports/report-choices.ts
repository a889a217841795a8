import type { Language } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { UNIT_KINDS, type UnitRegistry } from '../../domain/units/unit.js'
import type { FilterChoices } from './report-filters.view.js'

/** Units (and areas above them), kinds and services that a wave can be filtered by. */
export function filterChoices(
  {
    registry,
    services,
  }: {
    readonly registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'nameOf' | 'parentOf'>
    readonly services: Pick<ServiceCatalogue, 'all'>
  },
  wave: Wave,
  language: Language,
): FilterChoices {
  const areas = wave.unitUids.flatMap((uid) => registry.parentOf(uid, wave.referenceOn)?.uid ?? [])
  const uids = [...new Set([...wave.unitUids, ...areas])].filter((uid) => uid !== registry.cityUid)
  const collator = new Intl.Collator(language, { numeric: true })
  const units = uids
    .map((uid) => ({ uid, name: registry.nameOf(uid, wave.referenceOn)[language] }))
    .sort((a, b) => collator.compare(a.name, b.name))
  const kinds = new Set(wave.unitUids.map((uid) => registry.byUid(uid)?.kind))
  const inScope = services
    .all()
    .filter(({ code }) => wave.serviceCodes.length === 0 || wave.serviceCodes.includes(code))
  return {
    units,
    kinds: UNIT_KINDS.filter((kind) => kinds.has(kind)),
    services: inScope.map(({ code, name }) => ({ code, name: name[language] })),
  }
}
