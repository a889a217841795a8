import { FACT_NOTES, MODE_LABELS } from '../../../domain/microdata/fact-texts.js'
import type { Localized, RespondentType } from '../../../domain/survey/vocabulary.js'

const both = (vi: string, en: string): Localized => ({ vi, en })

/** Sentences of the description of a study. */
export const DDI_TEXTS = {
  institute: both(
    'Viện Nghiên cứu phát triển Thành phố Hồ Chí Minh',
    'Ho Chi Minh City Institute for Development Studies',
  ),
  nation: both('Việt Nam', 'Viet Nam'),
  city: both('Thành phố Hồ Chí Minh', 'Ho Chi Minh City'),
  unit: both('Lượt giao dịch với cơ quan nhà nước', 'Transaction with a state agency'),
  data: both('Dữ liệu khảo sát', 'Survey data'),
  simulated: both('Số liệu mô phỏng, không phải câu trả lời của người thật', 'Simulated data, not answers of people'),
  noSampling: both('Chưa ghi nhận cách chọn mẫu', 'How respondents were chosen is not recorded'),
  weight: FACT_NOTES.weight,
  restriction: both(
    'Dành cho người phân tích trong bộ máy nhà nước: có câu trả lời mà báo cáo không công bố',
    'For analysts inside the administration: holds answers that reports hide',
  ),
} as const

export const RESPONDENTS: Readonly<Record<RespondentType, Localized>> = {
  citizen: both('Người dân đã giao dịch với cơ quan', 'Citizens who had a dealing with an agency'),
  business: both('Doanh nghiệp đã giao dịch với cơ quan', 'Businesses that had a dealing with an agency'),
}

/** What every row is protected by. */
export const disclosureNote = (k: number): Localized =>
  both(
    `Mỗi dòng giống ít nhất ${k - 1} dòng khác về đơn vị, lĩnh vực, tháng, ngôn ngữ và đặc điểm nhân khẩu; giá trị không cung cấp mang mã 95. Ý kiến tự do không xuất. Tần số không ghi khi có giá trị của dưới ${k} phiếu.`,
    `Every row is like ${k - 1} others or more in unit, service, months, language and demographic items; what was withheld for that has code 95. Free text is not exported. Frequencies are left out where a value stands in fewer than ${k} rows.`,
  )

export const modeLabel = (mode: string): Localized =>
  MODE_LABELS.find(({ code }) => code === mode)?.label ?? both(mode, mode)
