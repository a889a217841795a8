import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { ProtectedCell } from '../disclosure/relations.js'
import type { AggregationRule } from '../index/aggregate.js'
import { instrumentOf } from '../index/instrument.js'
import type { Line } from '../index/lines.js'
import { mergeTallies, type Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import type { ReportBlock, ReportCell } from '../report/index-report.js'
import type { HiddenElsewhere } from '../report/protect-bases.js'
import { protectBlocks } from '../report/protect-blocks.js'
import { placeOf, type RawBlock } from '../report/raw-block.js'
import { blocksOfRule, variantLines } from '../report/variant-lines.js'
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
  const elsewhere = hiddenElsewhere(parts, own, frame)
  return protectedBlocks(rawBlocks(unitUid, parts, frame), frame, elsewhere)
}

function protectedBlocks(
  blocks: readonly RawBlock[],
  { policy, questionnaire, rule }: BlockFrame,
  elsewhere?: HiddenElsewhere,
): WaveBlocks {
  const shown = protectBlocks(blocks, { policy, ...(elsewhere ? { elsewhere } : {}) })
  return new Map(blocksOfRule(shown, questionnaire, rule).map((block) => [block.group.key, block]))
}

function rawBlocks(unitUid: string, parts: readonly MonthlyCounts[], frame: BlockFrame): readonly RawBlock[] {
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
  { questionnaire }: BlockFrame,
): RawBlock {
  const instrument = instrumentOf(questionnaire)
  const figuresOf = figuresOfShares(counted, instrument)
  return {
    group,
    rollup: 'none',
    receivedCount: counted.reduce((sum, { tally }) => sum + tally.received, 0),
    responseCount: counted.reduce((sum, { tally }) => sum + tally.responses, 0),
    unitCounts: null,
    cells: variantLines(instrument, questionnaire.overallItem).map(({ line, rule }) => ({
      line,
      rule,
      figures: figuresOf(line, rule),
    })),
  }
}

/**
 * The hidden figures of the parts, each tied to the whole's. Where a part hides one for confidentiality, all that it hides
 * counts as hidden: a figure hidden as unreliable may be its cover.
 */
function hiddenElsewhere(
  parts: readonly MonthlyCounts[],
  own: ReadonlyMap<string, WaveBlocks>,
  frame: BlockFrame,
): HiddenElsewhere {
  const cells: ProtectedCell[] = []
  const partsOf = new Map<string, string[]>()
  for (const { uid, months } of parts) {
    // An item that two lines stand on is one figure.
    const hidden = new Map(
      [...own.get(uid)!].flatMap(([key, { cells: all }]) =>
        all.filter(isHidden).map((cell) => [placeOf(key, cell.line, frame.rule), reasonOf(cell)] as const),
      ),
    )
    if (![...hidden.values()].includes('too_few')) continue
    const bases = basesOf(rawBlocks(uid, [{ uid, share: 1, months }], frame))
    for (const place of hidden.keys()) {
      cells.push({ key: `${uid} ${place}`, base: bases.get(place)! })
      partsOf.set(place, [...(partsOf.get(place) ?? []), `${uid} ${place}`])
    }
  }
  return { cells, relations: [...partsOf].map(([total, keys]) => ({ total, parts: keys })) }
}

const basesOf = (blocks: readonly RawBlock[]) =>
  new Map(
    blocks.flatMap(({ group, cells }) =>
      cells.map(({ line, rule, figures }) => [placeOf(group.key, line, rule), figures?.base ?? 0] as const),
    ),
  )

const isHidden = ({ estimate }: ReportCell) => estimate.kind === 'suppressed'
const reasonOf = ({ estimate }: ReportCell) => (estimate.kind === 'suppressed' ? estimate.reason : null)

/** The cell of a line in a block; `undefined` where the questionnaire has no such line. */
export function cellOfLine(block: ReportBlock, { level, code }: Pick<Line, 'level' | 'code'>): ReportCell | undefined {
  return block.cells.find(({ line }) => line.level === level && line.code === code)
}
