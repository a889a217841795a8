import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { IsoDay, Mode, RespondentType } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { ResponseCell } from './response.repository.js'

/** For whom a wave is looked for: what a respondent brings along. */
export interface WaveQuery {
  readonly unitUid: string
  readonly service: string
  readonly respondentType: RespondentType
  readonly mode: Mode
  readonly on: IsoDay
}

/** The wave that collects on a day, or why none does. */
export type WaveFinding =
  | { readonly kind: 'open'; readonly wave: Wave }
  /** The last wave that collected here, and the first day on which it no longer did. */
  | { readonly kind: 'closed'; readonly wave: Wave; readonly closedOn: IsoDay }
  | { readonly kind: 'none' }

/** What intake needs of the waves. */
export interface IntakeWaves {
  find(query: WaveQuery): Promise<WaveFinding>
  byId(id: string): Promise<Wave | undefined>
}

/** What intake needs of the published questionnaires. */
export interface IntakeQuestionnaires {
  byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
}

/** What intake needs of the tallies: a counted cell is out of date once a response joins it. */
export interface IntakeTallies {
  markStale(cell: ResponseCell & { readonly mode: Mode; readonly questionnaireHash: string }): Promise<void>
}

export type IntakeRegistry = Pick<
  UnitRegistry,
  'byUid' | 'isValid' | 'nameOf' | 'validOn' | 'predecessorsOf' | 'successorsOf'
>

export type IntakeServices = Pick<ServiceCatalogue, 'byCode' | 'offeredBy'>
