import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { validateAnswers } from '../../server/domain/questionnaire/validate-answers.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Channel, Language } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { type AnsweredCase, answerCase } from './answer-case.js'
import type { Occasion, UnitFrame } from './case-frame.js'
import { createRandom, type Random } from './random.js'
import { drawRespondent, type Respondent } from './respondent.js'
import type { SimulationSettings, StuffingStyle } from './settings.js'
import { drawTimes, drawTransactionOn } from './times.js'

/** A response with what only the simulation knows of it. */
export interface SimulatedCase {
  readonly response: NewResponse
  /** Who served, or stuffed. */
  readonly officerId: string
  /** People asked until this one answered; 0 where nobody was. */
  readonly askedCount: number
  /** How it was stuffed; `null`: honest. */
  readonly style: StuffingStyle | null
}

/** What all cases of a wave have in common. */
export interface WaveBasis {
  readonly seed: string
  readonly settings: SimulationSettings
  readonly wave: Wave
  readonly published: PublishedQuestionnaire
}

const WEB_FINDER_SHARE = 0.4
const WORD = 2 ** 32

const hexWord = (random: Random) => random.below(WORD).toString(16).padStart(8, '0')

/** A version 4 UUID from the stream, as a client would make it. */
function drawSubmissionId(random: Random): string {
  const hex = hexWord(random) + hexWord(random) + hexWord(random) + hexWord(random)
  const variant = '89ab'.charAt(random.below(4))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

function drawChannel(random: Random, { mode }: Wave): Channel {
  return mode === 'web' && random.chance(WEB_FINDER_SHARE) ? 'finder' : 'link'
}

/**
 * Holds simulated answers against the interpreter.
 *
 * @throws {Error} when it would not take them unchanged: a fault of the simulation
 */
export function assertAccepted(
  { published, wave }: WaveBasis,
  frame: UnitFrame,
  { cell, day }: Occasion,
  { answers, disposition }: AnsweredCase,
): void {
  const outcome = validateAnswers(published.questionnaire, answers, frame.contextOf(cell.service, day))
  const isSame = outcome.kind === 'valid' && outcome.disposition === disposition
  if (!isSame || JSON.stringify(outcome.answers) !== JSON.stringify(answers)) {
    throw new Error(`Simulated answers are not accepted in ${wave.id}: ${JSON.stringify({ outcome, answers })}`)
  }
}

/** Puts the parts of a case together. */
export function toResponse(
  { wave, published }: WaveBasis,
  random: Random,
  { unit }: UnitFrame,
  { cell, day }: Occasion,
  answered: AnsweredCase,
  more: { readonly language: Language; readonly times?: { readonly startedAt: Date; readonly submittedAt: Date } },
): NewResponse {
  return {
    submissionId: drawSubmissionId(random),
    waveId: wave.id,
    questionnaireHash: wave.questionnaireHash,
    consentVersion: published.questionnaire.consent.version,
    respondentType: wave.respondentType,
    unitUid: unit.uid,
    service: cell.service,
    language: more.language,
    mode: wave.mode,
    channel: drawChannel(random, wave),
    transactionOn: drawTransactionOn(random, day, wave.mode, unit.validFrom),
    ...(more.times ?? drawTimes(random, day, wave.mode)),
    day,
    disposition: answered.disposition,
    answers: answered.answers,
    isSimulated: true,
  }
}

/** One in so many cases is held against the interpreter while simulating; the tests hold every one. */
const CHECK_EVERY = 64

/** What a respondent answers on an occasion. */
export function answerAt(
  { published }: WaveBasis,
  frame: UnitFrame,
  { cell, officer, day }: Occasion,
  random: Random,
  respondent: Respondent,
): AnsweredCase {
  return answerCase(random, {
    questionnaire: published.questionnaire,
    steps: frame.steps,
    context: frame.contextOf(cell.service, day),
    respondent,
    shared: frame.sharedEffect(cell),
    factorShifts: frame.factorShifts(officer),
    places: frame.drawPlaces(random, day),
  })
}

/** The honest case of a number: always the same, whatever else is simulated. */
export function honestCase(basis: WaveBasis, frame: UnitFrame, number: number): SimulatedCase {
  const { seed, settings, wave } = basis
  const random = createRandom(`${seed}/${wave.id}/${frame.unit.uid}/${number}`)
  const occasion = frame.drawOccasion(random)
  const respondent = drawRespondent(random, wave.respondentType, wave.mode, settings)
  const answered = answerAt(basis, frame, occasion, random, respondent)
  if (number % CHECK_EVERY === 0) assertAccepted(basis, frame, occasion, answered)
  const response = toResponse(basis, random, frame, occasion, answered, respondent)
  return { response, officerId: occasion.officer.id, askedCount: respondent.askedCount, style: null }
}
