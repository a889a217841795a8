import type { DisclosurePolicy } from '../disclosure/policy.js'
import { instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import { mergeTallies, type Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { splitGap } from '../statistics/comparison/split-gap.js'
import type { ServiceResult } from '../statistics/comparison/standardise.js'
import { standardise } from '../statistics/comparison/standardise.js'
import { type PercentInterval, wilsonInterval, Z_95 } from '../statistics/wilson.js'
import { standardErrorPoints } from './index-error.js'
import type { IndexReport, ReportBlock } from './index-report.js'
import { groupedBy, type ServiceCell, serviceOf, unitOf, usableServices } from './usable-services.js'

/** Below this part of the common mix a standardised figure would speak of other work than the reference does. */
export const MIN_COVERED_SHARE = 0.8

/**
 * A unit's index as it would be with the common service mix of its league, one decimal; or why there is none: services that
 * make up too little of the mix, or an effective base under 30.
 */
export type StandardisedIndex =
  | {
      readonly kind: 'shown'
      /** On an effective base of 30 to 59. */
      readonly isFlagged: boolean
      readonly percent: number
      readonly interval: PercentInterval
      /** Part of the common mix that the services used make up. */
      readonly coveredPercent: number
      readonly serviceCount: number
      /** Unit less reference on the services used, in points; exactly mix + performance. */
      readonly gapPoints: number
      readonly mixPoints: number
      readonly performancePoints: number
      /** 95 % interval of the performance. */
      readonly performanceLowPoints: number
      readonly performanceHighPoints: number
    }
  | { readonly kind: 'uncovered' | 'unreliable'; readonly coveredPercent: number }

/** Responses of one unit about one service. */
export interface ServiceTally {
  readonly unitUid: string
  readonly service: string
  readonly tally: Tally
}

/**
 * Standardises the index of every unit that is shown to the service mix of its league.
 *
 * The common mix is the league's complete cases by service. Figures and reference (the league's services pooled) are made
 * only of the cells of `usableServices`; the mix is taken over the services used, and there is no figure when these make up
 * less than 80 % of it. Everything is rounded to one decimal, like an index with hidden parts. The unit is part of its
 * reference and taken as independent of it, which makes the interval of the gap too wide rather than too narrow.
 *
 * @param report by unit, with standings, of all services
 * @see Fleiss, Levin, Paik (2003) chapter 19; Kitagawa (1955); methodology 4.10
 */
export function withStandardised(
  report: IndexReport,
  tallies: readonly ServiceTally[],
  questionnaire: Questionnaire,
  policy: DisclosurePolicy,
): IndexReport {
  const line = report.lines.find(({ level }) => level === 'overall')
  if (line === undefined) return report
  const figuresOf = (tally: Tally) => figuresOfLine(line, tally, instrumentOf(questionnaire), report.rule)
  const leagueOf = new Map(
    report.blocks.flatMap((block) => (block.standing ? [[block.group.unitUid, block.standing.league]] : [])),
  )
  const shown = new Set(report.blocks.filter(isIndexShown).map(({ group }) => group.unitUid))
  const results = new Map<string, StandardisedIndex>()
  for (const league of new Set(leagueOf.values())) {
    const cells = tallies
      .filter(({ unitUid }) => leagueOf.get(unitUid) === league)
      .map((one) => ({ ...one, figures: figuresOf(one.tally) }))
    const used = usableServices(cells, (uid) => shown.has(uid), policy)
    const mix = mixOf(cells)
    const reference = pooledFigures(used, figuresOf)
    const byUnit = groupedBy(used, unitOf)
    for (const uid of shown) {
      if (leagueOf.get(uid) === league)
        results.set(uid, standardisedIndex(byUnit.get(uid) ?? [], mix, reference, policy))
    }
  }
  return {
    ...report,
    isStandardised: true,
    blocks: report.blocks.map((block) => {
      const standardised = block.standing && results.get(block.group.unitUid)
      return standardised ? { ...block, standardised } : block
    }),
  }
}

const isIndexShown = ({ standing, cells }: ReportBlock) =>
  standing !== undefined &&
  cells.some(({ line, estimate }) => line.level === 'overall' && estimate.kind === 'published')

/** Shares of the complete cases by service: how many came for what is shown for every unit anyway. */
function mixOf(cells: readonly ServiceCell[]): ReadonlyMap<string, number> {
  const counts = [...groupedBy(cells, serviceOf)].map(
    ([service, group]) => [service, group.reduce((sum, { tally }) => sum + tally.responses, 0)] as const,
  )
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  return new Map(counts.map(([service, count]) => [service, all === 0 ? 0 : count / all]))
}

function pooledFigures(used: readonly ServiceCell[], figuresOf: (tally: Tally) => LineFigures | null) {
  return new Map(
    [...groupedBy(used, serviceOf)].map(([service, group]) => [
      service,
      figuresOf(mergeTallies(group.map(({ tally }) => tally))),
    ]),
  )
}

function standardisedIndex(
  cells: readonly ServiceCell[],
  mix: ReadonlyMap<string, number>,
  reference: ReadonlyMap<string, LineFigures | null>,
  { minReliableBase, minUnflaggedBase }: DisclosurePolicy,
): StandardisedIndex {
  const known = cells.flatMap(({ service, figures }) => {
    const common = reference.get(service)
    return figures === null || !common ? [] : [{ service, figures, common }]
  })
  const covered = known.reduce((sum, { service }) => sum + mix.get(service)!, 0)
  const coveredPercent = Math.round(100 * covered)
  if (covered < MIN_COVERED_SHARE) return { kind: 'uncovered', coveredPercent }
  const base = known.reduce((sum, { figures }) => sum + figures.base, 0)
  const share = new Map(known.map(({ service }) => [service, mix.get(service)! / covered]))
  const own = known.map(({ service, figures }) => resultOf(service, figures.base / base, figures))
  const common = known.map((one) => resultOf(one.service, share.get(one.service)!, one.common))
  const result = standardise(own, share)
  const gap = splitGap(own, common, share)
  if (result.kind !== 'standardised' || gap.kind !== 'split') throw new RangeError('A service of the mix has no result')
  const effectiveBase = effectiveBaseOf(result.value, result.standardError)
  if (effectiveBase < minReliableBase) return { kind: 'unreliable', coveredPercent }
  const half = Z_95 * gap.performanceStandardError
  const [gapPoints, performancePoints] = [oneDecimal(gap.raw), oneDecimal(gap.performance)]
  return {
    kind: 'shown',
    isFlagged: effectiveBase < minUnflaggedBase,
    percent: oneDecimal(result.value),
    interval: intervalOf(result.value, effectiveBase),
    coveredPercent,
    serviceCount: known.length,
    gapPoints,
    mixPoints: oneDecimal(gapPoints - performancePoints),
    performancePoints,
    performanceLowPoints: oneDecimal(gap.performance - half),
    performanceHighPoints: oneDecimal(gap.performance + half),
  }
}

const resultOf = (service: string, mixShare: number, figures: LineFigures): ServiceResult => ({
  service,
  mixShare,
  value: figures.topTwoBoxPercent,
  standardError: standardErrorPoints(figures),
})

/** Answers of a simple random sample that would have this standard error; at 0 and 100 percent half an answer from there. */
function effectiveBaseOf(percent: number, errorPoints: number): number {
  const variance = (errorPoints / 100) ** 2
  const spread = (percent / 100) * (1 - percent / 100)
  return Math.max(spread, variance / 2) / variance
}

/** Wilson's interval, one decimal. */
function intervalOf(percent: number, effectiveBase: number): PercentInterval {
  const { lowPercent, highPercent } = wilsonInterval(Math.min(1, percent / 100), effectiveBase)
  return { lowPercent: oneDecimal(lowPercent), highPercent: oneDecimal(highPercent) }
}

const oneDecimal = (value: number) => Math.round(value * 10) / 10
