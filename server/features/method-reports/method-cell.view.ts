import { FIGURE_FLAGS, type FigureFlag, type FigureFlags } from '../../domain/method/method-result.js'
import type { MethodCell, MethodReport } from '../../domain/method-report/method-report.js'
import type { MethodContext } from './method-formats.js'

/** A figure as finished text, or the words in its place. */
export interface MethodCellView {
  readonly isShown: boolean
  readonly isHidden: boolean
  /** Why there is no value, short; empty when there is one. */
  readonly why: string
  /** † included. */
  readonly value: string
  readonly interval: string
  readonly base: string
  /** Before standardisation; empty elsewhere. */
  readonly absolute: string
  readonly class: string
}

const NOTHING = { value: '', interval: '', base: '', absolute: '', class: '' }

/** Puts one cell into words. */
export function toMethodCellView(
  cell: MethodCell | undefined,
  { method }: Pick<MethodReport, 'method'>,
  { language, t, formats }: MethodContext,
): MethodCellView {
  if (cell === undefined) return { ...NOTHING, isShown: false, isHidden: false, why: t('methods.not_applicable') }
  const { estimate, flags } = cell
  const { minRespondents, minReliableBase } = method.disclosure.internal
  if (estimate.kind === 'suppressed') {
    const why = t(`reports.hidden_${estimate.reason}`, { minRespondents, minReliableBase })
    return { ...NOTHING, isShown: false, isHidden: true, why }
  }
  if (estimate.kind === 'empty') {
    const why = 'missing_items' in flags ? t('methods.not_asked') : t('reports.nobody')
    return { ...NOTHING, isShown: false, isHidden: false, why }
  }
  const { figures, reliability } = estimate
  const mark = reliability === 'flagged' ? '\u00a0†' : ''
  const absolute = figures.absolute === null ? '' : formats.value(figures.absolute)
  const base = formats.count(figures.base)
  if (figures.value === null) {
    const minBase = method.standardisation?.minBase
    const why = minBase === undefined ? t('methods.part_missing') : t('methods.not_scored', { minBase })
    const shown = absolute === '' ? '' : `${absolute}${mark}`
    return { ...NOTHING, isShown: false, isHidden: false, why, base, absolute: shown }
  }
  return {
    isShown: true,
    isHidden: false,
    why: '',
    value: `${formats.value(figures.value)}${mark}`,
    interval: formats.interval(figures.interval),
    base,
    absolute,
    class: figures.class?.name[language] ?? '',
  }
}

/** Which flags a criterion's own line says in words; a composite's are those of its criteria. */
export function flagSentences(flags: FigureFlags, { t }: Pick<MethodContext, 't'>): readonly string[] {
  const said: readonly FigureFlag[] = FIGURE_FLAGS.filter((flag) => flag in flags)
  return said.map((flag) => t(`methods.flag_${flag}`))
}
