/** Dishonest officers: where, how and how much they stuff, and the ballots that they make. */
import type { Answer, Answers, Item } from '../../server/domain/questionnaire/definition.js'
import { dispositionOf } from '../../server/domain/questionnaire/disposition.js'
import { placedItems, visibleItems } from '../../server/domain/questionnaire/routing.js'
import { monthOf } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import { dossierWeight } from './calendar.js'
import type { Occasion, UnitFrame } from './case-frame.js'
import { answerAt, assertAccepted, honestCase, type SimulatedCase, toResponse, type WaveBasis } from './honest-case.js'
import type { Officer } from './officers.js'
import { createRandom, type Random } from './random.js'
import { drawRespondent } from './respondent.js'
import type { StuffingStyle } from './settings.js'
import { drawTimes } from './times.js'

/** What one officer plants in one wave. */
export interface StuffingPlan {
  readonly unitUid: string
  readonly style: StuffingStyle
  readonly officer: Officer
  /** Months in which it happens, first days. */
  readonly months: readonly IsoDay[]
  readonly count: number
}

const MOST_MONTHS = 6
/** Ballots of one burst, the minutes before closing in which they come, and when counters close (city time). */
const BURST = { size: 14, minutes: 25, closesAt: '17:00' } as const
/** How much faster than a citizen somebody presses fives. */
const HASTE = 0.35
const BEST = 5

/** Whether and how a unit is stuffed in a wave; drawn apart from everything honest. */
export function planStuffing(basis: WaveBasis, frame: UnitFrame, honestCount: number): StuffingPlan | null {
  const { seed, wave, settings } = basis
  const { isOn, modes, unitShare, perHonest, styles } = settings.stuffing
  const random = createRandom(`${seed}/${wave.id}/${frame.unit.uid}/stuffing`)
  if (!isOn || !modes.includes(wave.mode) || !random.chance(unitShare)) return null
  const count = Math.round(honestCount * perHonest)
  if (count === 0) return null
  const officers = frame.cells.flatMap((cell) => (cell.dossiers > 0 ? cell.officers.map(([officer]) => officer) : []))
  const officer = random.pick(officers)
  const worked = frame.cells.filter((cell) => cell.dossiers > 0 && cell.officers.some(([one]) => one === officer))
  const months = [...new Set(worked.map(({ month }) => month))].sort()
  const first = random.below(months.length)
  const length = 1 + random.below(MOST_MONTHS)
  return {
    unitUid: frame.unit.uid,
    style: random.pick(styles),
    officer,
    months: months.slice(first, first + length),
    count,
  }
}

type Mark = (item: Item, answer: number) => number

/** The answers with every rating put as an officer would; what was written is left out. */
function withRatings(basis: WaveBasis, answers: Answers, mark: Mark): Answers {
  const changed: Record<string, Answer> = {}
  for (const { item } of placedItems(basis.published.questionnaire)) {
    const answer = answers[item.code]
    if (answer === undefined || item.kind === 'text') continue
    changed[item.code] = item.kind === 'rating' && typeof answer === 'number' ? mark(item, answer) : answer
  }
  return changed
}

const isReversed = (item: Item) => item.kind === 'rating' && item.isReversed

/** Fives down the page, now and then a four to look alive. */
const allBest = (random: Random, fourShare: number): Mark => {
  const four = random.chance(fourShare) ? random.below(4) : -1
  let place = 0
  return () => (place++ === four ? BEST - 1 : BEST)
}

/** A copied case made better: what a contented person would have answered, read properly. */
const lifted = (random: Random): Mark => {
  return (item, answer) => {
    if (answer > BEST) return answer
    const score = isReversed(item) ? BEST + 1 - answer : answer
    const better = score >= BEST - 1 ? score : random.chance(0.55) ? BEST - 1 : BEST
    return isReversed(item) ? BEST + 1 - better : better
  }
}

function burstTimes(random: Random, day: IsoDay, place: number) {
  const closing = Date.parse(`${day}T${BURST.closesAt}:00+07:00`)
  const slotMs = (BURST.minutes * 60_000) / BURST.size
  const submittedAt = new Date(closing - Math.round((BURST.size - place - random.uniform()) * slotMs))
  return { startedAt: new Date(submittedAt.getTime() - 8000 - Math.round(9000 * random.uniform())), submittedAt }
}

function hastyTimes(random: Random, day: IsoDay, { wave }: WaveBasis) {
  const { startedAt, submittedAt } = drawTimes(random, day, wave.mode)
  const spentMs = HASTE * (submittedAt.getTime() - startedAt.getTime())
  return { startedAt, submittedAt: new Date(startedAt.getTime() + spentMs) }
}

/** The working day on which a burst falls. */
function burstDay(basis: WaveBasis, frame: UnitFrame, plan: StuffingPlan, burst: number): Occasion {
  const random = createRandom(`${basis.seed}/${basis.wave.id}/${plan.unitUid}/burst/${burst}`)
  let occasion = frame.drawOccasion(random, { months: new Set(plan.months) })
  while (dossierWeight(occasion.day) === 0) occasion = frame.drawOccasion(random, { months: new Set(plan.months) })
  return occasion
}

/** Where and when a ballot pretends to be from. */
function occasionOf(basis: WaveBasis, frame: UnitFrame, plan: StuffingPlan, random: Random, number: number): Occasion {
  const months = new Set(plan.months)
  const own = plan.style === 'own_dossiers' || plan.style === 'trickle' ? { months, officer: plan.officer } : { months }
  const drawn = frame.drawOccasion(random, own)
  if (plan.style !== 'closing_burst') return drawn
  const { day } = burstDay(basis, frame, plan, Math.floor(number / BURST.size))
  const cells = frame.cells.filter(({ month, dossiers }) => month === monthOf(day) && dossiers > 0)
  return { ...drawn, cell: random.weighted(cells.map((cell) => [cell, cell.dossiers])), day }
}

/** An honest case of the unit, told again on another day about the same service. */
function copied(basis: WaveBasis, frame: UnitFrame, plan: StuffingPlan, random: Random, honestCount: number) {
  const { service, answers, day } = honestCase(basis, frame, random.below(honestCount)).response
  const months = new Set(plan.months)
  const ofService = frame.cells.filter((cell) => cell.service === service && cell.dossiers > 0)
  const cell =
    ofService.find(({ month }) => months.has(month)) ?? ofService.find(({ month }) => month === monthOf(day))!
  const drawn = frame.drawOccasion(random, { months: new Set([cell.month]) })
  return { occasion: { ...drawn, cell }, answers: withRatings(basis, answers, lifted(random)) }
}

function pressed(basis: WaveBasis, frame: UnitFrame, plan: StuffingPlan, random: Random, number: number) {
  const occasion = occasionOf(basis, frame, plan, random, number)
  const respondent = drawRespondent(random, basis.wave.respondentType, basis.wave.mode, basis.settings)
  const { answers } = answerAt(basis, frame, occasion, random, respondent)
  const fours = plan.style === 'own_dossiers' ? 0.5 : plan.style === 'trickle' ? 0.15 : 0
  return { occasion, answers: withRatings(basis, answers, allBest(random, fours)) }
}

function timesOf(basis: WaveBasis, { style }: StuffingPlan, random: Random, { day }: Occasion, number: number) {
  if (style === 'closing_burst') return burstTimes(random, day, number % BURST.size)
  return style === 'plausible' ? drawTimes(random, day, basis.wave.mode) : hastyTimes(random, day, basis)
}

/**
 * The stuffed ballot of a number.
 *
 * `closing_burst`: a stack of fives in the last minutes of a working day. `trickle`: fives one by one, over the officer's own
 * services, in office hours. `own_dossiers`: the same with fours between. `plausible`: an honest case of the unit copied, its
 * low ratings lifted, at a citizen's pace.
 */
export function stuffedCase(
  basis: WaveBasis,
  frame: UnitFrame,
  plan: StuffingPlan,
  honestCount: number,
  number: number,
): SimulatedCase {
  const { questionnaire } = basis.published
  const random = createRandom(`${basis.seed}/${basis.wave.id}/${plan.unitUid}/stuffed/${number}`)
  const made =
    plan.style === 'plausible'
      ? copied(basis, frame, plan, random, honestCount)
      : pressed(basis, frame, plan, random, number)
  const { occasion, answers } = made
  const asked = visibleItems(questionnaire, answers, frame.contextOf(occasion.cell.service, occasion.day))
  const answered = { answers, disposition: dispositionOf(questionnaire, asked, answers) }
  assertAccepted(basis, frame, occasion, answered)
  const times = timesOf(basis, plan, random, occasion, number)
  const response = toResponse(basis, random, frame, occasion, answered, { language: 'vi', times })
  return { response, officerId: plan.officer.id, askedCount: 0, style: plan.style }
}
