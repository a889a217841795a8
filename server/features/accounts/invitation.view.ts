import type { Translate } from '../../platform/text.js'
import type { Invitation } from './invitation.repository.js'
import { MIN_PASSWORD_LENGTH, type PasswordFault } from './password-rules.js'

export type NewPasswordFault = PasswordFault | 'password_differs'

/** What the two fields of a new password show; what was typed is never sent back. */
export function toNewPasswordView(fault: NewPasswordFault | undefined, t: Translate) {
  return {
    hint: t('accounts.password_hint', { least: MIN_PASSWORD_LENGTH }),
    error: fault ? t(`accounts.${fault}`, { least: MIN_PASSWORD_LENGTH }) : null,
  }
}

/** What the page behind an invitation shows; without a link that works, that there is none. */
export function toInvitationView(
  invited: { readonly invitation: Invitation; readonly token: string; readonly fault?: NewPasswordFault } | null,
  langQuery: string,
  t: Translate,
) {
  if (invited === null) {
    return {
      pageTitle: t('accounts.invitation_gone'),
      heading: t('accounts.invitation_gone'),
      lead: t('accounts.invitation_gone_lead'),
      form: null,
    }
  }
  const { invitation, token, fault } = invited
  const title = t(invitation.isRenewal ? 'accounts.new_password' : 'accounts.invitation_title')
  return {
    pageTitle: fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    lead: t('accounts.invitation_lead', { name: invitation.name, login: invitation.login }),
    form: {
      action: `/invitation${langQuery}`,
      token,
      login: invitation.login,
      password: toNewPasswordView(fault, t),
    },
  }
}
