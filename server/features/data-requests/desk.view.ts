import { clocksOf, isClosed, isLate } from '../../domain/privacy/data-request.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { ReportContext } from '../index-reports/index.js'
import type { FoundResponse } from '../responses/index.js'
import type { DataRequest } from './data-request.repository.js'
import type { PersonsWords, StepOutcome } from './data-requests.js'

const timedOf = (request: DataRequest) => ({
  ...request,
  receivedOn: cityDay(request.receivedAt),
  isExtended: request.extendedAt !== null,
})

/** All requests with their clocks: open ones first, what is due soonest before the others. */
export function toDeskView(
  requests: readonly DataRequest[],
  now: Date,
  langQuery: string,
  mayOpen: boolean,
  { t, formats }: ReportContext,
) {
  const today = cityDay(now)
  const dueOf = (request: DataRequest) => clocksOf(timedOf(request)).due ?? '9999'
  const rows = requests.toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0))
  return {
    pageTitle: t('requests.desk_title'),
    heading: t('requests.desk_title'),
    extraStyle: 'release.css',
    late: requests.filter((one) => isLate(timedOf(one), today)).length || null,
    isEmpty: rows.length === 0,
    rows: rows.map((request) => {
      const { due } = clocksOf(timedOf(request))
      return {
        code: request.code,
        href: mayOpen ? `/request-desk/${request.code}${langQuery}` : null,
        kind: t(`requests.kind_${request.kind}`),
        received: formats.day(cityDay(request.receivedAt)),
        state: t(`requests.state_${request.state}`),
        due: due === null ? '–' : formats.day(due),
        isLate: isLate(timedOf(request), today),
      }
    }),
  }
}

export type RequestFault = Exclude<StepOutcome, 'done' | 'unknown'> | 'not_found' | 'void_refused'

/** What the page of a request is made from. */
export interface RequestPage {
  readonly request: DataRequest
  readonly words: PersonsWords | null
  readonly typed: { readonly reason: string; readonly answer: string; readonly wave: string }
  readonly fault: RequestFault | null
  readonly found: FoundResponse | null
  readonly waves: readonly Wave[]
  readonly registry: Pick<UnitRegistry, 'nameOf'>
  readonly now: Date
  readonly csrfToken: string
  readonly langQuery: string
}

const FIELD: Readonly<Record<RequestFault, string>> = {
  too_late: 'steps-title',
  text_missing: 'answer',
  not_found: 'wave',
  void_refused: 'wave',
}

/** One request: what was written, its clocks, and what may be done next. */
export function toRequestView(page: RequestPage, context: ReportContext) {
  const { t } = context
  const { request, words, typed, fault, langQuery } = page
  const title = `${request.code}: ${t(`requests.kind_${request.kind}`)}`
  return {
    pageTitle: fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'release.css',
    csrfToken: page.csrfToken,
    deskHref: `/request-desk${langQuery}`,
    summary: fault && { text: t(`requests.fault_${fault}`), href: `#${FIELD[fault]}` },
    state: t(`requests.state_${request.state}`),
    facts: factsOf(request, context),
    lateNote: isLate(timedOf(request), cityDay(page.now)) ? t('requests.late') : null,
    words: words && wordsOf(words, context),
    wordsGone: words === null ? t(request.clearedAt ? 'requests.words_cleared' : 'requests.words_unreadable') : null,
    answer: request.answer,
    typed,
    steps: stepsOf(page),
    search: searchOf(page, context),
    found: page.found && foundView(page, page.found, context),
  }
}

function factsOf(request: DataRequest, { t, formats }: ReportContext): readonly string[] {
  const timed = timedOf(request)
  const clocks = clocksOf(timed)
  const dayOf = (at: Date | null) => (at === null ? '–' : formats.day(cityDay(at)))
  const extended = { day: dayOf(request.extendedAt), reason: request.extensionReason ?? '' }
  return [
    t('requests.step_received', { day: formats.day(timed.receivedOn) }),
    t('requests.acknowledge_by', { day: formats.day(clocks.acknowledgeBy), done: dayOf(request.acknowledgedAt) }),
    t('requests.fulfil_by', { day: formats.day(clocks.fulfilBy), done: dayOf(request.closedAt) }),
    ...(request.extendedAt ? [t('requests.step_extended', extended)] : []),
  ]
}

const wordsOf = ({ words, contact, receipt }: PersonsWords, { t }: ReportContext) => ({
  words: words || t('requests.nothing'),
  contact: contact || t('requests.no_contact'),
  receipt: receipt || t('requests.no_receipt'),
})

/** Where the forms of the next steps go; `null` once the request has ended. */
function stepsOf({ request, langQuery }: RequestPage) {
  if (isClosed(request.state)) return null
  const to = (step: string) => `/request-desk/${request.code}/${step}${langQuery}`
  return {
    acknowledge: request.state === 'received' ? to('acknowledge') : null,
    extend: request.extendedAt === null ? to('extend') : null,
    close: to('close'),
  }
}

function searchOf(page: RequestPage, context: ReportContext) {
  const { request, words, fault, langQuery } = page
  if (isClosed(request.state) || words === null || words.receipt === '') return null
  const action = `/request-desk/${request.code}/find${langQuery}`
  return { action, waves: wavesToSearch(page, context), isWrong: fault === 'not_found' }
}

const wavesToSearch = ({ waves, typed }: RequestPage, { language }: ReportContext) =>
  waves.map(({ id, title }) => ({ id, title: title[language], isChosen: id === typed.wave }))

function foundView({ request, waves, registry, langQuery }: RequestPage, found: FoundResponse, context: ReportContext) {
  const { t, formats, language } = context
  const wave = waves.find(({ id }) => id === found.waveId)
  return {
    words: t('requests.found', {
      wave: wave?.title[language] ?? found.waveId,
      unit: registry.nameOf(found.unitUid, wave?.referenceOn ?? found.day)[language],
      service: found.service,
      day: formats.day(found.day),
    }),
    wave: found.waveId,
    voidAction: `/request-desk/${request.code}/void${langQuery}`,
  }
}
