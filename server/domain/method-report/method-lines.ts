import type { Method, MethodComposite, MethodCriterion, QuestionnaireFit } from '../method/method.js'
import type { Localized } from '../survey/vocabulary.js'

/** One line of a method's tree: the index, a composite below it, or a criterion. */
export interface MethodLine {
  readonly code: string
  readonly name: Localized
  readonly level: 'index' | 'composite' | 'criterion'
  /** Levels above it, 0 for the index. */
  readonly depth: number
  readonly parentCode: string | null
  /** Item of the questionnaire that stands for it; `null` for composites and for what is not asked there. */
  readonly item: string | null
  /** Codes of the lines that its figure is made of; empty for a criterion. */
  readonly parts: readonly string[]
}

/** The lines of a method in reading order, each composite before its parts. */
export function methodLines({ index }: Pick<Method, 'index'>, fit: QuestionnaireFit): readonly MethodLine[] {
  return linesBelow(index, null, 0, fit)
}

function linesBelow(
  composite: MethodComposite,
  parentCode: string | null,
  depth: number,
  fit: QuestionnaireFit,
): readonly MethodLine[] {
  const { code, name, rule, single, parts = [], criteria = [] } = composite
  const line = (criterion: MethodCriterion): MethodLine => ({
    code: criterion.code,
    name: criterion.name,
    level: 'criterion',
    depth: depth + 1,
    parentCode: code,
    item: fit.items[criterion.code] ?? null,
    parts: [],
  })
  const madeOf = rule === 'single_item' ? (single ? [single] : []) : [...parts, ...criteria]
  return [
    {
      code,
      name,
      level: depth === 0 ? 'index' : 'composite',
      depth,
      parentCode,
      item: null,
      parts: madeOf.map((part) => part.code),
    },
    ...(single ? [line(single)] : []),
    ...parts.flatMap((part) => linesBelow(part, code, depth + 1, fit)),
    ...criteria.map(line),
  ]
}

/**
 * What a line's figure is in truth: criteria that stand on one item have one figure between them, and hiding it under one
 * name only would hide nothing.
 */
export const figureKey = ({ code, item }: MethodLine): string => (item === null ? `line ${code}` : `item ${item}`)
