import { estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { ProtectedCell } from '../disclosure/relations.js'
import type { AggregationRule } from '../index/aggregate.js'
import { instrumentOf } from '../index/instrument.js'
import { type Line, linesOf } from '../index/lines.js'
import { mergeTallies, type Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { coarsenComposites } from '../report/coarsen-composites.js'
import type { ReportBlock, ReportCell } from '../report/index-report.js'
import { type HiddenElsewhere, placeOf, protectBlocks } from '../report/protect-blocks.js'
import { addMonths } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import { figuresOfShares, type SharedTally } from './estimated-figures.js'

/** Counts of one unit by month, and how much of the unit they are taken for. */
export interface MonthlyCounts {
  readonly uid: string
  /** More than 0, at most 1. */
  readonly share: number
  /** By first day of the month; months without a response are left out. */
  readonly months: ReadonlyMap<IsoDay, Tally>
}

/** Every line of one unit, by month (first day) and `WHOLE_WAVE`. */
export type WaveBlocks = ReadonlyMap<string, ReportBlock>

/** How the figures of a wave are made and held to the thresholds. */
export interface BlockFrame {
  readonly questionnaire: Questionnaire
  readonly rule: AggregationRule
  readonly policy: DisclosurePolicy
}

/** In place of a month: the whole wave. */
export const WHOLE_WAVE = 'wave'

/**
 * Every line of a unit that a wave asked about, for the whole wave and for each of its months, hidden where it must be: the
 * months add up to the wave whether both are shown or not, so that nothing follows from switching between them.
 */
export function ownBlocks(uid: string, months: MonthlyCounts['months'], frame: BlockFrame): WaveBlocks {
  return protectedBlocks(rawBlocks(uid, [{ uid, share: 1, months }], frame), frame)
}

/**
 * The same of a unit made of others, held besides against what the own series of its parts hide: only its own figures are
 * given up for theirs, since theirs stand elsewhere.
 *
 * @param own what each part shows of itself, by uid
 */
export function mappedBlocks(
  unitUid: string,
  parts: readonly MonthlyCounts[],
  own: ReadonlyMap<string, WaveBlocks>,
  frame: BlockFrame,
): WaveBlocks {
  const elsewhere = hiddenElsewhere(
    parts.map(({ uid }) => [uid, own.get(uid)!] as const),
    frame,
  )
  return protectedBlocks(rawBlocks(unitUid, parts, frame), frame, elsewhere)
}

function protectedBlocks(
  blocks: readonly ReportBlock[],
  { policy }: BlockFrame,
  elsewhere?: HiddenElsewhere,
): WaveBlocks {
  const shown = coarsenComposites(protectBlocks(blocks, policy, elsewhere))
  return new Map(shown.map((block) => [block.group.key, block]))
}

function rawBlocks(unitUid: string, parts: readonly MonthlyCounts[], frame: BlockFrame): readonly ReportBlock[] {
  const months = [...new Set(parts.flatMap((part) => [...part.months.keys()]))].sort()
  const whole = parts.map(({ share, months: own }) => ({ share, tally: mergeTallies(own.values()) }))
  const inMonth = (month: IsoDay) =>
    parts.flatMap(({ share, months: own }) => (own.has(month) ? [{ share, tally: own.get(month)! }] : []))
  const group = { unitUid, unitName: { vi: unitUid, en: unitUid }, service: null }
  const always = { from: null, to: null }
  return [
    blockOf({ ...group, key: WHOLE_WAVE, scope: 'total', period: always, parts: months }, whole, frame),
    ...months.map((month) => {
      const period = { from: month, to: addMonths(month, 1) }
      return blockOf({ ...group, key: month, scope: 'month', period, parts: [] }, inMonth(month), frame)
    }),
  ]
}

function blockOf(
  group: ReportBlock['group'],
  counted: readonly SharedTally[],
  { questionnaire, rule, policy }: BlockFrame,
): ReportBlock {
  const instrument = instrumentOf(questionnaire)
  return {
    group,
    rollup: 'none',
    receivedCount: counted.reduce((sum, { tally }) => sum + tally.received, 0),
    responseCount: counted.reduce((sum, { tally }) => sum + tally.responses, 0),
    unitCounts: null,
    cells: linesOf(instrument, rule, questionnaire.overallItem).map((line) => ({
      line,
      estimate: estimateOf(figuresOfShares(line, counted, instrument, rule), policy),
    })),
  }
}

/**
 * The hidden figures of the parts, each tied to the whole's. Where a part hides one for confidentiality, all that it hides
 * counts as hidden: a figure hidden as unreliable may be its cover.
 */
function hiddenElsewhere(
  own: readonly (readonly [uid: string, blocks: WaveBlocks])[],
  { policy }: BlockFrame,
): HiddenElsewhere {
  const cells: ProtectedCell[] = []
  const partsOf = new Map<string, string[]>()
  for (const [uid, blocks] of own) {
    const hidden = [...blocks].flatMap(([key, block]) => block.cells.filter(isHidden).map((cell) => ({ key, cell })))
    if (!hidden.some(({ cell }) => reasonOf(cell) === 'too_few')) continue
    for (const { key, cell } of hidden) {
      const [whole, part] = [placeOf(key, cell.line), `${uid} ${placeOf(key, cell.line)}`]
      cells.push({ key: part, base: reasonOf(cell) === 'too_few' ? 1 : policy.minRespondents })
      partsOf.set(whole, [...(partsOf.get(whole) ?? []), part])
    }
  }
  return { cells, relations: [...partsOf].map(([total, parts]) => ({ total, parts })) }
}

const isHidden = ({ estimate }: ReportCell) => estimate.kind === 'suppressed'
const reasonOf = ({ estimate }: ReportCell) => (estimate.kind === 'suppressed' ? estimate.reason : null)

/** The cell of a line in a block; `undefined` where the questionnaire has no such line. */
export function cellOfLine(block: ReportBlock, { level, code }: Pick<Line, 'level' | 'code'>): ReportCell | undefined {
  return block.cells.find(({ line }) => line.level === level && line.code === code)
}
