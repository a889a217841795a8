import { location } from '../errors.js'

const invalid = (what: string) => location(51091, `Regular expression is invalid or not served by this store: ${what}`)

const ESCAPE = String.raw`\\[dDwWsStnrf]|\\x[\da-fA-F]{2}|\\[^a-zA-Z0-9]`
/** What PCRE and JavaScript (in its "u" mode, after `translate`) read the same way. */
const TOKEN = new RegExp(
  [
    String.raw`\[\^?(?!\])(?:${ESCAPE}|-(?!\[)|[^\\\[\]-])+\]`,
    ESCAPE,
    String.raw`\\[bB]|[.^$|)]|\((?:\?[:=!]|(?![?*]))|(?:[*+?]|\{\d+(?:,\d*)?\})\??(?!\+)`,
    String.raw`[^\\()\[*+?.^$|]`,
  ].join('|'),
  'uy',
)
const CLASS_PART = new RegExp(`${ESCAPE}|[^]`, 'gu')
const SPACE = '\\t\\n\\v\\f\\r '

const literal = (char: string) => (/[\w\s]|[^\0-\x7f]/u.test(char) ? char : `\\u{${char.charCodeAt(0).toString(16)}}`)

/** A member of a character class in JavaScript; PCRE's `\s` is ASCII only. */
function translateMember(part: string): string {
  if (part === '\\S') throw invalid('\\S in a class')
  if (part === '\\s') return SPACE
  if (/^\\[^a-zA-Z0-9]$/u.test(part)) return literal(part.slice(1))
  return part.length > 1 || part === '-' ? part : literal(part)
}

function translateClass(token: string): string {
  const [, open = '', members = ''] = /^(\[\^?)(.*)\]$/su.exec(token) ?? []
  return `${open}${members.replace(CLASS_PART, translateMember)}]`
}

/** The tokens that JavaScript reads in another way, without and with the option "m" or "s". */
function translate(token: string, options: string): string {
  const isMultiline = options.includes('m')
  const special: Record<string, string> = {
    '.': options.includes('s') ? '[^]' : '[^\\n]',
    // PCRE's lines end by a line feed only, and none begins after a final one.
    '^': isMultiline ? '(?:^|(?<=\\n)(?!$))' : '^',
    // Without "m", PCRE's $ also stands before a final line feed.
    $: isMultiline ? '(?=\\n|$)' : '(?=\\n?$)',
    '\\s': `[${SPACE}]`,
    '\\S': `[^${SPACE}]`,
  }
  if (token.length > 2 && token.startsWith('[')) return translateClass(token)
  if (/^\\[^a-zA-Z0-9]$/u.test(token)) return literal(token.slice(1))
  return special[token] ?? (/^[{}\]]$/.test(token) ? literal(token) : token)
}

/**
 * The JavaScript form of a PCRE pattern, for the part of the language in which both mean the same.
 * @param options - letters of `i`, `m`, `s`; `x` is refused
 * @throws {CommandError} 51091 for anything else: lookbehind, back references, inline options, POSIX classes …
 */
export function compileRegex(pattern: string, options: string): RegExp {
  const flag = [...options].find((letter) => !'imsu'.includes(letter))
  if (flag !== undefined) throw location(51108, `invalid flag in regex options: ${flag}`)
  let text = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < pattern.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(pattern)?.[0]
    if (token === undefined) throw invalid(`"${pattern}" at ${at}`)
    text += translate(token, options)
  }
  try {
    return new RegExp(text, options.includes('i') ? 'iu' : 'u')
  } catch {
    throw invalid(`"${pattern}"`)
  }
}

/** The literal text that every match begins with, or undefined. */
export function regexPrefix(pattern: string, options: string): string | undefined {
  if (/[imx]/.test(options) || pattern.includes('|')) return undefined
  const [, text = '', next = ''] = /^\^([^\\^$.*+?()[\]{}|]+)(.?)/su.exec(pattern) ?? []
  const prefix = '*?{'.includes(next || '.') ? [...text].slice(0, -1).join('') : text
  return prefix === '' ? undefined : prefix
}
