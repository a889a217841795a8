import { encodeQR } from 'qr'
import { needsSecondFactor, type Role } from '../../domain/access/permissions.js'
import type { Translate } from '../../platform/text.js'
import { enrolmentUri } from './one-time-code.js'

/** What the page shows on which an app is set up: a QR code, the same secret in letters, a field for the first code. */
export function toSecondFactorView(
  page: {
    readonly login: string
    readonly role: Role
    /** Base32. */
    readonly secret: string
    readonly isWrong: boolean
    readonly csrfToken: string
  },
  langQuery: string,
  t: Translate,
) {
  const title = t('accounts.factor_title')
  return {
    pageTitle: page.isWrong ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'accounts.css',
    lead: t(needsSecondFactor(page.role) ? 'accounts.factor_lead_needed' : 'accounts.factor_lead'),
    qrCode: encodeQR(enrolmentUri(page.secret, page.login), 'svg'),
    secret: page.secret.replaceAll(/(.{4})(?!$)/g, '$1 '),
    error: page.isWrong ? t('accounts.factor_wrong') : null,
    csrfToken: page.csrfToken,
    action: `/account/second-factor${langQuery}`,
  }
}

/** What is shown once, when the app is set up. */
export function toRecoveryCodesView(codes: readonly string[], href: string, t: Translate) {
  return { pageTitle: t('accounts.recovery_title'), extraStyle: 'accounts.css', codes, href }
}
