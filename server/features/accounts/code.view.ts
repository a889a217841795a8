import type { Translate } from '../../platform/text.js'
import { TRY_WINDOW_MINUTES } from './sign-in.js'

export type CodeFault = 'wrong' | 'too_many_tries' | 'stale_form'

const TEXT: Readonly<Record<CodeFault, string>> = {
  wrong: 'code_wrong',
  too_many_tries: 'code_too_many_tries',
  stale_form: 'code_stale',
}

/** What the second step of signing in shows. */
export function toCodeView(
  form: { readonly csrfToken: string; readonly langQuery: string; readonly fault?: CodeFault },
  t: Translate,
) {
  const title = t('accounts.code_title')
  return {
    pageTitle: form.fault ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    error: form.fault ? t(`accounts.${TEXT[form.fault]}`, { minutes: TRY_WINDOW_MINUTES }) : null,
    csrfToken: form.csrfToken,
    action: `/sign-in/code${form.langQuery}`,
    startHref: `/sign-in${form.langQuery}`,
  }
}
