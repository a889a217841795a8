import type { Localized } from '../survey/vocabulary.js'
import type { Leftover } from './leftovers.js'
import type { Cells } from './sheets.js'

/** Why a part has no place in the other sheets, by its last key. */
const REASONS: Readonly<Record<string, Localized>> = {
  factors: { vi: 'XLSForm không có nhân tố và cách tính chỉ số', en: 'XLSForm knows no factors of an index' },
  overallItem: { vi: 'XLSForm không có cách tính chỉ số', en: 'XLSForm knows no index' },
  coreItems: { vi: 'XLSForm không có quy tắc phiếu đủ', en: 'XLSForm knows no rule for complete cases' },
  minCoreShare: { vi: 'XLSForm không có quy tắc phiếu đủ', en: 'XLSForm knows no rule for complete cases' },
  criteria: { vi: 'XLSForm không có tiêu chí chính thức', en: 'XLSForm knows no official criteria' },
  source: { vi: 'XLSForm không ghi nguồn câu chữ', en: 'XLSForm has no place for the source of the wording' },
  about: { vi: 'Lựa chọn không gắn được với câu hỏi khác', en: 'A choice cannot be tied to another question' },
  isReversed: { vi: 'Nhận định phủ định: chỉ đảo khi chấm điểm', en: 'A negative statement, turned round when scored' },
  bands: {
    vi: 'Biểu mẫu ghi năm; nhóm tuổi được tính khi nhập phiếu',
    en: 'The form keeps the year; the band is worked out when answers are imported',
  },
  respondentType: { vi: 'XLSForm không phân biệt đối tượng', en: 'XLSForm does not tell kinds of respondents apart' },
  version: { vi: 'Phiên bản của biểu mẫu là mã băm', en: 'The version of the form is the hash of the content' },
  showIf: {
    vi: 'Ô relevant không ghi được đúng dạng này; dòng này thay cho ô đó',
    en: 'The cell relevant does not hold it in this form; this row stands instead of the cell',
  },
  notApplicable: { vi: 'Không câu hỏi nào dùng lựa chọn này', en: 'No question offers this choice' },
  dontKnow: { vi: 'Không câu hỏi nào dùng lựa chọn này', en: 'No question offers this choice' },
}

const TITLE: Localized = { vi: 'Tên biểu mẫu chỉ có một ngôn ngữ', en: 'The title of a form has one language' }
const CONTEXT: Localized = {
  vi: 'Câu này lấy từ hồ sơ được đánh giá, không hỏi',
  en: 'Filled from what is rated, never asked',
}
const OTHER: Localized = { vi: 'XLSForm ghi khác hoặc không ghi', en: 'XLSForm says it in another way or not at all' }

function reasonOf(part: string): Localized {
  if (part.startsWith('title.')) return TITLE
  const keys = part.split('.')
  const last = keys.at(-1)!
  if (last === 'text' && keys.length > 2) return CONTEXT
  return REASONS[last] ?? OTHER
}

/** A row of the sheet `not_carried_over`. */
export function leftoverRow({ part, value }: Leftover): Cells {
  const { vi, en } = reasonOf(part)
  return { part, json: value, reason_vi: vi, reason_en: en }
}
