import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { Line } from '../index/lines.js'
import { QUALITY_FLAGS, type QualityFlag, type QualityRuleSet } from '../statistics/instruments/quality-rules.js'
import type { AnalysisSums } from './analysis-sums.js'
import type { OwnBlock } from './own-block.js'

/** How many cases carry a flag. */
export interface FlagRow {
  readonly flag: QualityFlag
  /** Whether the rule set takes such cases out. */
  readonly excludes: boolean
  /** Why there is no count: what the rule looks at is not stored, or so few carry the flag that they could be recognised. */
  readonly status: 'counted' | 'not_recorded' | 'suppressed'
  readonly count: number | null
  /** Of the cases received. */
  readonly percent: number | null
}

/** No device, no invitation and no interviewer is stored with a response. */
const NOT_RECORDED: readonly QualityFlag[] = ['duplicate', 'interviewer']
/** These say how somebody answered; the others account for the collection, like the counts of cases received. */
const ABOUT_ANSWERS: readonly QualityFlag[] = ['speeder', 'straightline']

/** Cases by quality flag (table T12); a case can carry several. */
export function flagTable(
  sums: AnalysisSums,
  rules: QualityRuleSet,
  { minRespondents }: DisclosurePolicy,
): readonly FlagRow[] {
  return QUALITY_FLAGS.map((flag) => {
    const count = sums.flagged[flag]
    const excludes = rules.excludes.includes(flag)
    if (NOT_RECORDED.includes(flag)) return { flag, excludes, status: 'not_recorded', count: null, percent: null }
    const isHidden = ABOUT_ANSWERS.includes(flag) && count > 0 && count < minRespondents
    if (isHidden) return { flag, excludes, status: 'suppressed', count: null, percent: null }
    return {
      flag,
      excludes,
      status: 'counted',
      count,
      percent: sums.received === 0 ? null : (100 * count) / sums.received,
    }
  })
}

/** How much less a composite says than as many independent answers. */
export interface DesignEffectRow {
  readonly line: Line
  /** `null` where the line is hidden or stands on something hidden. */
  readonly figures: {
    readonly base: number
    readonly answers: number
    readonly effectiveBase: number
    /** Answers given for each independent one that would be as precise; 1 or more. */
    readonly designEffect: number
  } | null
}

/**
 * Design effects and effective bases of the factors and the index (table T12): those behind the intervals of the index report, answers
 * divided by `effectiveBase`, so that unequal numbers of answers and the weights of a mean of means are in it too.
 *
 * @see methodology 4.8; `figuresOfLine`
 */
export function designEffectTable(block: OwnBlock): readonly DesignEffectRow[] {
  const composites = block.lines.filter(({ item, isInIndex }) => item === null && isInIndex)
  return composites.map((line) => {
    const figures = block.published(line.level, line.code)
    if (figures === null) return { line, figures: null }
    const { base, answers, effectiveBase } = figures
    return { line, figures: { base, answers, effectiveBase, designEffect: answers / effectiveBase } }
  })
}
