import { addDays } from '../../domain/survey/day.js'
import type { SeriesWords } from './series-words.js'
import type { HistoryStep, UnitHistory } from './unit-history.js'

/** A neighbour in time, linked to its own series. */
interface StepView {
  readonly lead: string
  readonly name: string
  readonly href: string
}

/** A unit's names over time and its neighbours. */
export interface HistoryView {
  readonly names: readonly string[]
  readonly steps: readonly StepView[]
}

/** Puts a unit's history into words. */
export function toHistoryView(
  { names, predecessors, successors }: UnitHistory,
  hrefOf: (uid: string) => string,
  { t, formats, language }: SeriesWords,
): HistoryView {
  const extentOf = ({ isWhole }: HistoryStep) => (isWhole ? 'whole' : 'part')
  const step = (lead: string, { uid, name }: HistoryStep): StepView => ({
    lead,
    name: name[language],
    href: hrefOf(uid),
  })
  return {
    names: names.map(({ from, to, ...name }) => {
      const told = {
        name: name[language],
        from: from === null ? '' : formats.day(from),
        to: to === null ? '' : formats.day(addDays(to, -1)),
      }
      if (from !== null && to !== null) return t('series.name_span', told)
      if (from !== null) return t('series.name_since', told)
      return to === null ? t('series.name_always', told) : t('series.name_until', told)
    }),
    steps: [
      ...predecessors.map((one) => step(t(`series.from_${extentOf(one)}`, { day: formats.day(one.on) }), one)),
      ...successors.map((one) => step(t(`series.into_${extentOf(one)}`, { day: formats.day(one.on) }), one)),
    ],
  }
}
