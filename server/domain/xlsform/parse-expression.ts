/** An expression of the part of XPath that forms use, as a tree. */
export type Expression =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Expression[] }
  | { readonly kind: 'compare'; readonly sign: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'minus'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** `${name}`: the answer to another question. */
  | { readonly kind: 'field'; readonly name: string }
  /** `.`: the answer to the question itself. */
  | { readonly kind: 'self' }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

export type ParsedExpression =
  | { readonly kind: 'parsed'; readonly expression: Expression }
  | { readonly kind: 'not_understood'; readonly what: string }

const TOKEN =
  /\s*(?:\$\{\s*([^}\s]+)\s*\}|'([^']*)'|"([^"]*)"|(\d+(?:\.\d+)?)|([A-Za-z_][\w.-]*)|(<=|>=|!=|[=<>()+*,./[\]|-]))/y
const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>=']
/** Deeper than any person writes, and far from what a stack holds. */
const MAX_DEPTH = 60

interface Token {
  readonly kind: 'field' | 'text' | 'number' | 'name' | 'sign'
  readonly text: string
}

/** Thrown inside and caught here: where an expression leaves the part that is understood. */
class NotUnderstood extends Error {}

/**
 * Reads `${name}`, `.`, texts, numbers, calls, `=`, `!=`, `<`, `<=`, `>`, `>=`, `-`, `and`, `or` and parentheses.
 *
 * @see W3C, "XML Path Language (XPath) 1.0", section 3; `${name}` after XLSForm
 */
export function parseExpression(source: string): ParsedExpression {
  try {
    const tokens = tokensOf(source)
    const reader = { tokens, at: 0 }
    const expression = parseOr(reader, 0)
    if (reader.at < tokens.length) throw new NotUnderstood(`“${tokens[reader.at]!.text}” is not understood here`)
    return { kind: 'parsed', expression }
  } catch (error) {
    if (error instanceof NotUnderstood) return { kind: 'not_understood', what: error.message }
    throw error
  }
}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  const text = source.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (found === null) throw new NotUnderstood(`“${text.slice(start, start + 20).trim()}” is not understood`)
    const [, field, single, double, number, name, sign] = found
    if (field !== undefined) tokens.push({ kind: 'field', text: field })
    else if ((single ?? double) !== undefined) tokens.push({ kind: 'text', text: (single ?? double)! })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else tokens.push({ kind: 'sign', text: sign! })
  }
  return tokens
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

const isNext = ({ tokens, at }: Reader, kind: Token['kind'], text: string) =>
  tokens[at]?.kind === kind && tokens[at].text === text

function parseJoined(
  reader: Reader,
  depth: number,
  word: 'or' | 'and',
  part: (reader: Reader, depth: number) => Expression,
): Expression {
  const parts = [part(reader, depth)]
  while (isNext(reader, 'name', word)) {
    reader.at += 1
    parts.push(part(reader, depth))
  }
  return parts.length === 1 ? parts[0]! : { kind: word, parts }
}

function parseOr(reader: Reader, depth: number): Expression {
  if (depth > MAX_DEPTH) throw new NotUnderstood('too many parentheses inside one another')
  return parseJoined(reader, depth, 'or', parseAnd)
}

const parseAnd = (reader: Reader, depth: number) => parseJoined(reader, depth, 'and', parseComparison)

function parseComparison(reader: Reader, depth: number): Expression {
  const left = parseDifference(reader, depth)
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'sign' || !COMPARISONS.includes(token.text)) return left
  reader.at += 1
  return { kind: 'compare', sign: token.text as Comparison, left, right: parseDifference(reader, depth) }
}

function parseDifference(reader: Reader, depth: number): Expression {
  let left = parseOperand(reader, depth)
  while (isNext(reader, 'sign', '-')) {
    reader.at += 1
    left = { kind: 'minus', left, right: parseOperand(reader, depth) }
  }
  return left
}

function parseOperand(reader: Reader, depth: number): Expression {
  const token = reader.tokens[reader.at]
  if (token === undefined) throw new NotUnderstood('the expression ends too early')
  reader.at += 1
  switch (token.kind) {
    case 'field':
      return { kind: 'field', name: token.text }
    case 'text':
      return { kind: 'text', value: token.text }
    case 'number':
      return { kind: 'number', value: Number(token.text) }
    case 'name':
      return parseCall(reader, depth, token.text)
    case 'sign':
      if (token.text === '(') return closed(reader, parseOr(reader, depth + 1))
      if (token.text === '.' && !isNext(reader, 'sign', '.') && !isNext(reader, 'sign', '/')) return { kind: 'self' }
      throw new NotUnderstood(`“${token.text}” is not understood here`)
  }
}

function parseCall(reader: Reader, depth: number, name: string): Expression {
  if (!isNext(reader, 'sign', '('))
    throw new NotUnderstood(`“${name}” is not understood; answers are named \${${name}}`)
  reader.at += 1
  if (isNext(reader, 'sign', ')')) return closed(reader, { kind: 'call', name, args: [] })
  const args = [parseOr(reader, depth + 1)]
  while (isNext(reader, 'sign', ',')) {
    reader.at += 1
    args.push(parseOr(reader, depth + 1))
  }
  return closed(reader, { kind: 'call', name, args })
}

function closed(reader: Reader, expression: Expression): Expression {
  if (!isNext(reader, 'sign', ')')) throw new NotUnderstood('a parenthesis is not closed')
  reader.at += 1
  return expression
}
