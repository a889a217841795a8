import type { Translate } from '../../platform/text.js'
import { providerName, type SIGN_IN_SAYINGS } from './provider.view.js'
import { TRY_WINDOW_MINUTES } from './sign-in.js'

export type SignInFault = 'refused' | 'too_many_tries' | 'stale_form' | `provider_${(typeof SIGN_IN_SAYINGS)[number]}`

/** What is known of who signs in. */
export interface SignInForm {
  readonly login: string
  /** Local path to go to afterwards; empty for the role's own page. */
  readonly next: string
  readonly fault?: SignInFault
  readonly notice?: 'password_set'
  /** Where one can also sign in. */
  readonly provider: { readonly name: string | null } | null
}

function providerHref(next: string, langQuery: string): string {
  const params = new URLSearchParams(langQuery.slice(1))
  if (next !== '') params.set('next', next)
  return `/sign-in/provider${params.size > 0 ? `?${params}` : ''}`
}

/** What the sign-in page shows; the login typed is kept, the password never. */
export function toSignInView(
  form: SignInForm & { readonly csrfToken: string; readonly langQuery: string },
  t: Translate,
) {
  const title = t('accounts.sign_in')
  const provider = form.provider && providerName(form.provider.name, t)
  return {
    pageTitle: form.fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    error: form.fault ? t(`accounts.${form.fault}`, { minutes: TRY_WINDOW_MINUTES, provider: provider ?? '' }) : null,
    isRefused: form.fault === 'refused',
    notice: form.notice ? t(`accounts.notice_${form.notice}`) : null,
    login: form.login,
    next: form.next,
    csrfToken: form.csrfToken,
    action: `/sign-in${form.langQuery}`,
    provider: provider && {
      label: t('accounts.provider_sign_in', { provider }),
      href: providerHref(form.next, form.langQuery),
    },
  }
}
