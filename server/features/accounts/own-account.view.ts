import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { Account } from './account.js'
import { type NewPasswordFault, toNewPasswordView } from './invitation.view.js'
import { type OwnSaying, toTieView } from './provider.view.js'
import type { OpenSession } from './session.repository.js'

export type OwnPasswordFault = NewPasswordFault | 'password_wrong' | 'too_many_tries'

/** What a member of staff sees of their own account. */
export interface OwnAccountPage {
  readonly account: Account
  readonly sessions: readonly OpenSession[]
  readonly ownSessionId: string
  readonly csrfToken: string
  readonly langQuery: string
  readonly provider: { readonly name: string | null; readonly isTied: boolean } | null
  readonly fault?: OwnPasswordFault
  readonly isChanged?: boolean
  readonly ofProvider?: OwnSaying
}

const MOMENT = {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
} as const

/** Instants as the city reads them. */
export const momentFormat = (language: Language) => new Intl.DateTimeFormat(language, MOMENT)

/** What the page of one's own account shows: password, second factor, where one is signed in. */
export function toOwnAccountView(page: OwnAccountPage, language: Language, minutes: number, t: Translate) {
  const { account, sessions, ownSessionId, langQuery, fault } = page
  const title = t('accounts.own_title')
  const moment = momentFormat(language)
  const isOfOld = fault === 'password_wrong' || fault === 'too_many_tries'
  const faultText = fault ? t(`accounts.${fault}`, { least: 12, minutes }) : null
  const provider = toTieView(page.provider, page.ofProvider, { langQuery, minutes, t })
  const providerSummary = provider?.error ? { text: provider.error, href: '#provider' } : null
  return {
    pageTitle: fault || providerSummary ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'accounts.css',
    csrfToken: page.csrfToken,
    lead: t('accounts.own_lead', {
      name: account.name,
      login: account.login,
      role: t(`accounts.role_${account.role}`),
    }),
    notice: page.isChanged ? t('accounts.password_changed') : (provider?.notice ?? null),
    provider,
    summary: faultText ? { text: faultText, href: isOfOld ? '#current' : '#password' } : providerSummary,
    password: {
      action: `/account/password${langQuery}`,
      login: account.login,
      currentError: isOfOld ? faultText : null,
      fields: toNewPasswordView(fault !== undefined && !isOfOld ? (fault as NewPasswordFault) : undefined, t),
    },
    secondFactor: {
      state: t(account.hasSecondFactor ? 'accounts.factor_on' : 'accounts.factor_off'),
      href: account.hasSecondFactor ? null : `/account/second-factor${langQuery}`,
    },
    sessions: sessions.map(({ id, signedInAt, seenAt }) => ({
      id,
      name: t(id === ownSessionId ? 'accounts.this_browser' : 'accounts.other_browser'),
      signedInAt: moment.format(signedInAt),
      seenAt: moment.format(seenAt),
      isOwn: id === ownSessionId,
    })),
    hasOthers: sessions.length > 1,
    endAction: `/account/sessions/end${langQuery}`,
    endOthersAction: `/account/sessions/end-others${langQuery}`,
  }
}
