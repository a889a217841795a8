import type { Item, Questionnaire } from '../questionnaire/definition.js'

/** An item about something that should not happen. */
export interface NegativeRole {
  readonly item: string
  /** Options that mean it did. */
  readonly adverse: readonly number[]
  /** An accusation against officials: a count of few is itself a secret. */
  readonly isSensitive: boolean
}

/**
 * What items of a questionnaire are for in the analysis of a wave, beyond the factors it names itself.
 *
 * Data beside the questionnaire and not in it: published questionnaires are frozen under their hash.
 */
export interface AnalysisRoles {
  /** Id of the questionnaire; all its versions. */
  readonly questionnaire: string
  /** Choice or banded year items by which respondents are grouped. */
  readonly demographics: readonly string[]
  /** The multiple-choice item on what should improve; `null` where there is none. */
  readonly wishes: string | null
  /** The text item for comments; `null` where there is none. */
  readonly comments: string | null
  readonly negatives: readonly NegativeRole[]
}

/** A role that does not fit the questionnaire. */
export interface RoleProblem {
  readonly path: readonly (string | number)[]
  readonly code: 'unknown_item' | 'wrong_kind' | 'unknown_option' | 'named_twice'
  readonly name: string
}

/** Faults of roles against one version of the questionnaire; none means that they can be used. */
export function checkRoles(roles: AnalysisRoles, questionnaire: Questionnaire): readonly RoleProblem[] {
  const items = new Map(questionnaire.sections.flatMap((section) => section.items).map((item) => [item.code, item]))
  const check = (path: RoleProblem['path'], code: string, fits: (item: Item) => boolean): readonly RoleProblem[] => {
    const item = items.get(code)
    if (item === undefined) return [{ path, code: 'unknown_item', name: code }]
    return fits(item) ? [] : [{ path, code: 'wrong_kind', name: code }]
  }
  const named = [
    ...roles.demographics.map((code, i) => ({ path: ['demographics', i], name: code })),
    ...(roles.wishes === null ? [] : [{ path: ['wishes'], name: roles.wishes }]),
    ...(roles.comments === null ? [] : [{ path: ['comments'], name: roles.comments }]),
    ...roles.negatives.map(({ item }, i) => ({ path: ['negatives', i, 'item'], name: item })),
  ]
  const twice = named.filter(({ name }, i) => named.findIndex((other) => other.name === name) !== i)
  return [
    ...roles.demographics.flatMap((code, i) => check(['demographics', i], code, isGrouping)),
    ...(roles.wishes === null ? [] : check(['wishes'], roles.wishes, ({ kind }) => kind === 'multi')),
    ...(roles.comments === null ? [] : check(['comments'], roles.comments, ({ kind }) => kind === 'text')),
    ...roles.negatives.flatMap(({ item, adverse }, i) => {
      const path = ['negatives', i]
      const found = items.get(item)
      const known = found?.kind === 'choice' ? found.options.map(({ code }) => code) : adverse
      const strange = adverse.filter((code) => !known.includes(code))
      return [
        ...check([...path, 'item'], item, ({ kind }) => kind === 'choice'),
        ...strange.map((code) => ({
          path: [...path, 'adverse'],
          code: 'unknown_option' as const,
          name: `${item} ${code}`,
        })),
      ]
    }),
    ...twice.map((one) => ({ ...one, code: 'named_twice' as const })),
  ]
}

const isGrouping = (item: Item) => item.kind === 'choice' || (item.kind === 'year' && item.bands !== undefined)
