import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { rollUp, type TruthLine, type UnitTruth } from './truth.js'

const COLUMNS = [
  'wave',
  'mode',
  'unit',
  'level',
  'code',
  'dossiers',
  'topTwoBoxPercent',
  'points',
  'independentTopTwoBoxPercent',
  'independentPoints',
] as const

/** First row of the file of truths. */
export const TRUTH_HEADER = COLUMNS.join(',')

/**
 * Rows of one unit: the index, its factors, and the criteria that are wanted. Percents to six decimals.
 *
 * @param hasCriterion which criteria get a row
 */
export function truthRows(
  wave: { readonly id: string; readonly mode: string },
  truth: UnitTruth,
  hasCriterion: (code: string) => boolean,
): readonly string[] {
  const figure = (value: number) => value.toFixed(6)
  const lines = truth.lines.filter(({ level, code }) => level !== 'criterion' || hasCriterion(code))
  return lines.map(({ level, code, asAsked, independent }) =>
    [
      wave.id,
      wave.mode,
      truth.unitUid,
      level,
      code,
      truth.dossiers,
      ...[asAsked, independent].flatMap(({ topTwoBoxPercent, points }) => [figure(topTwoBoxPercent), figure(points)]),
    ].join(','),
  )
}

/** The truth of all units together, each by its dossiers. */
export function truthOfAll(
  unitUid: string,
  truths: readonly UnitTruth[],
  { questionnaire }: PublishedQuestionnaire,
): UnitTruth {
  const criteria = new Map<string, { weight: number; sums: [number, number, number, number] }>()
  for (const { dossiers, lines } of truths) {
    for (const { level, code, asAsked, independent } of lines) {
      if (level !== 'criterion') continue
      const known = criteria.get(code) ?? { weight: 0, sums: [0, 0, 0, 0] }
      known.weight += dossiers
      known.sums[0] += dossiers * asAsked.topTwoBoxPercent
      known.sums[1] += dossiers * asAsked.points
      known.sums[2] += dossiers * independent.topTwoBoxPercent
      known.sums[3] += dossiers * independent.points
      criteria.set(code, known)
    }
  }
  const lines = [...criteria].map(([code, { weight, sums }]): TruthLine => {
    const [topTwo, points, independentTopTwo, independentPoints] = sums.map((sum) => sum / weight) as typeof sums
    return {
      level: 'criterion',
      code,
      asAsked: { topTwoBoxPercent: topTwo, points },
      independent: { topTwoBoxPercent: independentTopTwo, points: independentPoints },
    }
  })
  const dossiers = truths.reduce((sum, truth) => sum + truth.dossiers, 0)
  return { unitUid, dossiers, lines: rollUp(lines, questionnaire) }
}
