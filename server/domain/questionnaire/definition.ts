import type { Localized, Mode, RespondentType } from '../survey/vocabulary.js'
import type { UnitKind } from '../units/unit.js'

/** An option of a scale or a choice item: the code is stored, the label is only shown. */
export interface Option {
  readonly code: number
  readonly label: Localized
  /** Item the option speaks of ("improve A2 first"), which ties wishes to ratings. */
  readonly about?: string
}

/** A five-point scale, options worst to best as stored; a page may draw them in another order. */
export interface Scale {
  readonly options: readonly Option[]
  readonly notApplicable: Localized
  readonly dontKnow: Localized
}

/** When an item or section is asked. Conditions look at earlier answers and at the context of the case. */
export type Condition =
  | { readonly item: string; readonly in: readonly number[] }
  | { readonly context: 'mode'; readonly in: readonly Mode[] }
  | { readonly context: 'unitKind'; readonly in: readonly UnitKind[] }
  | { readonly context: 'service'; readonly in: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

interface ItemBase {
  /** Stable code, `[A-Z][A-Z0-9_]*`; the key of the stored answer. */
  readonly code: string
  readonly text: Localized
  readonly hint?: Localized
  readonly required: boolean
  readonly showIf?: Condition
  /** Criteria of official instruments that the item stands for ("TC1", "23"). */
  readonly criteria?: readonly string[]
}

export interface RatingItem extends ItemBase {
  readonly kind: 'rating'
  readonly scale: string
  readonly allowsNotApplicable: boolean
  readonly allowsDontKnow: boolean
  /** A negative statement: agreeing is bad. Stored as answered; turned round only when scored. */
  readonly isReversed: boolean
}

export interface ChoiceItem extends ItemBase {
  readonly kind: 'choice'
  readonly options: readonly Option[]
  /** Answers that end the case without storing anything (no consent). */
  readonly stopsAt?: readonly number[]
}

export interface MultiItem extends ItemBase {
  readonly kind: 'multi'
  readonly options: readonly Option[]
  readonly maxChoices: number
}

export interface YearItem extends ItemBase {
  readonly kind: 'year'
  readonly earliest: number
  /** Youngest age in full years at the interview; a younger person ends the case and nothing is stored. */
  readonly minAgeYears?: number
  /** Stored instead of the year: inclusive age bands (data minimisation). */
  readonly bands?: readonly {
    readonly code: number
    readonly fromAge: number
    readonly toAge: number | null
    readonly label: Localized
  }[]
}

export interface TextItem extends ItemBase {
  readonly kind: 'text'
  readonly maxLength: number
}

/** A unit of residence; the answer is a unit uid valid on the interview day. */
export interface UnitItem extends ItemBase {
  readonly kind: 'unit'
  readonly unitKinds: readonly UnitKind[]
}

/** Filled from the link (unit, service), never asked when known. */
export interface ContextItem extends ItemBase {
  readonly kind: 'context'
  readonly source: 'unit' | 'service'
}

export type Item = RatingItem | ChoiceItem | MultiItem | YearItem | TextItem | UnitItem | ContextItem

/** One page of the form on a phone. */
export interface Section {
  readonly code: string
  readonly title: Localized
  readonly lead?: Localized
  readonly showIf?: Condition
  readonly items: readonly Item[]
}

/** A factor of the index or a separate module: its items, in order. */
export interface Factor {
  readonly code: string
  readonly name: Localized
  readonly items: readonly string[]
  /** Modules are reported by themselves and stay outside the overall index. */
  readonly role: 'index' | 'module'
  /** Item asked about the factor as a whole (rule `single_item`), where the instrument has one. */
  readonly singleItem?: string
}

export interface Consent {
  readonly version: string
  readonly heading: Localized
  readonly paragraphs: readonly Localized[]
  /** The sentence beside the box that must be ticked; never pre-ticked. */
  readonly statement: Localized
}

/** A whole instrument. Immutable once published; known by the SHA-256 of its canonical JSON. */
export interface Questionnaire {
  readonly id: string
  readonly version: string
  readonly respondentType: RespondentType
  readonly title: Localized
  readonly introduction: Localized
  readonly consent: Consent
  readonly scales: Readonly<Record<string, Scale>>
  readonly sections: readonly Section[]
  readonly factors: readonly Factor[]
  /** Item behind the overall index under rule `single_item`. */
  readonly overallItem: string
  /** Items that must be answered (or be N/A where allowed) for a complete case: share of applicable core items. */
  readonly coreItems: readonly string[]
  readonly minCoreShare: number
  readonly source: string
}

/** A published version: the definition and the hash that is its name. */
export interface PublishedQuestionnaire {
  readonly hash: string
  readonly questionnaire: Questionnaire
}

/** What the interpreter knows of a case besides its answers. */
export interface CaseContext {
  readonly mode: Mode
  readonly unitUid: string
  readonly unitKind: UnitKind
  readonly service: string
  /** Day of the interview, `YYYY-MM-DD`, for ages. */
  readonly on: string
  /** Whether a unit uid may be given as answer to a unit item. */
  readonly isUnit: (uid: string, kinds: readonly UnitKind[]) => boolean
}

/** One stored answer: a code, several codes, a text or a unit uid. */
export type Answer = number | readonly number[] | string
export type Answers = Readonly<Record<string, Answer>>
