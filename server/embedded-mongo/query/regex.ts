import { location } from '../errors.js'

const refuse = (what: string) =>
  location(51091, `Regular expression is invalid: the embedded store does not support ${what}`)

/** One token of a pattern: its PCRE form at the head of the rest, and how JavaScript writes the same. */
type Rule = readonly [RegExp, (token: string, flags: Flags) => string]

interface Flags {
  readonly dotAll: boolean
  readonly multiline: boolean
}

const SPACE = '\\t\\n\\v\\f\\r '

const ESCAPES: Rule[] = [
  [/^\\[dDwWtnrf]/, (token) => token],
  [/^\\x[0-9a-fA-F]{2}/, (token) => token],
  [/^\\[^a-zA-Z0-9]/u, (token) => literal(token.slice(1))],
]

const literal = (char: string) => (/[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char)

const OUTSIDE: Rule[] = [
  [/^\\[bB]/, (token) => token],
  [/^\\s/, () => `[${SPACE}]`],
  [/^\\S/, () => `[^${SPACE}]`],
  ...ESCAPES,
  [/^\./, (_, { dotAll }) => (dotAll ? '[^]' : '[^\\n]')],
  [/^\^/, (_, { multiline }) => (multiline ? '(?<![^\\n])' : '(?<![^])')],
  // Without "m", PCRE's $ also stands before a final line feed.
  [/^\$/, (_, { multiline }) => (multiline ? '(?![^\\n])' : '(?=\\n?(?![^]))')],
  [/^\((\?:|\?=|\?!)?(?![?*])/, (token) => token],
  [/^(?:[*+?]|\{\d+(?:,\d*)?\})\??(?![+])/, (token) => token],
  [/^[|)]/, (token) => token],
  [/^[^\\()[*+?.^$|]/u, literal],
]

const INSIDE: Rule[] = [
  [/^\\s/, () => SPACE],
  ...ESCAPES,
  [/^-(?!\[)/, (token) => token],
  [/^[^\\[\]]/u, (token) => (token === '-' ? token : literal(token))],
]

function take(rules: readonly Rule[], rest: string, flags: Flags): { token: string; text: string } {
  for (const [form, write] of rules) {
    const token = form.exec(rest)?.[0]
    if (token !== undefined) return { token, text: write(token, flags) }
  }
  throw refuse(`"${rest.slice(0, 4)}"`)
}

function translateClass(rest: string): { token: string; text: string } {
  const [open] = /^\[\^?/.exec(rest) as RegExpExecArray
  let at = open.length
  let text = open
  // PCRE reads a bracket that closes at once as a member; JavaScript as the end.
  if (rest[at] === ']') throw refuse('"[]"')
  while (rest[at] !== ']') {
    if (at >= rest.length)
      throw location(51091, 'Regular expression is invalid: missing terminating ] for character class')
    const part = take(INSIDE, rest.slice(at), { dotAll: false, multiline: false })
    at += part.token.length
    text += part.text
  }
  return { token: rest.slice(0, at + 1), text: `${text}]` }
}

/**
 * The JavaScript form of a PCRE pattern, for the part of the language in which both mean the same.
 * @param options - letters of `i`, `m`, `s`; `x` and others are refused
 * @throws {CommandError} 51091 for anything else: lookbehind, back references, inline options, POSIX classes …
 */
export function compileRegex(pattern: string, options: string): RegExp {
  for (const flag of options) {
    if (flag === 'x') throw refuse('option x')
    if (!'imsu'.includes(flag)) throw location(51108, ` invalid flag in regex options: ${flag}`)
  }
  if (pattern.includes('\0')) throw location(51109, 'Regular expression cannot contain an embedded null byte')
  const flags = { dotAll: options.includes('s'), multiline: options.includes('m') }
  let text = ''
  for (let rest = pattern; rest !== ''; ) {
    const part = rest[0] === '[' ? translateClass(rest) : take(OUTSIDE, rest, flags)
    text += part.text
    rest = rest.slice(part.token.length)
  }
  try {
    return new RegExp(text, options.includes('i') ? 'iu' : 'u')
  } catch {
    throw location(51091, `Regular expression is invalid: ${pattern}`)
  }
}

/** The literal text that every match begins with, or undefined. */
export function regexPrefix(pattern: string, options: string): string | undefined {
  if (/[imx]/.test(options) || !pattern.startsWith('^') || pattern.includes('|')) return undefined
  const [literalRun = ''] = /^[^\\^$.*+?()[\]{}|]+/u.exec(pattern.slice(1)) ?? []
  const next = pattern[literalRun.length + 1]
  const prefix = next !== undefined && '*?{'.includes(next) ? [...literalRun].slice(0, -1).join('') : literalRun
  return prefix === '' ? undefined : prefix
}
