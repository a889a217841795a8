import type { StopReason } from '../../domain/questionnaire/read-answer.js'
import { addDays } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import { formLayout } from './form.view.js'
import { type PageContext, siteHref, writeDay } from './page-context.js'

/** A way on from a page that ends here. */
export interface WayOn {
  readonly label: string
  readonly href: string
}

/** A page that says one thing and shows the ways on. */
export interface NoticeView {
  readonly pageTitle: string
  readonly paragraphs: readonly string[]
  readonly linksLead: string | null
  readonly links: readonly WayOn[]
  readonly button: WayOn
}

const layout = { ...formLayout, showFooter: true }

function notice(context: PageContext, view: Partial<NoticeView> & Pick<NoticeView, 'pageTitle' | 'paragraphs'>) {
  const finder = { label: context.t('survey.find_another'), href: siteHref(context, '/') }
  return { ...layout, linksLead: null, links: [], button: finder, ...view }
}

/** Nothing was stored, and that is fine. */
export function toStoppedView(context: PageContext, reason: StopReason) {
  const { t } = context
  return notice(context, {
    pageTitle: t(`survey.stopped_${reason}_title`),
    paragraphs: [t(`survey.stopped_${reason}`), t('survey.nothing_stored')],
  })
}

/** The form came back altered or after more than a day. */
export function toRestartView(context: PageContext, why: 'broken' | 'expired', startHref: string) {
  const { t } = context
  return notice(context, {
    pageTitle: t(`survey.restart_${why}_title`),
    paragraphs: [t(`survey.restart_${why}`), t('survey.nothing_stored')],
    button: { label: t('survey.restart'), href: startHref },
  })
}

/** No wave collects here now: since when, and where else. */
export function toClosedView(
  context: PageContext,
  input: {
    readonly agency: string
    readonly service: string
    readonly closedOn: IsoDay | null
    readonly reopensOn: IsoDay | null
    readonly links: readonly WayOn[]
  },
) {
  const { t, language } = context
  const { agency, service, closedOn, reopensOn, links } = input
  const key = closedOn === null ? 'none' : 'closed'
  // The closing day itself is the first without answers.
  const day = closedOn === null ? '' : writeDay(addDays(closedOn, -1), language)
  const reopens = reopensOn === null ? [] : [t('survey.reopens', { day: writeDay(reopensOn, language) })]
  return notice(context, {
    pageTitle: t(`survey.${key}_title`),
    paragraphs: [t(`survey.${key}`, { agency, service, day }), ...reopens],
    linksLead: links.length > 0 ? t('survey.open_elsewhere') : null,
    links,
  })
}

/** The unit did not exist in the month of the transaction: since or until when, and who did its work. */
export function toUnitNotValidView(
  context: PageContext,
  input: {
    readonly agency: string
    readonly reason: 'not_yet' | 'ended'
    readonly changedOn: IsoDay
    readonly links: readonly WayOn[]
    /** The way back to the month, when one was chosen. */
    readonly back: WayOn | null
  },
) {
  const { t, language } = context
  const { agency, reason, links, back } = input
  const sentence = t(`survey.unit_${reason}`, { agency, day: writeDay(input.changedOn, language) })
  return notice(context, {
    pageTitle: t(back === null ? `survey.unit_${reason}_now_title` : `survey.unit_${reason}_title`),
    paragraphs: back === null ? [sentence] : [sentence, t('survey.nothing_stored')],
    linksLead: links.length > 0 ? t(`survey.unit_${reason}_others`) : null,
    links,
    ...(back ? { button: back } : {}),
  })
}

/** The end: a receipt to keep. */
export function toThanksView(context: PageContext, input: { readonly receipt: string; readonly isSecondTry: boolean }) {
  const { t } = context
  return {
    ...layout,
    pageTitle: t('survey.thanks_title'),
    receipt: input.receipt,
    secondTry: input.isSecondTry ? t('survey.thanks_second_try') : null,
    finderHref: siteHref(context, '/'),
  }
}
