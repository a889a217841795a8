import { clocksOf, FULFIL_DAYS, isClosed, REQUEST_KINDS } from '../../domain/privacy/data-request.js'
import { cityDay } from '../../domain/survey/day.js'
import type { ReportContext } from '../index-reports/index.js'
import type { DataRequest } from './data-request.repository.js'

/** What somebody typed into the form. */
export interface TypedRequest {
  readonly kind: string
  readonly receipt: string
  readonly contact: string
  readonly words: string
}
export const NOTHING_TYPED: TypedRequest = { kind: '', receipt: '', contact: '', words: '' }
export type AskFault = 'kind_missing' | 'receipt_wrong' | 'nothing_said' | 'code_wrong'

const FIELD: Readonly<Record<AskFault, string>> = {
  kind_missing: 'kind-see',
  receipt_wrong: 'receipt',
  nothing_said: 'words',
  code_wrong: 'code',
}

/** The form for requests and the way to one that was made. */
export function toAskView(
  page: {
    readonly typed: TypedRequest
    readonly fault: AskFault | null
    readonly code: string
    readonly langQuery: string
  },
  { t }: ReportContext,
) {
  const { typed, fault, langQuery } = page
  const title = t('requests.title')
  return {
    pageTitle: fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'release.css',
    action: `/requests${langQuery}`,
    factsHref: `/privacy${langQuery}`,
    statusAction: '/requests/status',
    summary: fault && { text: t(`requests.fault_${fault}`), href: `#${FIELD[fault]}` },
    kinds: REQUEST_KINDS.map((kind) => ({
      kind,
      label: t(`requests.kind_${kind}`),
      hint: t('requests.within', { days: FULFIL_DAYS[kind] }),
      isChosen: typed.kind === kind,
    })),
    typed,
    isWrong: {
      kind: fault === 'kind_missing',
      receipt: fault === 'receipt_wrong',
      words: fault === 'nothing_said',
      code: fault === 'code_wrong',
    },
    code: page.code,
    lang: langQuery === '' ? null : langQuery.slice('?lang='.length),
  }
}

/** Where a request stands, for whoever has its code; nothing of what the person wrote. */
export function toStatusView(request: DataRequest, isNew: boolean, { t, formats }: ReportContext) {
  const receivedOn = cityDay(request.receivedAt)
  const clocks = clocksOf({ ...request, receivedOn, isExtended: request.extendedAt !== null })
  const dayOf = (at: Date | null) => (at === null ? '' : formats.day(cityDay(at)))
  const steps = [
    t('requests.step_received', { day: formats.day(receivedOn) }),
    ...(request.acknowledgedAt ? [t('requests.step_acknowledged', { day: dayOf(request.acknowledgedAt) })] : []),
    ...(request.extendedAt
      ? [t('requests.step_extended', { day: dayOf(request.extendedAt), reason: request.extensionReason ?? '' })]
      : []),
    ...(request.closedAt ? [t(`requests.step_${request.state}`, { day: dayOf(request.closedAt) })] : []),
  ]
  return {
    pageTitle: t('requests.status_title', { code: request.code }),
    extraStyle: 'release.css',
    heading: t('requests.status_title', { code: request.code }),
    isNew,
    code: request.code,
    kind: t(`requests.kind_${request.kind}`),
    steps,
    answer: request.answer,
    due: isClosed(request.state)
      ? null
      : t('requests.due', { acknowledge: formats.day(clocks.acknowledgeBy), fulfil: formats.day(clocks.fulfilBy) }),
  }
}
