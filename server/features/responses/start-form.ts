import { textEndsOn } from '../../domain/privacy/retention.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import { caseContext } from './case-context.js'
import { transactionMonths } from './check-envelope.js'
import { firstPage } from './form-flow.js'
import { AT_START, type FormState, sealState } from './form-state.js'
import { type FormNeeds, type PageAnswer, pageAnswer } from './page-answer.js'
import { formHref, type PageContext, siteHref } from './page-context.js'
import { type Place, refuseClosed, refuseUnit, unitName } from './refuse-form.js'
import { renderStep } from './render-form.js'
import { resolveTarget } from './resolve-target.js'
import { type StartFault, toStartView } from './start.view.js'

/** What the first page sends. */
export interface StartPost {
  readonly month: string
  readonly hasConsented: boolean
  /** The case under way when the respondent had come back to the first page. */
  readonly state: FormState | undefined
}

interface OpenForm extends Place {
  readonly wave: Wave
  readonly questionnaire: Questionnaire
  readonly months: readonly string[]
  /** The latest month in which the unit existed. */
  readonly latestMonth: string
}

/** The first page, or why there is none. */
export async function showStart(needs: FormNeeds, context: PageContext, unitUid: string, service: string) {
  const opened = await openForm(needs, context, unitUid, service)
  if ('kind' in opened) return opened
  return renderStart(needs, context, opened, { month: opened.latestMonth, hasConsented: false, state: undefined }, [])
}

/** The first page again, in another language or after coming back. */
export async function showStartAgain(
  needs: FormNeeds,
  context: PageContext,
  place: { readonly unitUid: string; readonly service: string },
  post: StartPost,
): Promise<PageAnswer> {
  const opened = await openForm(needs, context, place.unitUid, place.service)
  return 'kind' in opened ? opened : renderStart(needs, context, opened, post, [])
}

/** From the first page into the questions: nothing begins without a month and consent. */
export async function startForm(
  needs: FormNeeds,
  context: PageContext,
  place: { readonly unitUid: string; readonly service: string },
  post: StartPost,
): Promise<PageAnswer> {
  const opened = await openForm(needs, context, place.unitUid, place.service)
  if ('kind' in opened) return opened
  const faults: StartFault[] = []
  if (!opened.months.includes(post.month)) faults.push('month')
  if (!post.hasConsented) faults.push('consent')
  if (faults.length > 0) return renderStart(needs, context, opened, post, faults)
  const target = resolveTarget(needs, { ...place, month: post.month })
  if (target.kind === 'unit_not_valid') return refuseUnit(needs, context, target, { status: 422, canChooseMonth: true })
  // A case begun under another wave, since closed or of other respondents, cannot be gone on with here.
  const begun = post.state?.waveId === opened.wave.id ? post.state : undefined
  const state = { ...(begun ?? newState(needs, context, opened)), month: post.month }
  const on = cityDay(needs.now())
  const about = { wave: opened.wave, unit: opened.unit, service: opened.service.code, on }
  const form = { questionnaire: opened.questionnaire, context: caseContext(needs.registry, about) }
  return renderStep(needs, context, { ...opened, form }, firstPage(form, state, context.isWholeForm))
}

async function openForm(
  needs: FormNeeds,
  context: PageContext,
  unitUid: string,
  serviceCode: string,
): Promise<OpenForm | PageAnswer> {
  const on = cityDay(needs.now())
  const months = transactionMonths(on)
  const targets = months.map((month) => ({
    month,
    target: resolveTarget(needs, { unitUid, service: serviceCode, month }),
  }))
  const { target, month } = targets.find((one) => one.target.kind !== 'unit_not_valid') ?? targets[0]!
  if (target.kind === 'unknown_unit') return { kind: 'unknown', what: 'unit' }
  if (target.kind === 'unknown_service') return { kind: 'unknown', what: 'service' }
  if (target.kind === 'unit_not_valid') {
    const status = target.reason === 'ended' ? 410 : 404
    return refuseUnit(needs, context, target, { status, canChooseMonth: false })
  }
  const place = { unit: target.unit, service: target.service }
  if (target.kind === 'not_offered') return refuseClosed(needs, context, place, NOT_OFFERED)
  const { respondentType } = context
  const choice = await needs.waves.find({ unitUid, service: serviceCode, respondentType, mode: 'web', on })
  if (choice.kind !== 'open') return refuseClosed(needs, context, place, choice)
  const published = await needs.questionnaires.byHash(choice.wave.questionnaireHash)
  if (published === undefined) throw new Error(`Wave ${choice.wave.id} names a questionnaire that is not published`)
  return { ...place, wave: choice.wave, questionnaire: published.questionnaire, months, latestMonth: month }
}

const NOT_OFFERED = { kind: 'none', reopensOn: null, elsewhere: [] } as const

function newState({ newSubmissionId, now }: FormNeeds, { isFromFinder }: PageContext, opened: OpenForm): FormState {
  return {
    submissionId: newSubmissionId(),
    waveId: opened.wave.id,
    questionnaireHash: opened.wave.questionnaireHash,
    unitUid: opened.unit.uid,
    service: opened.service.code,
    channel: isFromFinder ? 'finder' : 'link',
    month: opened.latestMonth,
    consentVersion: opened.questionnaire.consent.version,
    startedAtMs: now().getTime(),
    at: AT_START,
    shown: [],
    fields: {},
  }
}

function renderStart(
  needs: FormNeeds,
  context: PageContext,
  opened: OpenForm,
  { month, hasConsented, state }: StartPost,
  faults: readonly StartFault[],
): PageAnswer {
  const { unit, service, questionnaire, months, wave } = opened
  const view = toStartView(context, {
    purpose: wave.purpose ?? null,
    textEndsOn: textEndsOn(wave),
    questionnaire,
    agency: unitName(needs, context, unit),
    service: service.name[context.language],
    agencyHref: siteHref(context, `/u/${unit.uid}`),
    action: formHref(context, unit.uid, service.code),
    sealedState: state ? (sealState(state, needs.secret) ?? null) : null,
    months,
    month,
    hasConsented,
    faults,
  })
  return pageAnswer(faults.length > 0 ? 422 : 200, 'survey/start', view, wave)
}
