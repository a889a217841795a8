import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { QualityRuleSet } from '../statistics/instruments/quality-rules.js'
import type { SamplingFacts } from '../survey/wave.js'
import { type AccountingTable, accountingTable } from './accounting-table.js'
import type { AnalysisPlan } from './analysis-plan.js'
import type { AnalysisSums } from './analysis-sums.js'
import { type CommentTable, commentTable } from './comment-table.js'
import { type GroupTable, groupTables } from './group-table.js'
import { type ImportanceTable, importanceTable } from './importance-table.js'
import { type NegativeTable, negativeTables } from './negative-table.js'
import { ownBlock } from './own-block.js'
import { type DesignEffectRow, designEffectTable, type FlagRow, flagTable } from './quality-table.js'
import { type ReliabilityRow, reliabilityTable } from './reliability-table.js'
import { type WishRow, wishTable } from './wish-table.js'

/** Name and version of the way these tables are made; stands with every one. Changes when a published number would. */
export const ANALYSIS_METHOD = 'wave_analysis_v1'

/** The analysis of a selection: tables T1, T2, T6 to T8 and T10 to T12 of methodology 1.9. */
export interface AnalysisTables {
  readonly accounting: AccountingTable
  readonly groups: readonly GroupTable[]
  readonly wishes: readonly WishRow[] | null
  readonly negatives: readonly NegativeTable[]
  readonly importance: ImportanceTable | null
  readonly comments: CommentTable | null
  readonly flags: readonly FlagRow[]
  readonly reliability: readonly ReliabilityRow[]
  readonly designEffects: readonly DesignEffectRow[]
}

/** What turns sums into tables. */
export interface TableFrame {
  readonly policy: DisclosurePolicy
  readonly rules: QualityRuleSet
  /** Whether the selection is the whole wave. */
  readonly isWhole: boolean
  /** `null` when not recorded, or for a part of the wave. */
  readonly sampling: SamplingFacts | null
  /** Sensitive items that must not be shown for the selection. */
  readonly hiddenSensitive: ReadonlySet<string>
}

/** Makes every table of a selection, with what must be hidden left out. */
export function analysisTables(plan: AnalysisPlan, sums: AnalysisSums, frame: TableFrame): AnalysisTables {
  const { policy, rules, isWhole, sampling, hiddenSensitive } = frame
  const block = ownBlock(plan.questionnaire, sums.tally, policy)
  const wishes = wishTable(plan, sums, policy)
  return {
    accounting: accountingTable(sums, sampling),
    groups: groupTables(plan, sums, policy),
    wishes,
    negatives: negativeTables(plan, sums, policy, hiddenSensitive),
    importance: importanceTable(plan, sums, block, wishes),
    comments: commentTable(plan, { ...sums.comments, valid: sums.valid }, policy, isWhole),
    flags: flagTable(sums, rules, policy),
    reliability: reliabilityTable(plan, sums, policy),
    designEffects: designEffectTable(block),
  }
}
