import type { ModeComparison, ModePair, ModeRow } from './compare-modes.js'
import type { IndexReport } from './index-report.js'
import type { LineEstimate } from './shown-figures.js'

/** Columns of the comparison of modes as a table, in order. Names never change meaning; new ones go to the end. */
export const MODE_COMPARISON_COLUMNS = [
  'reference_wave',
  'reference_mode',
  'wave',
  'mode',
  'respondent_type',
  'same_questionnaire',
  'method',
  'rule',
  'simulated',
  'from',
  'to',
  'scope',
  'unit_uid',
  'unit_name_vi',
  'unit_name_en',
  'service',
  'level',
  'code',
  'label_vi',
  'label_en',
  'reference_status',
  'reference_reason',
  'reference_n_valid',
  'reference_top_two_percent',
  'reference_low_percent',
  'reference_high_percent',
  'status',
  'reason',
  'n_valid',
  'top_two_percent',
  'low_percent',
  'high_percent',
  'gap_points',
  'gap_low_points',
  'gap_high_points',
  'gap_p_holm',
] as const
export type ModeComparisonColumn = (typeof MODE_COMPARISON_COLUMNS)[number]

/** One line of one group in two modes; a number is `null` beside a `status` other than `published`. */
export type ModeComparisonRow = Readonly<Record<ModeComparisonColumn, string | number | boolean | null>>

/** The rows of a comparison, wave by wave: the whole selection, then the units. */
export function* modeComparisonRows({ reference, pairs }: ModeComparison): Generator<ModeComparisonRow> {
  for (const pair of pairs) for (const row of [...pair.rows, ...pair.unitRows]) yield rowOf(reference, pair, row)
}

function rowOf(reference: IndexReport, { report, isSameQuestionnaire }: ModePair, row: ModeRow): ModeComparisonRow {
  const { group, line, gap } = row
  const [first, other] = [figuresOf(row.reference), figuresOf(row.other)]
  return {
    reference_wave: reference.wave.id,
    reference_mode: reference.wave.mode,
    wave: report.wave.id,
    mode: report.wave.mode,
    respondent_type: report.wave.respondentType,
    same_questionnaire: isSameQuestionnaire,
    method: report.method,
    rule: report.rule,
    simulated: report.wave.isSimulated,
    from: group.period.from,
    to: group.period.to,
    scope: group.scope,
    unit_uid: group.unitUid,
    unit_name_vi: group.unitName.vi,
    unit_name_en: group.unitName.en,
    service: group.service,
    level: line.level,
    code: line.code,
    label_vi: line.label.vi,
    label_en: line.label.en,
    reference_status: first.status,
    reference_reason: first.reason,
    reference_n_valid: first.n_valid,
    reference_top_two_percent: first.top_two_percent,
    reference_low_percent: first.low_percent,
    reference_high_percent: first.high_percent,
    ...other,
    gap_points: gap?.points ?? null,
    gap_low_points: gap?.lowPoints ?? null,
    gap_high_points: gap?.highPoints ?? null,
    gap_p_holm: gap?.adjustedP ?? null,
  }
}

function figuresOf(estimate: LineEstimate) {
  const figures = estimate.kind === 'published' ? estimate.figures : null
  return {
    status: estimate.kind,
    reason: estimate.kind === 'suppressed' ? estimate.reason : null,
    n_valid: figures?.base ?? (estimate.kind === 'empty' ? 0 : null),
    top_two_percent: figures?.topTwoBoxPercent ?? null,
    low_percent: figures?.interval.lowPercent ?? null,
    high_percent: figures?.interval.highPercent ?? null,
  }
}
