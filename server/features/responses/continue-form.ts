import { cityDay } from '../../domain/survey/day.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import { isOpenOn } from '../waves/index.js'
import { caseContext } from './case-context.js'
import { type FormStep, goBack, goOn, pageOfErrors, stay } from './form-flow.js'
import type { Fields, FormState } from './form-state.js'
import type { FormNeeds, PageAnswer } from './page-answer.js'
import type { PageContext } from './page-context.js'
import { refuseClosed, refuseUnit } from './refuse-form.js'
import { type RunningForm, renderRestart, renderStep, renderStopped } from './render-form.js'
import { resolveTarget } from './resolve-target.js'
import { simulatedHere } from './simulated-here.js'
import { showStartAgain } from './start-form.js'
import type { SubmitOutcome } from './submission.js'

/** Which button was pressed. */
export type Nav = 'next' | 'back' | `lang:${Language}`

/** One step of a case under way: on, back, or the same page in the other language. */
export async function continueForm(
  needs: FormNeeds,
  context: PageContext,
  state: FormState,
  nav: Nav,
  posted: Fields,
): Promise<PageAnswer> {
  const running = await reopen(needs, state)
  if (running === undefined) {
    return renderRestart(context, 'broken', state, await simulatedHere(needs, context, state))
  }
  const { form, wave } = running
  const step = takeStep(nav, form, state, posted)
  // Taking in a finished case looks after closed waves itself, since a retry must still get its receipt.
  if (step.kind === 'finished') return submit(needs, context, running, step.state)
  if (!isOpenOn(wave, cityDay(needs.now()))) {
    const closed = { kind: 'closed', wave, closedOn: wave.closesOn, reopensOn: null, elsewhere: [] } as const
    return refuseClosed(needs, context, running, closed)
  }
  if (step.kind === 'stopped') return renderStopped(context, step.reason, wave)
  if (step.kind === 'page') return renderStep(needs, context, running, step)
  return showStartAgain(needs, context, step.state, { month: state.month, hasConsented: true, state: step.state })
}

function takeStep(nav: Nav, form: RunningForm['form'], state: FormState, posted: Fields): FormStep {
  if (nav === 'back') return goBack(form, state, posted)
  return nav === 'next' ? goOn(form, state, posted) : stay(form, state, posted)
}

/** The form of a case under way; `undefined` when its wave has been changed since the first page. */
async function reopen(needs: FormNeeds, state: FormState): Promise<RunningForm | undefined> {
  const wave = await needs.waves.byId(state.waveId)
  const published = await needs.questionnaires.byHash(state.questionnaireHash)
  const target = resolveTarget(needs, state)
  if (wave?.questionnaireHash !== state.questionnaireHash || published === undefined) return undefined
  if (target.kind !== 'found') return undefined
  const { unit, service } = target
  const context = caseContext(needs.registry, { wave, unit, service: service.code, on: cityDay(needs.now()) })
  return { wave, unit, service, form: { questionnaire: published.questionnaire, context } }
}

async function submit(
  needs: FormNeeds,
  context: PageContext,
  running: RunningForm,
  state: FormState,
): Promise<PageAnswer> {
  const outcome = await needs.submitResponse({
    submissionId: state.submissionId,
    waveId: state.waveId,
    unitUid: state.unitUid,
    service: state.service,
    language: context.language,
    channel: state.channel,
    month: state.month,
    startedAt: new Date(state.startedAtMs),
    consentVersion: state.consentVersion,
    rawAnswers: state.fields,
    whenHidden: 'drop',
  })
  return answerOutcome(needs, context, running, state, outcome)
}

async function answerOutcome(
  needs: FormNeeds,
  context: PageContext,
  running: RunningForm,
  state: FormState,
  outcome: SubmitOutcome,
): Promise<PageAnswer> {
  const { wave } = running
  switch (outcome.kind) {
    case 'stored':
    case 'repeated':
    case 'duplicate':
      return { kind: 'thanks', receipt: outcome.receipt, isSecondTry: outcome.kind === 'duplicate' }
    case 'invalid':
      if (outcome.errors.length === 0) return renderRestart(context, 'expired', state, running.wave)
      return renderStep(needs, context, running, pageOfErrors(running.form, state, outcome.errors))
    case 'stopped':
      return renderStopped(context, outcome.reason, wave)
    case 'closed':
      return refuseClosed(needs, context, running, { ...outcome, wave, reopensOn: null, elsewhere: [] })
    case 'unit_not_valid':
      return refuseUnit(needs, context, outcome, { status: 422, canChooseMonth: true })
    case 'unknown':
    case 'out_of_scope':
      return refuseClosed(needs, context, running, { kind: 'none', reopensOn: null, elsewhere: [] })
  }
}
