import type { Wave } from '../../domain/survey/wave.js'
import type { IntakeQuestionnaires, IntakeWaves } from './intake-needs.js'
import type { TargetSources } from './resolve-target.js'
import type { SubmitResponse } from './submission.js'

/** What the pages of the form need. */
export interface FormNeeds extends TargetSources {
  readonly waves: IntakeWaves
  readonly questionnaires: IntakeQuestionnaires
  readonly submitResponse: SubmitResponse
  readonly secret: string
  readonly newSubmissionId: () => string
  readonly now: () => Date
}

/** What a request for a page of the form is answered with. */
export type PageAnswer =
  | {
      readonly kind: 'page'
      readonly status: number
      readonly template: 'survey/start' | 'survey/form' | 'survey/notice'
      readonly view: object
      readonly isSimulated: boolean
    }
  | { readonly kind: 'thanks'; readonly receipt: string; readonly isSecondTry: boolean }
  /** Nothing here has this address. */
  | { readonly kind: 'unknown'; readonly what: 'unit' | 'service' }

/** A page answer; `wave` decides whether the page says that its data are simulated. */
export function pageAnswer(
  status: number,
  template: Extract<PageAnswer, { kind: 'page' }>['template'],
  view: object,
  wave?: Pick<Wave, 'isSimulated'>,
): PageAnswer {
  return { kind: 'page', status, template, view, isSimulated: wave?.isSimulated ?? false }
}
