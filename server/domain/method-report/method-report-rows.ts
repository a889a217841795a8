import type { FigureFlags } from '../method/method-result.js'
import type { MethodCell, MethodGroup, MethodReport } from './method-report.js'

/** Columns of a method's report as a table, in order. Names never change meaning; new ones go to the end. */
export const METHOD_REPORT_COLUMNS = [
  'wave',
  'mode',
  'respondent_type',
  'questionnaire',
  'questionnaire_version',
  'questionnaire_hash',
  'method',
  'method_version',
  'unconfirmed',
  'validity',
  'interval_kind',
  'replicates',
  'seed',
  'simulated',
  'scope',
  'rollup',
  'block',
  'unit_uid',
  'unit_name_vi',
  'unit_name_en',
  'n_received',
  'n_responses',
  'level',
  'depth',
  'code',
  'parent_code',
  'item',
  'label_vi',
  'label_en',
  'status',
  'reason',
  'flag',
  'is_coarse',
  'n_valid',
  'value',
  'low',
  'high',
  'absolute',
  'class',
  'rank',
  'rank_best',
  'rank_worst',
  'rank_among',
  'notes',
] as const
export type MethodReportColumn = (typeof METHOD_REPORT_COLUMNS)[number]

/**
 * One row of the table: text, number, truth value, or `null` for what does not apply.
 *
 * A number is `null` beside `status` `suppressed` (with its `reason`), `empty` (nobody answered) or `no_value` (the notes say why). A composite has respondents and no count of
 * answers, which is its criteria's added up. `notes` lists flags with the criteria they concern.
 */
export type MethodReportRow = Readonly<Record<MethodReportColumn, string | number | boolean | null>>

/** The rows of a report, group by group and line by line. */
export function* methodReportRows(report: MethodReport): Generator<MethodReportRow> {
  const facts = factsOf(report)
  for (const group of report.groups) {
    const of = groupColumns(group)
    for (const cell of group.cells) {
      const row = {
        ...facts,
        ...of,
        ...lineColumns(cell),
        ...statusColumns(cell),
        ...figureColumns(cell),
        ...rankColumns(cell, group),
      }
      yield Object.fromEntries(METHOD_REPORT_COLUMNS.map((column) => [column, row[column]])) as MethodReportRow
    }
  }
}

function factsOf({ wave, questionnaire, method, validity, bootstrap }: MethodReport) {
  return {
    wave: wave.id,
    mode: wave.mode,
    respondent_type: wave.respondentType,
    questionnaire: questionnaire.id,
    questionnaire_version: questionnaire.version,
    questionnaire_hash: questionnaire.hash,
    method: method.id,
    method_version: method.version,
    unconfirmed: countedStatuses(method),
    validity,
    interval_kind: method.interval.kind,
    replicates: bootstrap?.replicates ?? null,
    seed: bootstrap?.seed ?? null,
    simulated: wave.isSimulated,
  }
}

/** How many claims of each kind no source confirms; the claims themselves stand in the JSON and on the page. */
function countedStatuses({ unconfirmed }: MethodReport['method']): string | null {
  const counts = new Map<string, number>()
  for (const { status } of unconfirmed) counts.set(status, (counts.get(status) ?? 0) + 1)
  return counts.size === 0 ? null : [...counts].map(([status, count]) => `${status} ${count}`).join(', ')
}

function groupColumns({ scope, block, unitUid, unitName, receivedCount, responseCount }: MethodGroup) {
  return {
    scope,
    rollup: scope === 'unit' ? 'none' : 'pooled',
    block,
    unit_uid: unitUid,
    unit_name_vi: unitName.vi,
    unit_name_en: unitName.en,
    n_received: receivedCount,
    n_responses: responseCount,
  }
}

function lineColumns({ line }: MethodCell) {
  return {
    level: line.level,
    depth: line.depth,
    code: line.code,
    parent_code: line.parentCode,
    item: line.item,
    label_vi: line.name.vi,
    label_en: line.name.en,
  }
}

function statusColumns({ estimate, isCoarse, flags }: MethodCell) {
  const hasNoValue = estimate.kind === 'published' && estimate.figures.value === null
  return {
    status: hasNoValue ? 'no_value' : estimate.kind,
    reason: estimate.kind === 'suppressed' ? estimate.reason : null,
    flag: estimate.kind === 'published' && estimate.reliability === 'flagged' ? '†' : null,
    is_coarse: isCoarse,
    notes: notesOf(flags),
  }
}

const NO_FIGURES = { n_valid: null, value: null, low: null, high: null, absolute: null, class: null } as const

function figureColumns({ estimate }: MethodCell) {
  if (estimate.kind === 'suppressed') return NO_FIGURES
  if (estimate.kind === 'empty') return { ...NO_FIGURES, n_valid: 0 }
  const { base, value, interval, absolute } = estimate.figures
  const [low, high] = interval === null ? [null, null] : [interval.low, interval.high]
  return { n_valid: base, value, low, high, absolute, class: estimate.figures.class?.code ?? null }
}

function rankColumns({ line }: MethodCell, { rank }: MethodGroup) {
  if (line.level !== 'index' || rank === null) return NO_RANK
  return { rank: rank.rank, rank_best: rank.best, rank_worst: rank.worst, rank_among: rank.among }
}

const NO_RANK = { rank: null, rank_best: null, rank_worst: null, rank_among: null } as const

function notesOf(flags: FigureFlags): string | null {
  const notes = Object.entries(flags).map(([flag, codes]) => `${flag}: ${codes.join(' ')}`)
  return notes.length === 0 ? null : notes.join('; ')
}
