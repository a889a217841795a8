import type { WeakCriteria } from '../../domain/overview/weak-criteria.js'
import { type EstimateView, itemLabel, toEstimateView, type WhiskerView, whiskerOf } from '../index-reports/index.js'
import type { CityWords } from './city-words.js'

interface CriterionRowView {
  readonly label: string
  readonly figure: EstimateView
  readonly whisker: WhiskerView
  /** Units weak at it, of how many with a figure. */
  readonly weak: string
  readonly shown: string
}

/** The city's lowest criteria. */
export interface WeakCriteriaView {
  readonly sentence: string
  readonly rows: readonly CriterionRowView[]
}

/** Puts the lowest criteria into words and rows. */
export function toWeakCriteria(
  { lowest, shownCount, notShownCount }: WeakCriteria,
  words: CityWords,
): WeakCriteriaView {
  const { t, formats } = words
  const counts = {
    lowest: formats.count(lowest.length),
    shown: formats.count(shownCount),
    hidden: formats.count(notShownCount),
  }
  const key = lowest.length === 0 ? 'criteria_none' : notShownCount === 0 ? 'criteria_some' : 'criteria_some_hidden'
  return {
    sentence: t(`city.${key}`, counts),
    rows: lowest.map(({ line, estimate, units }) => ({
      label: itemLabel(line, words),
      figure: toEstimateView(estimate, words),
      whisker: whiskerOf(estimate.figures),
      weak: formats.count(units.weak.length),
      shown: formats.count(units.judged.length),
    })),
  }
}
