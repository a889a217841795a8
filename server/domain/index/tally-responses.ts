import type { Answer, Answers, Item, Questionnaire, RatingItem } from '../questionnaire/definition.js'
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
  const counters = new Map(instrument.items.filter(isCounted).map(({ code }) => [code, createItemCounter()]))
  const sums = new Map([...composites.keys()].map((key) => [key, { ...EMPTY_COMPOSITE }]))
  let received = 0
  let responses = 0
  return {
    add({ answers, disposition }) {
      received += 1
      if (disposition !== 'complete') return
      responses += 1
      for (const [code, counter] of counters) {
        const answer = Object.hasOwn(answers, code) ? answers[code] : undefined
        if (answer !== undefined) counter.add(answer)
      }
      for (const [key, parts] of composites) addRespondent(sums.get(key)!, parts, answers)
    },
    result: () => ({
      received,
      responses,
      items: nonEmpty([...counters].map(([code, counter]) => [code, counter.result()])),
      factors: nonEmpty(
        instrument.factors.map(({ factor }) => [factor.code, { ...sums.get(factorKey(factor.code))! }]),
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

function createItemCounter() {
  const codes = new Map<number, number>()
  let answered = 0
  const count = (code: number) => codes.set(code, (codes.get(code) ?? 0) + 1)
  return {
    add(answer: Answer) {
      if (typeof answer === 'string') return
      // Most answers are one code: no list is made for those.
      if (typeof answer === 'number') {
        count(answer)
        if (!isNonresponse(answer)) answered += 1
        return
      }
      if (answer.length === 0) count(NONRESPONSE.blank)
      for (const code of answer) count(code)
      if (answer.some((code) => !isNonresponse(code))) answered += 1
    },
    result: (): ItemTally => ({ answered, codes: Object.fromEntries(codes) }),
  }
}

/** Without the entries of nobody, so that a tally is the same however it was put together. */
function nonEmpty<Value extends ItemTally | CompositeTally>(entries: readonly (readonly [string, Value])[]) {
  const isEmpty = (value: Value) => ('codes' in value ? Object.keys(value.codes).length === 0 : value.respondents === 0)
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)))
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
