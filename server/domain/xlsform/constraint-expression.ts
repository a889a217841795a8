import type { Item } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import { THIS_YEAR } from './condition-expression.js'

/** What an answer must meet, as an expression about `.`, and what is said when it does not. */
export interface Constraint {
  readonly expression: string
  readonly message: Localized
}

/**
 * The limits of an item as a constraint: most choices, longest text, years, answers that end the case.
 *
 * Who does not consent or is too young must not be sent in: the form does not let such an answer pass.
 */
export function constraintOf(item: Item): Constraint | undefined {
  switch (item.kind) {
    case 'multi':
      return {
        expression: `count-selected(.) <= ${item.maxChoices}`,
        message: { vi: `Chọn tối đa ${item.maxChoices}`, en: `Choose no more than ${item.maxChoices}` },
      }
    case 'text':
      return {
        expression: `string-length(.) <= ${item.maxLength}`,
        message: { vi: `Không quá ${item.maxLength} ký tự`, en: `No more than ${item.maxLength} characters` },
      }
    case 'year': {
      const { earliest, minAgeYears } = item
      const latest = minAgeYears === undefined ? THIS_YEAR : `${THIS_YEAR} - ${minAgeYears}`
      const young = {
        vi: ` Dưới ${minAgeYears} tuổi: dừng, không gửi phiếu.`,
        en: ` Under ${minAgeYears}: stop, send nothing.`,
      }
      const range = { vi: `Năm từ ${earliest} đến nay.`, en: `A year from ${earliest} to now.` }
      const message = minAgeYears === undefined ? range : { vi: range.vi + young.vi, en: range.en + young.en }
      return { expression: `. >= ${earliest} and . <= ${latest}`, message }
    }
    case 'choice':
      return item.stopsAt === undefined
        ? undefined
        : { expression: item.stopsAt.map((code) => `. != '${code}'`).join(' and '), message: STOP }
    default:
      return undefined
  }
}

const STOP: Localized = {
  vi: 'Người trả lời không tham gia: dừng tại đây, không gửi phiếu',
  en: 'The respondent does not take part: stop here and send nothing',
}
