import type { Condition } from '../questionnaire/definition.js'
import { MODES, type Mode } from '../survey/vocabulary.js'
import { UNIT_KINDS, type UnitKind } from '../units/unit.js'
import { CASE } from './case-fields.js'
import { type Comparison, type Expression, parseExpression } from './parse-expression.js'

/** What a condition may look at: a question with choices, by its name in the form. */
export interface ReadQuestion {
  /** Code of the item it became. */
  readonly code: string
  /** Codes by the name of the choice in the form. */
  readonly choices: ReadonlyMap<string, number>
  readonly isMultiple: boolean
}

export type ReadCondition =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'not_understood'; readonly what: string }

const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}
const HOLDS: Readonly<Record<'<' | '<=' | '>' | '>=', (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

class NotUnderstood extends Error {}

/**
 * An expression of the column `relevant` as a condition.
 *
 * Understood: `=`, `!=`, `<`, `<=`, `>`, `>=` between a question with choices and a value, `selected()`, `and`, `or`, `not()`.
 *
 * @param questions those before, by name
 */
export function readCondition(source: string, questions: ReadonlyMap<string, ReadQuestion>): ReadCondition {
  const parsed = parseExpression(source)
  if (parsed.kind === 'not_understood') return parsed
  try {
    return { kind: 'condition', condition: toCondition(parsed.expression, questions) }
  } catch (error) {
    if (error instanceof NotUnderstood) return { kind: 'not_understood', what: error.message }
    throw error
  }
}

function toCondition(expression: Expression, questions: ReadonlyMap<string, ReadQuestion>): Condition {
  switch (expression.kind) {
    case 'and':
      return { all: expression.parts.map((part) => toCondition(part, questions)) }
    case 'or': {
      const parts = merged(expression.parts.map((part) => toCondition(part, questions)))
      return parts.length === 1 ? parts[0]! : { any: parts }
    }
    case 'compare':
      return fromComparison(expression, questions)
    case 'call':
      return fromCall(expression, questions)
    default:
      throw new NotUnderstood('a condition is a comparison, selected(), not(), and, or')
  }
}

/** Neighbours that look at the same thing are one: `${A} = '1' or ${A} = '2'` is one of two codes. */
function merged(parts: readonly Condition[]): readonly Condition[] {
  const done: Condition[] = []
  for (const part of parts) {
    const before = done.at(-1)
    if (before !== undefined && 'in' in before && 'in' in part && subjectOf(before) === subjectOf(part)) {
      done.splice(-1, 1, { ...before, in: [...new Set([...before.in, ...part.in])] } as Condition)
    } else done.push(part)
  }
  return done
}

const subjectOf = (part: Extract<Condition, { in: unknown }>) =>
  'item' in part ? `item ${part.item}` : `context ${part.context}`

function fromCall(
  { name, args }: Extract<Expression, { kind: 'call' }>,
  questions: ReadonlyMap<string, ReadQuestion>,
): Condition {
  const [first, second] = args
  if (name === 'not' && first !== undefined && second === undefined) return { not: toCondition(first, questions) }
  if (name === 'selected' && first?.kind === 'field' && second !== undefined && args.length === 2) {
    return isAnswered(first.name, literalIn(second), questions)
  }
  throw new NotUnderstood(`${name}() is not understood`)
}

function fromComparison(
  { sign, left, right }: Extract<Expression, { kind: 'compare' }>,
  questions: ReadonlyMap<string, ReadQuestion>,
): Condition {
  if (left.kind !== 'field') {
    if (right.kind !== 'field') throw new NotUnderstood('one side of a comparison must be a question')
    return fromComparison({ kind: 'compare', sign: FLIPPED[sign], left: right, right: left }, questions)
  }
  const value = literalIn(right)
  const question = questions.get(left.name)
  if (question?.isMultiple) throw new NotUnderstood('ask for one of several choices by selected()')
  if (value === '' && question !== undefined && (sign === '=' || sign === '!=')) {
    const answered: Condition = { item: question.code, in: [...question.choices.values()] }
    return sign === '=' ? { not: answered } : answered
  }
  if (sign === '=') return isAnswered(left.name, value, questions)
  if (sign === '!=') return { not: isAnswered(left.name, value, questions) }
  if (question === undefined) throw new NotUnderstood(noQuestion(left.name))
  const codes = [...question.choices.values()].filter((code) => HOLDS[sign](code, Number(value)))
  if (codes.length === 0) throw new NotUnderstood(`no choice of ${left.name} is ${sign} ${value}`)
  return { item: question.code, in: codes }
}

function literalIn(expression: Expression): string {
  if (expression.kind === 'text') return expression.value
  if (expression.kind === 'number') return String(expression.value)
  throw new NotUnderstood('a question is compared with a value in quotes or a number')
}

function isAnswered(name: string, value: string, questions: ReadonlyMap<string, ReadQuestion>): Condition {
  const context = ofContext(name, value)
  if (context !== undefined) return context
  const question = questions.get(name)
  if (question === undefined) throw new NotUnderstood(noQuestion(name))
  const code = question.choices.get(value)
  if (code === undefined) throw new NotUnderstood(`${name} has no choice ${value || 'without a name'}`)
  return { item: question.code, in: [code] }
}

const noQuestion = (name: string) => `no question with choices before this one is called ${name}`

function ofContext(name: string, value: string): Condition | undefined {
  if (name === CASE.mode && (MODES as readonly string[]).includes(value)) {
    return { context: 'mode', in: [value as Mode] }
  }
  if (name === CASE.unitKind && (UNIT_KINDS as readonly string[]).includes(value)) {
    return { context: 'unitKind', in: [value as UnitKind] }
  }
  return name === CASE.service ? { context: 'service', in: [value] } : undefined
}
