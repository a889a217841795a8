import type { UnitRegistry } from '../../domain/units/unit.js'
import type { ReportContext } from '../index-reports/index.js'

/** What the words of the page are made with. */
export interface CityWords extends ReportContext {
  readonly registry: Pick<UnitRegistry, 'nameOf'>
}
