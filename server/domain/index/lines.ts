import type { RatingItem } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import type { AggregationRule } from './aggregate.js'
import type { Instrument } from './instrument.js'

export const LINE_LEVELS = ['overall', 'factor', 'criterion'] as const
export type LineLevel = (typeof LINE_LEVELS)[number]

/** One line of an index report: the index, a factor or module, or a criterion. */
export interface Line {
  readonly level: LineLevel
  /** `overall`, the factor's code or the item's code. */
  readonly code: string
  readonly label: Localized
  /** The factor that a criterion belongs to; `null` for the index, factors and items outside every factor. */
  readonly factorCode: string | null
  /** Modules and items outside every factor stay outside the index. */
  readonly isInIndex: boolean
  /** Codes of the factors (for the index) or criteria (for a factor) that the figure is computed from under the rule. */
  readonly parts: readonly string[]
  /** The item asked: of a criterion, or of a composite under rule `single_item`. */
  readonly item: RatingItem | null
}

/** Identity of a line within a report: a factor and an item may share a code. */
export function lineKey(line: Pick<Line, 'level' | 'code'>): string {
  return `${line.level} ${line.code}`
}

/** Keys of the lines that a composite's figure is computed from; empty for a single item. */
export function partKeys(line: Line): readonly string[] {
  const level = line.level === 'overall' ? 'factor' : 'criterion'
  return line.parts.map((code) => lineKey({ level, code }))
}

const OVERALL_LABEL: Localized = { vi: 'Chỉ số hài lòng chung', en: 'Overall satisfaction index' }

/**
 * The lines of a questionnaire in reading order: index, then each factor with its criteria, then items outside them.
 *
 * Under rule `single_item` the index and the factors stand on an item of their own; a factor without one has no line.
 */
export function linesOf(instrument: Instrument, rule: AggregationRule, overallItem: string): readonly Line[] {
  const overall = overallLine(instrument, rule, overallItem)
  const inFactors = instrument.factors.flatMap(({ factor, items }) => {
    const isInIndex = factor.role === 'index'
    const single = factor.singleItem === undefined ? undefined : instrument.ratings.get(factor.singleItem)
    const head: Line = {
      level: 'factor',
      code: factor.code,
      label: factor.name,
      factorCode: null,
      isInIndex,
      parts: rule === 'single_item' ? [] : items.map(({ item }) => item.code),
      item: rule === 'single_item' ? (single ?? null) : null,
    }
    const criteria = items.map(({ item }) => criterionLine(item, instrument, factor.code, isInIndex))
    return rule === 'single_item' && single === undefined ? criteria : [head, ...criteria]
  })
  const placed = new Set(inFactors.filter(({ level }) => level === 'criterion').map(({ code }) => code))
  const others = [...instrument.ratings.values()].filter(({ code }) => !placed.has(code))
  return [
    ...(overall ? [overall] : []),
    ...inFactors,
    ...others.map((item) => criterionLine(item, instrument, null, false)),
  ]
}

function overallLine(instrument: Instrument, rule: AggregationRule, overallItem: string): Line | null {
  const item = rule === 'single_item' ? (instrument.ratings.get(overallItem) ?? null) : null
  if (rule === 'single_item' ? item === null : instrument.overall.length === 0) return null
  const factors = instrument.factors.filter(({ factor, items }) => factor.role === 'index' && items.length > 0)
  return {
    level: 'overall',
    code: 'overall',
    label: OVERALL_LABEL,
    factorCode: null,
    isInIndex: true,
    parts: rule === 'single_item' ? [] : factors.map(({ factor }) => factor.code),
    item,
  }
}

function criterionLine(item: RatingItem, { labels }: Instrument, factorCode: string | null, isInIndex: boolean): Line {
  const label = labels.get(item.code)!
  return { level: 'criterion', code: item.code, label, factorCode, isInIndex, parts: [], item }
}
