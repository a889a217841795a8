import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { WaveChoice, WaveQuery } from '../waves/index.js'

/** What intake needs of the waves. */
export interface IntakeWaves {
  find(query: WaveQuery): Promise<WaveChoice>
  byId(id: string): Promise<Wave | undefined>
  /** Waves that take answers on the day and have the unit in scope. */
  openFor(unitUid: string, on: IsoDay): Promise<readonly Wave[]>
}

/** What intake needs of the published questionnaires. */
export interface IntakeQuestionnaires {
  byHash(hash: string): Promise<PublishedQuestionnaire | undefined>
}

/** What intake needs of the tallies: a counted cell is out of date once a response joins it. */
export interface IntakeTallies {
  markStale(response: NewResponse): Promise<void>
}

export type IntakeRegistry = Pick<
  UnitRegistry,
  'byUid' | 'isValid' | 'nameOf' | 'validOn' | 'predecessorsOf' | 'successorsOf'
>

export type IntakeServices = Pick<ServiceCatalogue, 'byCode' | 'offeredBy'>
