import type { IndexReport } from '../../domain/report/index-report.js'
import type { TimeStep } from '../../domain/report/time-steps.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Service } from '../../domain/units/service.js'
import type { UnitKind } from '../../domain/units/unit.js'
import type { UnitComments } from '../wave-analysis/index.js'

/** A unit whose scores are shown, named as in the wave. */
export interface ScoredUnit {
  readonly uid: string
  readonly name: Localized
  readonly kind: UnitKind
}

/** The unit's report by steps of time. */
export interface ScoresOverTime {
  readonly step: TimeStep
  readonly report: IndexReport
}

/** What people wrote about a unit. */
export interface CommentedUnit extends Pick<AgencyScores, 'wave' | 'service' | 'choices'> {
  readonly name: Localized
  readonly comments: UnitComments
}

/** Everything that the page of an agency is made from. */
export interface AgencyScores {
  readonly unit: ScoredUnit
  readonly wave: Wave
  /** Waves with the unit in scope, the one to open first at the front. */
  readonly waves: readonly Wave[]
  /** Code of the service that everything is about; `null` for all. */
  readonly service: string | null
  /** Services of the unit that the reader may choose. */
  readonly choices: readonly Pick<Service, 'code' | 'name'>[]
  /** The wave's report by unit: the unit itself and the others of its kind. */
  readonly byUnit: IndexReport
  /** The unit's report by service; `null` where one service is chosen. */
  readonly byService: IndexReport | null
  readonly overTime: ScoresOverTime
  /** Uids of the wave's units of the same kind, the unit itself included. */
  readonly sameKind: ReadonlySet<string>
}
