import type { Translate } from '../../platform/text.js'

/** What staff call the provider. */
export const providerName = (name: string | null, t: Translate): string => name ?? t('accounts.provider_name')

/** What may be said of a way to the provider, on the page of signing in. */
export const SIGN_IN_SAYINGS = ['away', 'refused', 'invalid', 'not_tied'] as const
/** The same on the page of one's own account. */
export const OWN_SAYINGS = [
  'tied',
  'untied',
  'taken',
  'away',
  'refused',
  'invalid',
  'password_wrong',
  'too_many_tries',
] as const
export type OwnSaying = (typeof OWN_SAYINGS)[number]

/** The page between one's password and the provider. */
export function toProviderView(name: string | null, langQuery: string, t: Translate) {
  const provider = providerName(name, t)
  return {
    pageTitle: t('accounts.provider_heading', { provider }),
    heading: t('accounts.provider_heading', { provider }),
    lead: t('accounts.provider_go_lead', { provider }),
    go: { href: `/account/provider/go${langQuery}`, label: t('accounts.provider_go', { provider }) },
    backHref: `/account${langQuery}`,
  }
}

/** The part of one's own account that is about the provider; `null` where there is none. */
export function toTieView(
  provider: { readonly name: string | null; readonly isTied: boolean } | null,
  said: OwnSaying | undefined,
  { langQuery, minutes, t }: { readonly langQuery: string; readonly minutes: number; readonly t: Translate },
) {
  if (provider === null) return null
  const name = providerName(provider.name, t)
  const isDone = said === 'tied' || said === 'untied'
  const text = said ? t(`accounts.provider_${said}`, { provider: name, minutes }) : null
  const isAboutPassword = said === 'password_wrong' || said === 'too_many_tries'
  return {
    heading: t('accounts.provider_heading', { provider: name }),
    state: t(provider.isTied ? 'accounts.provider_state_tied' : 'accounts.provider_state_free', { provider: name }),
    isTied: provider.isTied,
    notice: isDone ? text : null,
    error: isDone ? null : text,
    passwordError: isAboutPassword ? text : null,
    tieAction: `/account/provider${langQuery}`,
    tieLabel: t('accounts.provider_tie', { provider: name }),
    untieAction: `/account/provider/untie${langQuery}`,
    untieLabel: t('accounts.provider_untie', { provider: name }),
  }
}
