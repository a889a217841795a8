import type { Language } from '../survey/vocabulary.js'
import type { IndexReport } from './index-report.js'
import { type IndexReportColumn, type IndexReportRow, indexReportRows } from './index-report-rows.js'
import { isTimeStep } from './time-steps.js'

/** A dataset of JSON-stat 2.0. */
export interface JsonStatDataset {
  readonly version: '2.0'
  readonly class: 'dataset'
  readonly label: string
  readonly source: string
  readonly id: readonly ['group', 'line', 'measure']
  readonly size: readonly [number, number, number]
  readonly role: Readonly<Record<string, readonly string[]>>
  readonly dimension: Readonly<Record<'group' | 'line' | 'measure', JsonStatDimension>>
  /** Row by row of `id`; `null` where there is no figure, for the reason in `status`. */
  readonly value: readonly (number | null)[]
  /** By position in `value`; keys of `extension.statusLabels`. */
  readonly status: Readonly<Record<string, StatusCode>>
  readonly note: readonly string[]
  readonly extension: object
}

interface JsonStatDimension {
  readonly label: string
  readonly category: {
    readonly index: readonly string[]
    readonly label: Readonly<Record<string, string>>
    readonly unit?: Readonly<Record<string, { readonly decimals: number; readonly symbol?: string }>>
  }
}

/** Columns of the report that are measures of the cube, with what each is. */
const MEASURES = {
  top_two_percent: { vi: 'Hài lòng (%)', en: 'Satisfied (%)', decimals: 1 },
  low_percent: { vi: 'Cận dưới 95 % (%)', en: 'Lower limit, 95 % (%)', decimals: 1 },
  high_percent: { vi: 'Cận trên 95 % (%)', en: 'Upper limit, 95 % (%)', decimals: 1 },
  mean_0_100: { vi: 'Điểm 0–100', en: 'Points, 0–100', decimals: 1 },
  percent_1: { vi: 'Mức 1 (%)', en: 'Level 1 (%)', decimals: 1 },
  percent_2: { vi: 'Mức 2 (%)', en: 'Level 2 (%)', decimals: 1 },
  percent_3: { vi: 'Mức 3 (%)', en: 'Level 3 (%)', decimals: 1 },
  percent_4: { vi: 'Mức 4 (%)', en: 'Level 4 (%)', decimals: 1 },
  percent_5: { vi: 'Mức 5 (%)', en: 'Level 5 (%)', decimals: 1 },
  n_valid: { vi: 'Số người trả lời', en: 'Respondents', decimals: 0 },
} as const satisfies Partial<Record<IndexReportColumn, object>>
const MEASURE_NAMES = Object.keys(MEASURES) as (keyof typeof MEASURES)[]

const STATUS_LABELS = {
  s: {
    vi: 'Ẩn để bảo vệ người trả lời hoặc vì quá ít câu trả lời',
    en: 'Hidden, to protect people or for too few answers',
  },
  c: { vi: 'Chỉ cho biết một phía (≤ 5 % hoặc ≥ 95 %)', en: 'Told as a side only (≤ 5 % or ≥ 95 %)' },
  e: { vi: 'Không có câu trả lời', en: 'No answer' },
  f: { vi: 'Dưới 60 người trả lời: thận trọng', en: 'Under 60 respondents: with caution' },
  r: { vi: 'Làm tròn một chữ số vì có phần bị ẩn', en: 'Rounded to one decimal, a part being hidden' },
  x: { vi: 'Không có ở dòng này', en: 'Not given for this line' },
} as const
type StatusCode = keyof typeof STATUS_LABELS

const NAMES = {
  group: { vi: 'Nhóm', en: 'Group' },
  line: { vi: 'Yếu tố, tiêu chí', en: 'Factor, criterion' },
  measure: { vi: 'Số đo', en: 'Measure' },
} as const

const SIMPLE_MEAN = { vi: 'trung bình các đơn vị', en: 'mean of the units' } as const

/**
 * The report as a cube of group, line and measure, for programs of official statistics.
 *
 * The figures of the table, with the same ones hidden; a hidden figure is `null` with a status, never 0 or left out.
 *
 * @see JSON-stat 2.0, https://json-stat.org/format/
 */
export function indexReportCube(report: IndexReport, language: Language): JsonStatDataset {
  const groups = new Map<string, string>()
  const lines = new Map<string, string>()
  const rows = new Map<string, IndexReportRow>()
  for (const row of indexReportRows(report)) {
    const [group, line] = [groupKey(row), `${row.level}:${row.code}`]
    groups.set(group, groupLabel(row, language))
    lines.set(line, String(row[`label_${language}`]))
    rows.set(`${group} ${line}`, row)
  }
  const cells = [...groups.keys()].flatMap((group) =>
    [...lines.keys()].flatMap((line) => cellsOf(rows.get(`${group} ${line}`))),
  )
  const { wave, questionnaire } = report
  return {
    version: '2.0',
    class: 'dataset',
    label: wave.title[language],
    source: 'Hài lòng',
    id: ['group', 'line', 'measure'],
    size: [groups.size, lines.size, MEASURE_NAMES.length],
    role: { metric: ['measure'], ...(isTimeStep(report.breakdown) ? { time: ['group'] } : {}) },
    dimension: {
      group: {
        label: NAMES.group[language],
        category: { index: [...groups.keys()], label: Object.fromEntries(groups) },
      },
      line: { label: NAMES.line[language], category: { index: [...lines.keys()], label: Object.fromEntries(lines) } },
      measure: measureDimension(language),
    },
    value: cells.map(({ figure }) => figure),
    status: Object.fromEntries(cells.flatMap(({ status }, i) => (status === null ? [] : [[i, status]]))),
    note: [`${report.method}, ${report.rule}, ${wave.mode}${wave.isSimulated ? ', SIMULATED' : ''}`],
    extension: {
      wave: wave.id,
      mode: wave.mode,
      simulated: wave.isSimulated,
      questionnaire: { id: questionnaire.id, version: questionnaire.version, hash: questionnaire.hash },
      method: report.method,
      rule: report.rule,
      breakdown: report.breakdown,
      selection: report.selection,
      statusLabels: Object.fromEntries(Object.entries(STATUS_LABELS).map(([code, label]) => [code, label[language]])),
    },
  }
}

function cellsOf(row: IndexReportRow | undefined) {
  return MEASURE_NAMES.map((measure) => {
    const found = row?.[measure]
    const figure = typeof found === 'number' ? found : null
    return { figure, status: statusOf(row, figure !== null) }
  })
}

function measureDimension(language: Language): JsonStatDimension {
  const of = <Value>(make: (measure: (typeof MEASURES)[keyof typeof MEASURES]) => Value) =>
    Object.fromEntries(MEASURE_NAMES.map((name) => [name, make(MEASURES[name])]))
  const label = of((measure) => measure[language])
  return {
    label: NAMES.measure[language],
    category: { index: MEASURE_NAMES, label, unit: of(({ decimals }) => ({ decimals })) },
  }
}

const groupKey = ({ scope, rollup, unit_uid: unit, service, from }: IndexReportRow) =>
  [scope, rollup === 'none' ? null : rollup, unit, service, from]
    .filter((part) => part !== null && part !== '')
    .join(':')

function groupLabel(row: IndexReportRow, language: Language): string {
  const mean = row.rollup === 'simple_mean' ? SIMPLE_MEAN[language] : null
  const parts = [
    row[`unit_name_${language}`],
    mean,
    row.service,
    row.from === null ? null : `${row.from}…${row.to ?? ''}`,
  ]
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}

function statusOf(row: IndexReportRow | undefined, hasFigure: boolean): StatusCode | null {
  if (row === undefined) return 'x'
  if (row.status === 'suppressed') return 's'
  if (row.status === 'empty') return hasFigure ? null : 'e'
  if (row.status === 'coded') return 'c'
  if (!hasFigure) return 'x'
  if (row.is_coarse === true) return 'r'
  return row.flag === null ? null : 'f'
}
