import type { RequestHandler } from 'express'
import { problem } from '../problem.js'

const MAX_DEPTH = 12

/** What a decoder leaves in place of bytes that are no text, such as the UTF-8 of half a surrogate pair. */
const REPLACEMENT = '\ufffd'

/** Whether a text holds a NUL byte, half of a surrogate pair, or the remains of undecodable bytes. */
function isForbidden(text: string): boolean {
  return text.includes('\0') || text.includes(REPLACEMENT) || /\p{Surrogate}/u.test(text)
}

/** @throws {Problem} 400 when a text or key in it is none that a keyboard types */
export const refuseForbidden = (value: unknown): void => walk(value, 0)

function walk(value: unknown, depth: number): void {
  if (typeof value === 'string' && isForbidden(value)) throw problem.forbiddenCharacters()
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) throw problem.malformedRequest([{ field: 'body', code: 'too_deep' }])
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key === '__proto__' || isForbidden(key)) throw problem.forbiddenCharacters()
    walk((value as Record<string, unknown>)[key], depth + 1)
  }
}

/**
 * Refuses what the form parser would hide: it drops a field named `__proto__` without a word, and leaves escapes that
 * are no UTF-8 standing as if they had been typed. For the parser's `verify`.
 */
export function guardFormBytes(_req: unknown, _res: unknown, body: Buffer): void {
  for (const [field, value] of new URLSearchParams(body.toString())) {
    if (field === '__proto__' || isForbidden(field) || isForbidden(value)) throw problem.forbiddenCharacters()
  }
}

/** Refuses texts that no keyboard types, before any route sees them. */
export function inputGuard(): RequestHandler {
  return (req, _res, next) => {
    let path: string
    try {
      path = decodeURIComponent(req.originalUrl)
    } catch {
      throw problem.broken(400)
    }
    refuseForbidden(path)
    refuseForbidden(req.query)
    refuseForbidden(req.body)
    next()
  }
}
