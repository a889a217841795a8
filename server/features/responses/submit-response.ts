import { isDeepStrictEqual } from 'node:util'
import { type AnswersOutcome, validateAnswers } from '../../domain/questionnaire/validate-answers.js'
import { cityDay } from '../../domain/survey/day.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { isInScope } from '../waves/index.js'
import { caseContext } from './case-context.js'
import { envelopeErrors } from './check-envelope.js'
import { consentAnswers } from './consent-answer.js'
import type { IntakeQuestionnaires, IntakeTallies, IntakeWaves } from './intake-needs.js'
import { resolveTarget, type Target, type TargetSources } from './resolve-target.js'
import type { ResponseRepository } from './response.repository.js'
import type { Submission, SubmitOutcome, SubmitResponse } from './submission.js'

/** What taking in a response needs. */
export interface SubmitNeeds extends TargetSources {
  readonly waves: Pick<IntakeWaves, 'byId'>
  readonly questionnaires: IntakeQuestionnaires
  readonly responses: Pick<ResponseRepository, 'insert' | 'findBySubmission'>
  readonly tallies: IntakeTallies
  readonly receiptOf: (submissionId: string) => string
  readonly now: () => Date
}

type ValidAnswers = Extract<AnswersOutcome, { kind: 'valid' }>
type FoundTarget = Extract<Target, { kind: 'found' }>

/**
 * Takes in one case: checks it, stores it once, marks its tally for a recount, answers with a receipt.
 *
 * Before a case is refused its id is looked up, so that a retry gets its receipt even when the wave closed in between; one
 * that is accepted meets its first try at the insert. The tally is marked on a retry too: the first try may have ended
 * between storing and marking.
 */
export function makeSubmitResponse(needs: SubmitNeeds): SubmitResponse {
  return async (submission) => {
    const response = await examine(needs, submission)
    if (!('kind' in response)) return store(needs, submission, response)
    const first = await needs.responses.findBySubmission(submission.submissionId)
    return first ? answerAgain(needs, first, submission) : response
  }
}

/** The response as it is to be stored, or why it is refused. */
async function examine(needs: SubmitNeeds, submission: Submission): Promise<NewResponse | SubmitOutcome> {
  const now = needs.now()
  const wave = await needs.waves.byId(submission.waveId)
  if (wave === undefined) return { kind: 'unknown', what: 'wave' }
  const target = resolveTarget(needs, submission)
  const refusal = refuseWave(wave, submission, cityDay(now)) ?? refuseTarget(target)
  if (refusal) return refusal
  const found = target as FoundTarget
  const checked = await check(needs, wave, found, submission, now)
  return checked.kind === 'valid' ? toResponse(submission, wave, found, checked, now) : checked
}

async function store(needs: SubmitNeeds, submission: Submission, response: NewResponse): Promise<SubmitOutcome> {
  if ((await needs.responses.insert(response)) === 'duplicate') {
    const winner = await needs.responses.findBySubmission(submission.submissionId)
    if (winner === undefined) throw new Error('A response is a duplicate, yet the first one cannot be found')
    return answerAgain(needs, winner, submission)
  }
  await needs.tallies.markStale(response)
  return { kind: 'stored', receipt: needs.receiptOf(response.submissionId), disposition: response.disposition }
}

async function answerAgain(needs: SubmitNeeds, first: NewResponse, again: Submission): Promise<SubmitOutcome> {
  await needs.tallies.markStale(first)
  const kind = (await isSameCase(needs, first, again)) ? 'repeated' : 'duplicate'
  return { kind, receipt: needs.receiptOf(first.submissionId), disposition: first.disposition }
}

function refuseWave(wave: Wave, { unitUid, service }: Submission, today: IsoDay): SubmitOutcome | undefined {
  if (today >= wave.closesOn) return { kind: 'closed', closedOn: wave.closesOn }
  if (today < wave.opensOn || !isInScope(wave, unitUid, service)) return { kind: 'out_of_scope' }
  return undefined
}

function refuseTarget(target: Target): SubmitOutcome | undefined {
  if (target.kind === 'found') return undefined
  if (target.kind === 'unknown_unit') return { kind: 'unknown', what: 'unit' }
  if (target.kind === 'unknown_service') return { kind: 'unknown', what: 'service' }
  return target.kind === 'not_offered' ? { kind: 'out_of_scope' } : target
}

type Checked = ValidAnswers | Extract<SubmitOutcome, { kind: 'invalid' | 'stopped' }>

async function check(
  needs: SubmitNeeds,
  wave: Wave,
  { unit, service }: FoundTarget,
  submission: Submission,
  now: Date,
): Promise<Checked> {
  const published = await needs.questionnaires.byHash(wave.questionnaireHash)
  if (published === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const { questionnaire } = published
  const context = caseContext(needs.registry, { wave, unit, service: service.code, on: cityDay(now) })
  const { rawAnswers, whenHidden } = submission
  // Without consent there is no submission, so the item that asks for it may be left out; saying no there still counts.
  const raw = { ...consentAnswers(questionnaire), ...rawAnswers }
  const outcome = validateAnswers(questionnaire, raw, context, { whenHidden })
  if (outcome.kind === 'stopped') return outcome
  const envelope = envelopeErrors(submission, questionnaire.consent.version, now)
  if (outcome.kind === 'invalid') return { ...outcome, envelope }
  return envelope.length > 0 ? { kind: 'invalid', errors: [], envelope } : outcome
}

function toResponse(
  submission: Submission,
  wave: Wave,
  { unit, service, transactionOn }: FoundTarget,
  { answers, disposition }: ValidAnswers,
  now: Date,
): NewResponse {
  return {
    submissionId: submission.submissionId,
    waveId: wave.id,
    questionnaireHash: wave.questionnaireHash,
    consentVersion: submission.consentVersion,
    respondentType: wave.respondentType,
    unitUid: unit.uid,
    service: service.code,
    language: submission.language,
    mode: wave.mode,
    channel: submission.channel,
    transactionOn,
    startedAt: submission.startedAt < now ? submission.startedAt : now,
    submittedAt: now,
    day: cityDay(now),
    disposition,
    answers,
    isSimulated: wave.isSimulated,
  }
}

/** Whether a second case under one id says what the first said, once both are in stored form. */
async function isSameCase(needs: SubmitNeeds, first: NewResponse, again: Submission): Promise<boolean> {
  const place: readonly (keyof Submission & keyof NewResponse)[] = ['waveId', 'unitUid', 'service']
  if (place.some((key) => first[key] !== again[key])) return false
  if (!first.transactionOn.startsWith(again.month)) return false
  const wave = await needs.waves.byId(first.waveId)
  const target = resolveTarget(needs, again)
  if (wave === undefined || target.kind !== 'found') return false
  const checked = await check(needs, wave, target, again, first.submittedAt)
  return checked.kind === 'valid' && isDeepStrictEqual(checked.answers, first.answers)
}
