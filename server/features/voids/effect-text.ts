import type { EffectFigure } from '../../domain/voids/void-effect.js'
import type { ReportContext } from '../index-reports/index.js'

/** A figure with interval and base, to one decimal, or why there is none. */
export function effectText(figure: EffectFigure, { t, formats }: ReportContext): string {
  if (figure.kind === 'empty') return t('reports.nobody')
  if (figure.kind === 'hidden') return t(`voids.effect_${figure.why}`)
  const { topTwoBoxPercent, interval, base } = figure.figures
  return t('voids.effect_figure', {
    percent: formats.percent(topTwoBoxPercent),
    interval: formats.interval(interval),
    base: formats.count(base),
  })
}
