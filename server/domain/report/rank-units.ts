import { type RankedInput, rankSets } from '../statistics/comparison/rank-sets.js'
import { type RankThird, rankThirds } from '../statistics/comparison/rank-thirds.js'
import { Z_95 } from '../statistics/wilson.js'
import type { UnitKind } from '../units/unit.js'
import { standardErrorPoints } from './index-error.js'
import type { IndexReport, ReportBlock, ReportCell } from './index-report.js'
import { type League, leagueOf } from './league.js'

/** With more units than this in a league, thirds are told before ranks (methodology 4.9: bands for 168 units). */
export const MAX_UNITS_FOR_RANKS = 30

/** From which to which rank a unit may stand within its league. There is no bare rank: mostly it would be luck. */
export interface UnitRank {
  /** 1 + units of the league that are significantly better. */
  readonly low: number
  /** Ranked units of the league less those significantly worse. */
  readonly high: number
  /** Units of the league that are ranked. */
  readonly of: number
  /** `null` in a league of at most `MAX_UNITS_FOR_RANKS` units. */
  readonly third: RankThird | null
}

/** Where a unit stands among its likes. */
export interface UnitStanding {
  readonly league: League
  /** `null`: its index is hidden or flagged, or nobody else of the league can be ranked. */
  readonly rank: UnitRank | null
}

/**
 * Gives every unit of a report by unit its league and, where its index is shown and reliable, its rank set in it.
 *
 * Pairwise z over the league with Holm's correction over all its pairs. Hidden and flagged units take no part at all, and
 * everything is made of figures as shown, so that ranks tell of a hidden unit nothing and of a rounded one no more.
 *
 * @param kindOf kind of a unit by uid
 * @returns the report with `standing` at its units; any other report as it is
 * @see methodology 4.9 and acceptance value K1
 */
export function withStandings(report: IndexReport, kindOf: (uid: string) => UnitKind | undefined): IndexReport {
  if (report.breakdown !== 'unit') return report
  const leagueByKey = new Map(
    report.blocks.flatMap(({ group }) => {
      const kind = group.scope === 'unit' ? kindOf(group.unitUid) : undefined
      const league = kind === undefined ? null : leagueOf(kind)
      return league === null ? [] : [[group.key, league] as const]
    }),
  )
  const ranks = new Map<string, UnitRank>()
  for (const league of new Set(leagueByKey.values())) {
    const members = report.blocks.filter(({ group }) => leagueByKey.get(group.key) === league)
    for (const [key, rank] of ranksWithin(members)) ranks.set(key, rank)
  }
  return {
    ...report,
    blocks: report.blocks.map((block) => {
      const league = leagueByKey.get(block.group.key)
      return league === undefined ? block : { ...block, standing: { league, rank: ranks.get(block.group.key) ?? null } }
    }),
  }
}

function ranksWithin(members: readonly ReportBlock[]): readonly (readonly [string, UnitRank])[] {
  const inputs = members.flatMap(({ group, cells }) => {
    const cell = cells.find(({ line }) => line.level === 'overall')
    return cell === undefined ? [] : rankedInput(group.key, cell)
  })
  if (inputs.length < 2) return []
  const sets = rankSets(inputs)
  const thirds = inputs.length > MAX_UNITS_FOR_RANKS ? rankThirds(sets) : null
  return sets.map(({ id, bestRank, worstRank }, i) => [
    id,
    { low: bestRank, high: worstRank, of: inputs.length, third: thirds?.[i] ?? null },
  ])
}

/**
 * Value and standard error of an index as shown, in percent; none when it is hidden or flagged.
 *
 * Of a rounded figure only the rounded interval is known to readers: there the error is its half width over 1.96.
 */
function rankedInput(id: string, { estimate, isCoarse = false }: ReportCell): readonly RankedInput[] {
  if (estimate.kind !== 'published' || estimate.reliability !== 'reliable') return []
  const { topTwoBoxPercent: value, interval } = estimate.figures
  const rounded = (interval.highPercent - interval.lowPercent) / (2 * Z_95)
  return [{ id, value, standardError: isCoarse ? rounded : standardErrorPoints(estimate.figures) }]
}
