import type { Answers, Item, Questionnaire, RatingItem } from '../questionnaire/definition.js'
import { type Disposition, NONRESPONSE } from '../survey/vocabulary.js'
import { type CompositeItem, type Instrument, instrumentOf } from './instrument.js'
import { scoreOf, TOP_TWO_FROM } from './scoring.js'
import { type CompositeTally, EMPTY_COMPOSITE, type ItemTally, type Tally } from './tally.js'

/** What of a response is counted. */
export interface CountedResponse {
  readonly answers: Answers
  readonly disposition: Disposition
}

/** A tally under construction: grows by one response at a time, in constant memory however many there are. */
export interface TallyBuilder {
  add(response: CountedResponse): void
  /** The counts so far; later additions do not change what was returned. */
  result(): Tally
}

/**
 * Counts responses to one questionnaire version.
 *
 * Rating, choice, multiple-choice and banded year items are counted by code; texts, units and context are not counted.
 * An item without a stored answer was not asked and counts nowhere; an empty list is a blank. Partial cases are counted as
 * received and in nothing else.
 *
 * @example tallyOf(questionnaire, [{ answers: { C1: 5 }, disposition: 'complete' }]).items
 *   // { C1: { answered: 1, codes: { 5: 1 } } }
 */
export function tallyOf(questionnaire: Questionnaire, responses: Iterable<CountedResponse>): Tally {
  const builder = createTallyBuilder(questionnaire)
  for (const response of responses) builder.add(response)
  return builder.result()
}

/** Starts an empty tally for a questionnaire version. */
export function createTallyBuilder(questionnaire: Questionnaire): TallyBuilder {
  const instrument = instrumentOf(questionnaire)
  const composites = compositesOf(instrument)
  const counted = instrument.items.filter(isCounted).map(({ code }) => code)
  const counts = new Map<string, ItemCount>()
  const sums = new Map([...composites.keys()].map((key) => [key, { ...EMPTY_COMPOSITE }]))
  let received = 0
  let responses = 0
  return {
    add({ answers, disposition }) {
      received += 1
      if (disposition !== 'complete') return
      responses += 1
      for (const code of counted) {
        const answer = Object.hasOwn(answers, code) ? answers[code] : undefined
        if (answer !== undefined && typeof answer !== 'string') addAnswer(countOf(counts, code), answer)
      }
      for (const [key, parts] of composites) addRespondent(sums.get(key)!, parts, answers)
    },
    result: () => ({
      received,
      responses,
      items: Object.fromEntries(counted.flatMap((code) => entryOf(code, counts.get(code)))),
      // Without the entries of nobody, so that a tally is the same however it was put together.
      factors: Object.fromEntries(
        instrument.factors
          .map(({ factor }) => [factor.code, { ...sums.get(factorKey(factor.code))! }] as const)
          .filter(([, { respondents }]) => respondents > 0),
      ),
      overall: { ...sums.get('overall')! },
      balancedOverall: { ...sums.get('balanced')! },
    }),
  }
}

function isCounted(item: Item): boolean {
  return (
    item.kind === 'rating' || item.kind === 'choice' || item.kind === 'multi' || (item.kind === 'year' && !!item.bands)
  )
}

/** Made when an item is first answered: most cells hold a few responses, and most items of a form are not asked of most. */
interface ItemCount {
  answered: number
  readonly codes: Map<number, number>
}

function countOf(counts: Map<string, ItemCount>, code: string): ItemCount {
  const known = counts.get(code)
  if (known !== undefined) return known
  const added = { answered: 0, codes: new Map<number, number>() }
  counts.set(code, added)
  return added
}

function addAnswer(count: ItemCount, answer: number | readonly number[]): void {
  // Most answers are one code: no list is made for those.
  if (typeof answer === 'number') {
    addCode(count, answer)
    if (!isNonresponse(answer)) count.answered += 1
    return
  }
  if (answer.length === 0) addCode(count, NONRESPONSE.blank)
  for (const code of answer) addCode(count, code)
  if (answer.some((code) => !isNonresponse(code))) count.answered += 1
}

function addCode({ codes }: ItemCount, code: number): void {
  codes.set(code, (codes.get(code) ?? 0) + 1)
}

function entryOf(code: string, count: ItemCount | undefined): readonly (readonly [string, ItemTally])[] {
  return count === undefined ? [] : [[code, { answered: count.answered, codes: Object.fromEntries(count.codes) }]]
}

function factorKey(code: string): string {
  return `factor ${code}`
}

const nonresponseCodes: ReadonlySet<number> = new Set(Object.values(NONRESPONSE))

function isNonresponse(code: number): boolean {
  return nonresponseCodes.has(code)
}

function compositesOf(instrument: Instrument): ReadonlyMap<string, readonly CompositeItem[]> {
  return new Map([
    ['overall', instrument.overall],
    ['balanced', instrument.balancedOverall],
    ...instrument.factors.map(({ factor, items }) => [factorKey(factor.code), items] as const),
  ])
}

type Mutable<Record> = { -readonly [Key in keyof Record]: Record[Key] }

/** In place: a new object for each composite of each response would cost more than the sums. */
function addRespondent(sum: Mutable<CompositeTally>, parts: readonly CompositeItem[], answers: Answers): void {
  let k = 0
  let t = 0
  let x = 0
  for (const { item, weight } of parts) {
    const score = scoreIn(answers, item)
    if (score === null) continue
    k += weight
    x += weight * score
    if (score >= TOP_TWO_FROM) t += weight
  }
  if (k === 0) return
  sum.respondents += 1
  sum.answers += k
  sum.hits += t
  sum.answersSquared += k * k
  sum.hitsSquared += t * t
  sum.answersTimesHits += k * t
  sum.scores += x
  sum.scoresSquared += x * x
  sum.answersTimesScores += k * x
}

function scoreIn(answers: Answers, item: RatingItem): number | null {
  const answer = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined
  return typeof answer === 'number' ? scoreOf(answer, item) : null
}
