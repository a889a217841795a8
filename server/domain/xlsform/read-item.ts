import type { Condition } from '../questionnaire/definition.js'
import { type Localized, NONRESPONSE } from '../survey/vocabulary.js'
import { CASE } from './case-fields.js'
import type { QuestionType } from './question-types.js'
import type { ReadList } from './read-choices.js'
import { type ReadConstraint, readConstraint } from './read-constraint.js'

/** An item before it is checked: what is missing is left out. */
export type DraftItem = Readonly<Record<string, unknown>> & { readonly code: string; readonly kind: string }

export interface ReadItem {
  readonly item: DraftItem | undefined
  /** What does not come over, by column. */
  readonly faults: readonly { readonly column: string; readonly what: string }[]
}

/** Longest text where the form sets no limit. */
const MAX_LENGTH = 1000

/** What an item has whatever its kind. */
export interface ItemBase {
  readonly code: string
  readonly text: Localized | undefined
  readonly hint: Localized | undefined
  readonly isRequired: boolean
  readonly showIf: Condition | undefined
}

/** Makes an item of a question; none where no kind of item fits. */
export function readItem(
  { code, text, hint, isRequired, showIf }: ItemBase,
  type: QuestionType,
  list: ReadList | undefined,
  cells: Readonly<Record<string, string>>,
): ReadItem {
  const limits = readConstraint(cells.constraint ?? '')
  const reading = byType(type, list, limits, cells.calculation ?? '')
  if (typeof reading === 'string') return { item: undefined, faults: [{ column: 'type', what: reading }] }
  const { kind, more, what } = reading
  const item = {
    code,
    kind,
    ...(text && { text }),
    ...(hint && { hint }),
    required: isRequired,
    ...(showIf && { showIf }),
    ...more,
  }
  const faults = [
    ...(what === undefined ? [] : [{ column: 'constraint', what }]),
    ...strayLimits(kind, limits, list).map((limit) => ({ column: 'constraint', what: `${limit}: left out` })),
    ...limits.notUnderstood.map((why) => ({ column: 'constraint', what: `${why}: left out` })),
  ]
  return { item, faults }
}

const OWN_LIMITS: Readonly<Record<string, readonly (keyof ReadConstraint)[]>> = {
  text: ['maxLength'],
  multi: ['maxChoices'],
  year: ['earliest', 'isUpToNow', 'minAgeYears'],
}

/** Limits that items of a kind do not have. */
function strayLimits(kind: string, limits: ReadConstraint, list: ReadList | undefined): readonly string[] {
  const { refused, notUnderstood: _, ...numbers } = limits
  const isKnown = (name: string) => kind === 'choice' && list?.choices.some((choice) => choice.name === name)
  return [
    ...(Object.keys(numbers) as (keyof typeof numbers)[])
      .filter((limit) => !OWN_LIMITS[kind]?.includes(limit))
      .map(() => `it sets a limit that a ${kind} item does not have`),
    ...refused.filter((name) => !isKnown(name)).map((name) => `${name} cannot be refused here`),
  ]
}

interface KindOfItem {
  readonly kind: string
  readonly more: Readonly<Record<string, unknown>>
  readonly what?: string
}

/** The kind and what belongs to it, or why there is none. */
function byType(
  type: QuestionType,
  list: ReadList | undefined,
  limits: ReadConstraint,
  calculation: string,
): KindOfItem | string {
  switch (type.kind) {
    case 'select':
      return list === undefined ? 'its list of choices is missing' : bySelect(type, list, limits)
    case 'text':
      return asText(limits)
    case 'integer':
      return asYear(limits)
    case 'calculate':
      return asContext(calculation)
    default:
      return 'no kind of item is like this type: left out'
  }
}

function asText({ maxLength }: ReadConstraint): KindOfItem {
  if (maxLength !== undefined) return { kind: 'text', more: { maxLength } }
  const what = `no limit in characters: ${MAX_LENGTH} is taken`
  return { kind: 'text', more: { maxLength: MAX_LENGTH }, what }
}

function asContext(calculation: string): KindOfItem | string {
  if (calculation === `\${${CASE.unit}}`) return { kind: 'context', more: { source: 'unit' } }
  if (calculation === `\${${CASE.service}}`) return { kind: 'context', more: { source: 'service' } }
  return 'calculated values are not part of a questionnaire: left out'
}

function asYear({ earliest, isUpToNow, minAgeYears }: ReadConstraint): KindOfItem | string {
  if (earliest === undefined || !isUpToNow) {
    return "numbers are asked for as years alone, with the constraint . >= 1900 and . <= number(format-date(today(), '%Y')): left out"
  }
  return { kind: 'year', more: { earliest, ...(minAgeYears !== undefined && { minAgeYears }) } }
}

function bySelect(
  { isMultiple, hasOther }: Extract<QuestionType, { kind: 'select' }>,
  list: ReadList,
  { maxChoices, refused }: ReadConstraint,
): KindOfItem | string {
  if (list.unitKinds !== undefined) {
    return isMultiple
      ? 'one unit can be chosen, not several: left out'
      : { kind: 'unit', more: { unitKinds: list.unitKinds } }
  }
  const what = hasOther ? 'or_other is left out: add a choice and a text' : undefined
  const options = list.choices.map(({ code, label }) => ({ code, label }))
  if (isMultiple) {
    return { kind: 'multi', more: { options, maxChoices: maxChoices ?? options.length }, ...(what && { what }) }
  }
  const offers = (wanted: number) => options.some(({ code }) => code === wanted)
  if (list.scale !== undefined) {
    const allowsNotApplicable = offers(NONRESPONSE.notApplicable)
    const allowsDontKnow = offers(NONRESPONSE.dontKnow)
    return {
      kind: 'rating',
      more: { scale: list.scale, allowsNotApplicable, allowsDontKnow, isReversed: false },
      ...(what && { what }),
    }
  }
  const stopsAt = list.choices.filter(({ name }) => refused.includes(name)).map(({ code }) => code)
  return { kind: 'choice', more: { options, ...(stopsAt.length > 0 && { stopsAt }) }, ...(what && { what }) }
}
