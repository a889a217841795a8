import type { AggregationRule } from '../index/aggregate.js'
import type { Line } from '../index/lines.js'
import type { Tally } from '../index/tally.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import { addMonths } from '../survey/day.js'
import type { IsoDay, Period } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import { findLine } from './line-changes.js'
import type { PointBasis, SeriesGrain, SeriesPoint } from './series.js'
import type { JoinedPlace } from './series-breaks.js'
import { type BlockFrame, cellOfLine, mappedBlocks, ownBlocks, type WaveBlocks, WHOLE_WAVE } from './wave-blocks.js'
import type { WaveOrigin, WaveOrigins } from './wave-origins.js'

/** A wave of a series with its counts. */
export interface SeriesWave {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly origins: WaveOrigins
  /** Counts of each part by its uid and by first day of the month; months without a response are left out. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<IsoDay, Tally>>
}

/** A wave with the figures of every line: what its points are taken from. */
export interface CountedWave extends SeriesWave {
  /** Of the unit on the map; `null` where the map cannot be told. */
  readonly blocks: WaveBlocks | null
  /** Of each part by itself. */
  readonly own: ReadonlyMap<string, WaveBlocks>
}

/** A point before it is joined to its neighbours. */
export interface SeriesPlace
  extends JoinedPlace,
    Pick<SeriesPoint, 'wave' | 'period' | 'outcome' | 'isCoarse' | 'unitCount'> {
  readonly basis: PointBasis
}

/** Figures of every line for a wave, once for all lines of a series. */
export function countWave(
  wave: SeriesWave,
  unitUid: string,
  { rule, policy }: Pick<BlockFrame, 'rule' | 'policy'>,
): CountedWave {
  const frame = { questionnaire: wave.questionnaire.questionnaire, rule, policy }
  const monthsOf = (uid: string) => wave.counts.get(uid) ?? new Map()
  const { kind, parts } = wave.origins
  const own = new Map(parts.map(({ uid }) => [uid, ownBlocks(uid, monthsOf(uid), frame)] as const))
  if (kind === 'backward' || kind === 'broken') return { ...wave, own, blocks: null }
  if (kind === 'as_was') return { ...wave, own, blocks: own.get(unitUid)! }
  const counted = parts.map(({ uid, share }) => ({ uid, share: share ?? 0, months: monthsOf(uid) }))
  return { ...wave, own, blocks: mappedBlocks(unitUid, counted, own, frame) }
}

/** The points of one line that a wave gives: one for the wave, or one for each month from its first to its last response. */
export function placesOfWave(
  counted: CountedWave,
  line: Pick<Line, 'level' | 'code'>,
  { rule, grain, period }: { readonly rule: AggregationRule; readonly grain: SeriesGrain; readonly period: Period },
): readonly SeriesPlace[] {
  const { wave, questionnaire, blocks } = counted
  const isAsked = findLine(questionnaire.questionnaire, rule, line) !== undefined
  const months = blocks === null || !isAsked || grain === 'wave' ? [] : [...blocks.keys()].filter(isMonth).sort()
  const keys = months.length === 0 ? [WHOLE_WAVE] : monthsBetween(months[0]!, months.at(-1)!)
  return keys
    .map((key) => placeOf(counted, line, key, isAsked))
    .filter(
      (place) =>
        (period.from === null || place.period.to > period.from) &&
        (period.to === null || place.period.from < period.to),
    )
    .map((place) => ({ ...place, wave }))
}

const isMonth = (key: string) => key !== WHOLE_WAVE

function placeOf(
  { wave, questionnaire, origins, blocks, own }: CountedWave,
  line: Pick<Line, 'level' | 'code'>,
  key: string,
  isAsked: boolean,
): SeriesPlace {
  const block = blocks?.get(key)
  const cell = block && cellOfLine(block, line)
  const measured = origins.parts.flatMap((part) => part.measured)
  return {
    wave,
    questionnaire,
    isAsked,
    referenceOn: wave.referenceOn,
    period: isMonth(key) ? { from: key, to: addMonths(key, 1) } : { from: wave.opensOn, to: wave.closesOn },
    isMonth: isMonth(key),
    measured,
    unitCount: measured.length,
    serviceCodes: wave.serviceCodes,
    basis: {
      kind: origins.kind,
      missing: origins.missing,
      parts: origins.parts.map((part) => ({ uid: part.uid, share: part.share, base: baseOf(part, own, line, key) })),
    },
    outcome: !isAsked ? { kind: 'not_asked' } : (noFigure(origins.kind) ?? cell?.estimate ?? { kind: 'empty' }),
    isCoarse: cell?.isCoarse ?? false,
  }
}

function noFigure(kind: PointBasis['kind']) {
  return kind === 'broken' || kind === 'backward' ? ({ kind } as const) : null
}

/** Respondents of a part where its own figure is shown: what is hidden there is hidden here. */
function baseOf(
  { uid }: WaveOrigin,
  own: CountedWave['own'],
  line: Pick<Line, 'level' | 'code'>,
  key: string,
): number | null {
  const block = own.get(uid)?.get(key)
  const estimate = block && cellOfLine(block, line)?.estimate
  return estimate?.kind === 'published' ? estimate.figures.base : null
}

function monthsBetween(first: IsoDay, last: IsoDay): readonly IsoDay[] {
  const months: IsoDay[] = []
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month)
  return months
}
