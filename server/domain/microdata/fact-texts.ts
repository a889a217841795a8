import type { Localized } from '../survey/vocabulary.js'
import type { ValueLabel } from './variable.js'

const both = (vi: string, en: string): Localized => ({ vi, en })
const label = (code: string, vi: string, en: string): ValueLabel<string> => ({ code, label: both(vi, en) })

/** Labels of the columns that do not come from the questionnaire. */
export const FACT_LABELS = {
  wave: both('Đợt khảo sát', 'Wave'),
  simulated: both('Số liệu mô phỏng', 'Simulated data'),
  mode: both('Cách thu thập', 'Mode of collection'),
  channel: both('Đường vào phiếu', 'Door by which the respondent came in'),
  language: both('Ngôn ngữ trả lời', 'Language of the answers'),
  respondentType: both('Đối tượng trả lời', 'Type of respondent'),
  questionnaire: both('Phiếu hỏi', 'Questionnaire'),
  version: both('Phiên bản phiếu hỏi', 'Version of the questionnaire'),
  hash: both('Mã băm của phiếu hỏi (12 ký tự đầu)', 'Hash of the questionnaire (first 12 characters)'),
  unitUid: both('Đơn vị được đánh giá (mã của nền tảng)', 'Unit rated (uid)'),
  unitName: both('Tên đơn vị tại ngày giao dịch', 'Name of the unit on the day of the transaction'),
  unitCode: both('Mã Tổng cục Thống kê tại ngày giao dịch', 'Code of the General Statistics Office on that day'),
  service: both('Lĩnh vực dịch vụ', 'Service'),
  transactionMonth: both('Tháng giao dịch', 'Month of the transaction'),
  answeredMonth: both('Tháng trả lời', 'Month of answering'),
  duration: both('Thời gian trả lời (nhóm)', 'Time taken (band)'),
  disposition: both('Tình trạng phiếu', 'Disposition'),
  rules: both('Bộ quy tắc chất lượng', 'Set of quality rules'),
  weight: both('Trọng số', 'Weight'),
  stratum: both('Tầng', 'Stratum'),
  psu: both('Đơn vị chọn mẫu cấp một', 'Primary sampling unit'),
} as const

/** Notes that stand in the codebook. */
export const FACT_NOTES = {
  unitDay: both(
    'Nếu tháng giao dịch không được cung cấp: tại ngày quy chiếu của đợt',
    'Where the month of the transaction is withheld: on the reference day of the wave',
  ),
  weight: both('Đợt này không có trọng số: mỗi phiếu bằng 1', 'The wave has no weights: 1 for every response'),
  stratum: both('Đợt này không phân tầng: một tầng', 'The wave has no strata: one for all'),
  psu: both('Trống: mỗi phiếu là một đơn vị chọn mẫu', 'Empty: every response is a sampling unit of its own'),
  reversed: both(
    'Nhận định phủ định: ghi như đã trả lời, chỉ đảo khi chấm điểm',
    'A negative statement: as answered, turned round only when scored',
  ),
  band: both('Nhóm tuổi hoặc số năm; không lưu năm', 'Bands of age or years; the year itself is not stored'),
  decade: both('Nhóm 10 năm, ghi năm đầu', 'Ten-year bands, given by their first year'),
} as const

export const MODE_LABELS = [
  label('web', 'Trực tuyến', 'Web'),
  label('kiosk', 'Màn hình tại quầy', 'Kiosk'),
  label('phone', 'Điện thoại', 'Phone'),
  label('face_to_face', 'Phỏng vấn trực tiếp', 'Face to face'),
]
export const CHANNEL_LABELS = [
  label('finder', 'Tìm cơ quan trên trang', 'Found the agency on the site'),
  label('link', 'Liên kết hoặc mã QR', 'Link or QR code'),
  label('api', 'Giao diện lập trình', 'API'),
  label('import', 'Nhập từ tệp', 'Import from a file'),
]
export const LANGUAGE_LABELS = [label('vi', 'Tiếng Việt', 'Vietnamese'), label('en', 'Tiếng Anh', 'English')]
export const RESPONDENT_LABELS = [
  label('citizen', 'Người dân', 'Citizen'),
  label('business', 'Doanh nghiệp', 'Business'),
]
export const DISPOSITION_LABELS = [label('complete', 'Hoàn thành', 'Complete'), label('partial', 'Một phần', 'Partial')]

/** 0 and 1 in words. */
export const YES_NO: readonly ValueLabel<number>[] = [
  { code: 0, label: both('Không', 'No') },
  { code: 1, label: both('Có', 'Yes') },
]

/** Nonresponse codes in words, as far as the questionnaire has none of its own. */
export const NONRESPONSE_LABELS: readonly ValueLabel<number>[] = [
  { code: 96, label: both('Không áp dụng', 'Not applicable') },
  { code: 97, label: both('Không biết', 'Don’t know') },
  { code: 98, label: both('Không muốn trả lời', 'Prefer not to say') },
  { code: 99, label: both('Bỏ trống', 'Left blank') },
]

/** Labels of the quality flags that are recorded. */
export const FLAG_LABELS = {
  speeder: both('Cờ: trả lời quá nhanh', 'Flag: speeder'),
  straightline: both('Cờ: trả lời giống nhau mọi câu', 'Flag: straight line'),
  incomplete: both('Cờ: thiếu câu chính', 'Flag: incomplete'),
  out_of_scope: both('Cờ: ngoài phạm vi', 'Flag: out of scope'),
} as const

/** Bands of the time taken: exact seconds could be matched with a log. 90 is the floor of the rule on speeders. */
export const DURATION_BANDS = [0, 60, 90, 180, 300, 600, 1200] as const
