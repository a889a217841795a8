import { DISCLOSURE_POLICIES } from '../../server/domain/disclosure/policy.js'
import { type CountedResponse, tallyOf } from '../../server/domain/index/tally-responses.js'
import type { Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { buildSeries, type SeriesInput } from '../../server/domain/series/build-series.js'
import type { Series, SeriesPoint } from '../../server/domain/series/series.js'
import type { SeriesWave } from '../../server/domain/series/series-places.js'
import { originsInWave } from '../../server/domain/series/wave-origins.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { wave as waveWith } from './builders.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

/** A wave of a test: what each unit's people answered, by first day of the month. */
export interface TestWave {
  readonly wave?: Partial<Wave>
  /** The hash of the wave names it. */
  readonly questionnaire?: Questionnaire
  readonly answers: Readonly<Record<string, Readonly<Record<string, readonly CountedResponse[]>>>>
}

type Wanted = Pick<SeriesInput, 'registry' | 'unitUid'> & Partial<SeriesInput>

/** A wave that opens in the month of its first answers. */
function seriesWave(test: TestWave, { registry, unitUid, map }: Wanted): readonly SeriesWave[] {
  const opensOn = Object.values(test.answers).flatMap(Object.keys).sort()[0] ?? '2026-01-01'
  const wave = waveWith({
    id: `wave-${opensOn}`,
    unitUids: Object.keys(test.answers),
    referenceOn: opensOn,
    opensOn,
    closesOn: `${Number(opensOn.slice(0, 4)) + 1}${opensOn.slice(4)}`,
    ...test.wave,
  })
  const questionnaire = test.questionnaire ?? tinyQuestionnaire()
  const origins = originsInWave(registry, unitUid, wave, map ?? { kind: 'as_was' })
  if (origins === null) return []
  const counts = origins.parts.map(({ uid, measured }) => {
    const months = [...new Set(measured.flatMap((one) => Object.keys(test.answers[one] ?? {})))].sort()
    const tally = (month: string) =>
      tallyOf(
        questionnaire,
        measured.flatMap((one) => test.answers[one]?.[month] ?? []),
      )
    return [uid, new Map(months.map((month) => [month, tally(month)]))] as const
  })
  return [{ wave, questionnaire: { hash: wave.questionnaireHash, questionnaire }, origins, counts: new Map(counts) }]
}

/** A series made from answers, as the server makes it from tallies; by wave, as it was, over the single item unless told. */
export function seriesOf(waves: readonly TestWave[], wanted: Wanted): Series {
  const series = buildSeries({
    line: { level: 'overall', code: 'overall' },
    rule: 'single_item',
    grain: 'wave',
    map: { kind: 'as_was' },
    period: { from: null, to: null },
    policy: DISCLOSURE_POLICIES.internal,
    ...wanted,
    waves: waves.flatMap((test) => seriesWave(test, wanted)),
  })
  if (series === null) throw new Error('No wave asks about the line')
  return series
}

/** The figures of a point that must have some. */
export function figuresOf(point: SeriesPoint | undefined) {
  if (point?.outcome.kind !== 'published') throw new Error(`Not published: ${point?.outcome.kind}`)
  return point.outcome.figures
}
