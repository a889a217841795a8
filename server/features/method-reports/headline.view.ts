import { methodCell } from '../../domain/method-report/build-method-report.js'
import type { MethodGroup, MethodReport } from '../../domain/method-report/method-report.js'
import { unbroken } from '../index-reports/index.js'
import { toMethodCellView } from './method-cell.view.js'
import type { MethodContext } from './method-formats.js'
import { placesOn } from './tree-table.view.js'

/** The index of one group: the number, its interval on a ruler over the whole range, class and rank. */
export interface MethodHeadlineView {
  readonly note: string
  readonly value: string
  readonly sentence: string
  readonly extras: readonly string[]
  readonly flagNote: string
  readonly ruler: {
    readonly label: string
    readonly point: string
    readonly low: string
    readonly width: string
    readonly start: string
    readonly middle: string
    readonly end: string
  } | null
}

/** The headline of a group; the reason in its place where nothing is shown. */
export function toMethodHeadline(group: MethodGroup, report: MethodReport, context: MethodContext): MethodHeadlineView {
  const { t, formats, language } = context
  const { range, disclosure } = report.method
  const cell = methodCell(group)
  const view = toMethodCellView(cell, report, context)
  const note = t(group.scope === 'unit' ? 'methods.headline_unit' : 'methods.headline_pooled', {
    name: group.unitName[language],
  })
  if (!view.isShown || cell?.estimate.kind !== 'published') {
    return { note, value: '', sentence: view.why, extras: [], flagNote: '', ruler: null }
  }
  const { figures, reliability } = cell.estimate
  const value = formats.value(figures.value!)
  const hasInterval = figures.interval !== null
  const middle = (range.lowest + range.highest) / 2
  return {
    note,
    value,
    sentence: t(hasInterval ? 'methods.headline' : 'methods.headline_bare', {
      unit: range.unit[language],
      interval: unbroken(view.interval),
      base: view.base,
    }),
    extras: [
      ...(view.class === '' ? [] : [t('methods.class_is', { name: view.class })]),
      ...(group.rank === null ? [] : [rankSentence(group.rank, context)]),
      ...(cell.isCoarse ? [t('methods.coarse')] : []),
    ],
    flagNote: reliability === 'flagged' ? t('methods.flagged', flagLimits(disclosure.internal)) : '',
    ruler: {
      label: t('reports.ruler', { percent: value, interval: view.interval }),
      ...placesOn(range, figures.value!, figures.interval),
      start: formats.mark(range.lowest),
      middle: formats.mark(middle),
      end: formats.mark(range.highest),
    },
  }
}

/** "3 of 40; between 2 and 6 of 40 at 95 %". */
function rankSentence(rank: NonNullable<MethodGroup['rank']>, { t, formats }: MethodContext): string {
  const { count } = formats
  const { best, worst, among } = rank
  return t('methods.rank_is', { rank: count(rank.rank), best: count(best), worst: count(worst), among: count(among) })
}

/** From and up to which base a figure carries †. */
export function flagLimits(policy: { readonly minReliableBase: number; readonly minUnflaggedBase: number }) {
  return { from: policy.minReliableBase, to: policy.minUnflaggedBase - 1 }
}
