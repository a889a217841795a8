import { type Expression, parseExpression } from './parse-expression.js'

/** Limits that a constraint sets, as far as items have them. */
export interface ReadConstraint {
  readonly maxChoices?: number
  readonly maxLength?: number
  readonly earliest?: number
  /** Whether years after the present one are refused. */
  readonly isUpToNow?: boolean
  readonly minAgeYears?: number
  /** Names of the choices that must not be made. */
  readonly refused: readonly string[]
  /** Parts that set no such limit, and why. */
  readonly notUnderstood: readonly string[]
}

/**
 * The limits in the column `constraint`: `string-length(.)`, `count-selected(.)`, years up to now or to an age, and choices that
 * must not be made, joined by `and`.
 */
export function readConstraint(source: string): ReadConstraint {
  if (source.trim() === '') return { refused: [], notUnderstood: [] }
  const parsed = parseExpression(source)
  if (parsed.kind === 'not_understood') return { refused: [], notUnderstood: [parsed.what] }
  const { expression } = parsed
  const parts = expression.kind === 'and' ? expression.parts : [expression]
  const limits = parts.map(limitIn)
  return {
    ...Object.assign({}, ...limits),
    refused: limits.flatMap((limit) => limit?.refused ?? []),
    notUnderstood: limits.flatMap((limit) => (limit === undefined ? ['it sets no limit that items have'] : [])),
  }
}

function limitIn(part: Expression): Partial<ReadConstraint> | undefined {
  const refused = refusedIn(part)
  if (refused !== undefined) return { refused: [refused] }
  if (part.kind !== 'compare') return undefined
  const { sign, left, right } = part
  if (left.kind === 'self' && sign === '>=' && right.kind === 'number') return { earliest: right.value }
  if (left.kind === 'self' && sign === '<=') return yearLimit(right)
  if (left.kind !== 'call' || left.args.length !== 1 || left.args[0]!.kind !== 'self') return undefined
  if (right.kind !== 'number' || (sign !== '<=' && sign !== '<')) return undefined
  const most = sign === '<' ? right.value - 1 : right.value
  if (left.name === 'string-length') return { maxLength: most }
  return left.name === 'count-selected' ? { maxChoices: most } : undefined
}

/** `. != 'x'`, `not(. = 'x')`, `not(selected(., 'x'))`. */
function refusedIn(part: Expression): string | undefined {
  if (part.kind === 'compare' && part.sign === '!=' && part.left.kind === 'self') return literal(part.right)
  if (part.kind !== 'call' || part.name !== 'not') return undefined
  const [inner] = part.args
  if (inner?.kind === 'compare' && inner.sign === '=' && inner.left.kind === 'self') return literal(inner.right)
  const isSelected = inner?.kind === 'call' && inner.name === 'selected' && inner.args[0]?.kind === 'self'
  return isSelected ? literal(inner.args[1]) : undefined
}

const literal = (expression: Expression | undefined): string | undefined =>
  expression?.kind === 'text' || expression?.kind === 'number' ? String(expression.value) : undefined

function yearLimit(limit: Expression): Partial<ReadConstraint> | undefined {
  if (isThisYear(limit)) return { isUpToNow: true }
  if (limit.kind !== 'minus' || !isThisYear(limit.left) || limit.right.kind !== 'number') return undefined
  return { isUpToNow: true, minAgeYears: limit.right.value }
}

/** `number(format-date(today(), '%Y'))`, with or without `number`. */
function isThisYear(expression: Expression): boolean {
  if (expression.kind !== 'call') return false
  if (expression.name === 'number' && expression.args.length === 1) return isThisYear(expression.args[0]!)
  const [day, format] = expression.args
  const isYear = format?.kind === 'text' && format.value === '%Y'
  return expression.name === 'format-date' && isYear && day?.kind === 'call' && day.name === 'today'
}
