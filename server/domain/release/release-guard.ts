import type { AnalysisTableName } from '../analysis/analysis-rows.js'
import type { AnalysisSums } from '../analysis/analysis-sums.js'
import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import type { Tally } from '../index/tally.js'
import type { ReportBlock } from '../report/index-report.js'
import type { ReleaseGuard } from '../report/protect-release.js'

/** What is hidden in a release because of what lies outside it; lies in the bundle for auditors. */
export interface BundleGuard {
  readonly units: ReleaseGuard
  readonly services: ReleaseGuard
  readonly tables: {
    /** Left out of a correction: beside an earlier release they would tell of a few people. In the order of `TABLE_PARTS`. */
    readonly withheld: readonly AnalysisTableName[]
    /** Accusations that readers inside may see of parts of the wave only, so that the whole would give hidden parts away. */
    readonly hiddenSensitive: readonly string[]
  }
}

/** Tables that stand on ratings of the whole city. */
const ON_RATINGS = [
  'groups',
  'group-tests',
  'importance',
  'factor-shares',
  'reliability',
  'design-effects',
] as const satisfies readonly AnalysisTableName[]

/** Of what each table is made: where few people changed one of these numbers, two releases would tell of them. */
const TABLE_PARTS: Readonly<Partial<Record<AnalysisTableName, (sums: AnalysisSums) => readonly number[]>>> = {
  demographics: (sums) => groupTallies(sums).map(({ responses }) => responses),
  groups: (sums) => groupTallies(sums).flatMap(numbersOf),
  'group-tests': (sums) => groupTallies(sums).flatMap(numbersOf),
  wishes: ({ tally }) => numbersOf(tally),
  negatives: ({ tally }) => numbersOf(tally),
  importance: ({ joint }) => [...joint.values()].flat(),
  'factor-shares': ({ tally }) => numbersOf(tally),
  comments: ({ comments }) => [comments.commented, comments.uncoded, ...comments.byCode.values()],
  flags: ({ flagged }) => Object.values(flagged),
  reliability: ({ tally }) => numbersOf(tally),
  'design-effects': ({ tally }) => numbersOf(tally),
}

const groupTallies = ({ groups }: AnalysisSums): readonly Tally[] =>
  [...groups.values()].flatMap((byCode) => [...byCode.values()])

const numbersOf = ({ received, responses, items }: Tally): readonly number[] => [
  received,
  responses,
  ...Object.values(items).flatMap(({ answered, codes }) => [answered, ...Object.values(codes)]),
]

/**
 * Tables that a correction leaves out.
 *
 * A table is released again where in no number that it is made of 1 to k - 1 people came, went or answered otherwise since any
 * release before. Cell by cell it might keep more; tables are corrected seldom, and this rule can be seen to be right.
 *
 * @param changed sums over the records that only one of two releases has, one for each earlier release with tables
 */
export function withheldTables(changed: readonly AnalysisSums[]): readonly AnalysisTableName[] {
  const { minRespondents } = DISCLOSURE_POLICIES.public
  const isFew = (count: number) => count > 0 && count < minRespondents
  return (Object.keys(TABLE_PARTS) as AnalysisTableName[]).filter((name) =>
    changed.some((sums) => TABLE_PARTS[name]!(sums).some(isFew)),
  )
}

/**
 * Tables on ratings that are left out where a figure of the city is hidden for others' sake: they would tell of it.
 *
 * @param city the protected block of the whole wave
 */
export function cityWithheld({ cells }: ReportBlock): readonly AnalysisTableName[] {
  const isCover = cells.some(
    ({ estimate }) =>
      estimate.kind === 'suppressed' && (estimate.reason === 'complementary' || estimate.reason === 'differencing'),
  )
  return isCover ? ON_RATINGS : []
}
