import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import type { QualityRuleSet } from '../statistics/instruments/quality-rules.js'
import type { NewResponse } from '../survey/response.js'
import type { Language } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { ServiceCatalogue } from '../units/service.js'
import type { UnitRegistry } from '../units/unit.js'
import type { Cell, Variable } from './variable.js'

/** What the columns of a wave are made from. */
export interface MicrodataSource {
  readonly wave: Wave
  /** Language of names that stand in the rows; labels come in both. */
  readonly language: Language
  readonly published: PublishedQuestionnaire
  /** Items by which respondents can be recognised, the one that analysts need most first; of the roles file. */
  readonly demographics: readonly string[]
  readonly registry: Pick<UnitRegistry, 'byUid' | 'isValid' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all'>
  readonly rules: QualityRuleSet
}

/** A place in the record of a response: one number from 0 to 65535. */
export interface Slot {
  /** Takes the number from a response. */
  read(response: NewResponse): number
  /** The texts that its numbers stand for, in the order in which they were met. */
  readonly texts?: readonly string[]
}

/** What is known when a row is written, once all responses have been read. */
export interface RowContext {
  /** Median of the whole seconds of the wave; `null` without a response. */
  readonly medianSeconds: number | null
}

/** A column: what it is called and how its value comes from a record. */
export interface Column {
  readonly variable: Variable
  /** Key of the quasi-identifier that the column belongs to. */
  readonly quasi: string | null
  /** @param isWithheld whether the quasi-identifier with a key is withheld in this row */
  cell(record: Uint16Array, context: RowContext, isWithheld: (key: string) => boolean): Cell
}

/** Something others may know of a respondent: one or more columns that are shown or withheld together. */
export interface QuasiIdentifier {
  readonly key: string
  /** Slots whose numbers together are the value. */
  readonly slots: readonly number[]
  /** What is lost with it: a row gives up the least that is enough. */
  readonly cost: number
}

/** The microdata of a wave before any response is read. */
export interface MicrodataPlan {
  readonly source: MicrodataSource
  readonly slots: readonly Slot[]
  readonly columns: readonly Column[]
  /** The slot of the unit answered about; responses are compared within it. */
  readonly unitSlot: number
  readonly secondsSlot: number
  readonly quasi: readonly QuasiIdentifier[]
}
