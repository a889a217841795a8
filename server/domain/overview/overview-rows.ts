import type { ReportBlock } from '../report/index-report.js'
import { SATISFACTION_TARGETS } from '../report/targets.js'
import type { CityOverview } from './city-overview.js'
import { hearingOf } from './count-silence.js'
import { unitBlocks } from './judge-units.js'

/** Columns of the units of an overview, in order. Names never change meaning; new ones go to the end. */
export const OVERVIEW_UNIT_COLUMNS = [
  ...(['wave', 'mode', 'respondent_type', 'method', 'rule', 'simulated'] as const),
  ...(['unit_uid', 'unit_name_vi', 'unit_name_en', 'kind', 'n_received', 'n_responses', 'hearing'] as const),
  ...(['status', 'reason', 'flag', 'n_valid', 'top_two_percent', 'low_percent', 'high_percent'] as const),
  ...(['target_percent', 'is_below_target', 'median_percent', 'median_units', 'is_below_median'] as const),
  ...(['before_wave', 'change_state', 'before_n_valid', 'before_top_two_percent'] as const),
  ...(['before_low_percent', 'before_high_percent', 'change_points', 'change_low_points'] as const),
  ...(['change_high_points', 'change_p', 'change_p_holm', 'change_verdict'] as const),
] as const
type UnitColumn = (typeof OVERVIEW_UNIT_COLUMNS)[number]

/** Columns of the lowest criteria. */
export const OVERVIEW_CRITERION_COLUMNS = [
  ...(['wave', 'mode', 'respondent_type', 'method', 'rule', 'simulated'] as const),
  ...(['factor_code', 'code', 'label_vi', 'label_en', 'flag', 'n_valid'] as const),
  ...(['top_two_percent', 'low_percent', 'high_percent'] as const),
  ...(['units_shown', 'units_weak', 'units_weak_by_chance', 'units_hidden', 'units_empty'] as const),
] as const
type CriterionColumn = (typeof OVERVIEW_CRITERION_COLUMNS)[number]

type Cell = string | number | boolean | null
export type OverviewUnitRow = Readonly<Record<UnitColumn, Cell>>
export type OverviewCriterionRow = Readonly<Record<CriterionColumn, Cell>>

const factsOf = ({ report: { wave, method, rule } }: CityOverview) => ({
  wave: wave.id,
  mode: wave.mode,
  respondent_type: wave.respondentType,
  method,
  rule,
  simulated: wave.isSimulated,
})

/** One row for every unit in scope: what was heard, its index, what it is held against, and its change. */
export function* overviewUnitRows(overview: CityOverview): Generator<OverviewUnitRow> {
  for (const block of unitBlocks(overview.report.blocks)) {
    const { unitUid, unitName } = block.group
    yield {
      ...factsOf(overview),
      unit_uid: unitUid,
      unit_name_vi: unitName.vi,
      unit_name_en: unitName.en,
      kind: overview.kindOf(unitUid) ?? null,
      n_received: block.receivedCount,
      n_responses: block.responseCount,
      hearing: hearingOf(block, overview.silence.enoughCount),
      ...figureCells(overview, block),
      ...changeCells(overview, unitUid),
    }
  }
}

function figureCells({ units }: CityOverview, block: ReportBlock) {
  const estimate = block.cells.find(({ line }) => line.level === 'overall')?.estimate
  const judged = units.judged.find((one) => one.block === block)
  const figures = judged?.estimate.figures
  return {
    status: estimate?.kind ?? 'empty',
    reason: estimate?.kind === 'suppressed' ? estimate.reason : null,
    flag: judged?.estimate.reliability === 'flagged' ? 'flagged' : null,
    n_valid: figures?.base ?? null,
    top_two_percent: figures?.topTwoBoxPercent ?? null,
    low_percent: figures?.interval.lowPercent ?? null,
    high_percent: figures?.interval.highPercent ?? null,
    target_percent: SATISFACTION_TARGETS[0].percent,
    is_below_target: judged?.isBelowTarget ?? null,
    median_percent: judged?.median?.percent ?? null,
    median_units: judged?.median?.unitCount ?? null,
    is_below_median: judged?.median === undefined ? null : judged.isBelowMedian,
  }
}

function changeCells({ since }: CityOverview, unitUid: string) {
  const tested = since?.units.tested.find(({ block }) => block.group.unitUid === unitUid)
  return {
    before_wave: tested?.wave.id ?? null,
    change_state: since?.units.states.get(unitUid) ?? null,
    before_n_valid: tested?.before.base ?? null,
    before_top_two_percent: tested?.before.topTwoBoxPercent ?? null,
    before_low_percent: tested?.before.interval.lowPercent ?? null,
    before_high_percent: tested?.before.interval.highPercent ?? null,
    change_points: tested?.change.points ?? null,
    change_low_points: tested?.change.lowPoints ?? null,
    change_high_points: tested?.change.highPoints ?? null,
    change_p: tested?.change.p ?? null,
    change_p_holm: tested?.change.adjustedP ?? null,
    change_verdict: tested?.change.verdict ?? null,
  }
}

/** One row for each of the lowest criteria, with how many units are weak at it. */
export function* overviewCriterionRows(overview: CityOverview): Generator<OverviewCriterionRow> {
  for (const { line, estimate, units } of overview.criteria.lowest) {
    const { base, topTwoBoxPercent, interval } = estimate.figures
    yield {
      ...factsOf(overview),
      factor_code: line.factorCode,
      code: line.code,
      label_vi: line.label.vi,
      label_en: line.label.en,
      flag: estimate.reliability === 'flagged' ? 'flagged' : null,
      n_valid: base,
      top_two_percent: topTwoBoxPercent,
      low_percent: interval.lowPercent,
      high_percent: interval.highPercent,
      units_shown: units.judged.length,
      units_weak: units.weak.length,
      units_weak_by_chance: units.byChance,
      units_hidden: units.hiddenCount,
      units_empty: units.emptyCount,
    }
  }
}
