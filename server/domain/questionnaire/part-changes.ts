import { canonicalJson } from './canonical.js'
import type { Factor, Questionnaire, Section } from './definition.js'

/** A part outside the questions that differs; values as canonical JSON, `null` where there is none. */
export interface PartChange {
  /** `consent.version`, `factor.F1.items`, `section.staff.lead`… */
  readonly part: string
  readonly before: string | null
  readonly after: string | null
}

const PLAIN = ['respondentType', 'title', 'introduction', 'overallItem', 'coreItems', 'minCoreShare', 'source'] as const
const CONSENT = ['version', 'heading', 'paragraphs', 'statement'] as const
const SECTION = ['title', 'lead'] as const satisfies readonly (keyof Section)[]
const FACTOR = ['name', 'role', 'items', 'singleItem'] as const satisfies readonly (keyof Factor)[]

/**
 * What changed outside the questions: what citizens read around them, what is scored, and when a case counts as complete.
 *
 * A factor or section that one of the two lacks is one change, `factor.F1` or `section.staff`. Conditions of sections belong to the
 * questions in them, and so does the order of sections.
 */
export function partChanges(older: Questionnaire, newer: Questionnaire): readonly PartChange[] {
  const [before, after] = [partsOf(older), partsOf(newer)]
  const parts = [...new Set([...before.keys(), ...after.keys()])]
  const changed = parts.flatMap((part) => {
    const [old, now] = [before.get(part) ?? null, after.get(part) ?? null]
    return old === now ? [] : [{ part, before: old, after: now }]
  })
  // Of what came or went as a whole, its parts say nothing more.
  const whole = new Set(changed.filter(({ part }) => isWhole(part)).map(({ part }) => part))
  return changed.filter(({ part }) => isWhole(part) || ![...whole].some((one) => part.startsWith(`${one}.`)))
}

const isWhole = (part: string) => /^(factor|section)\.[^.]+$/.test(part)

function partsOf(questionnaire: Questionnaire): ReadonlyMap<string, string> {
  const { consent, factors, sections } = questionnaire
  const entries: (readonly [string, unknown])[] = [
    ...PLAIN.map((part) => [part, questionnaire[part]] as const),
    ...CONSENT.map((part) => [`consent.${part}`, consent[part]] as const),
    ...sections.flatMap((section) => [
      [`section.${section.code}`, section.code] as const,
      ...SECTION.map((part) => [`section.${section.code}.${part}`, section[part]] as const),
    ]),
    ...factors.flatMap((factor) => [
      [`factor.${factor.code}`, factor.code] as const,
      ...FACTOR.map((part) => [`factor.${factor.code}.${part}`, factor[part]] as const),
    ]),
  ]
  return new Map(
    entries.flatMap(([part, value]) => (value === undefined ? [] : [[part, canonicalJson(value)] as const])),
  )
}
