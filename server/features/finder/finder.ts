import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { Texts } from '../../platform/text.js'

/** What the finder needs of the rest. */
export interface FinderDependencies {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  /** Waves that take answers on the day and have the unit in scope. */
  readonly openWaves: (unitUid: string, on: IsoDay) => Promise<readonly Wave[]>
  readonly texts: Texts
  readonly now: () => Date
}
