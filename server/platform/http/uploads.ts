import express, { type Response as HttpResponse, type Request, type RequestHandler } from 'express'
import { problem } from '../problem.js'
import { refuseForbidden } from './input-guard.js'

/** A file that came with a form. */
export interface UploadedFile {
  /** As the sender's machine calls it: for messages only, never for a path. */
  readonly name: string
  readonly bytes: Uint8Array
}

const MULTIPART = 'multipart/form-data'
const MAX_PARTS = 50

const files = new WeakMap<Request, ReadonlyMap<string, UploadedFile>>()

/** The file of a field; `undefined` where none was chosen. */
export const uploadedFile = (req: Request, field: string): UploadedFile | undefined => files.get(req)?.get(field)

/**
 * Reads forms that carry files, whole into memory: fields become `req.body`, as from any form, files are found by `uploadedFile`.
 *
 * Only of who is signed in, so that a stranger's bytes are not kept; the guards of the routes behind it turn the stranger away.
 *
 * @param maxBytes of fields and files together
 */
export function uploads(maxBytes: number): readonly RequestHandler[] {
  const raw = express.raw({ type: MULTIPART, limit: maxBytes, inflate: false })
  const isOurs = (req: Request, res: HttpResponse) => req.is(MULTIPART) !== false && res.locals.staff !== undefined
  return [
    (req, res, next) => (isOurs(req, res) ? raw(req, res, next) : next()),
    async (req, res, next) => {
      if (!isOurs(req, res)) return next()
      const { fields, found } = await partsOf(req.body, req.get('content-type') ?? '')
      files.set(req, found)
      req.body = fields
      next()
    },
  ]
}

/** @throws {Problem} 400 when it is no form, or a text is none that a keyboard types */
async function partsOf(body: unknown, type: string) {
  const parts = await formOf(body, type)
  if (parts.length > MAX_PARTS) throw problem.broken(413)
  const fields: Record<string, string | string[]> = {}
  const found = new Map<string, UploadedFile>()
  for (const [name, value] of parts) {
    refuseForbidden({ [name]: typeof value === 'string' ? value : value.name })
    if (name === '__proto__') throw problem.forbiddenCharacters()
    if (typeof value !== 'string') {
      if (value.size > 0) found.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
      continue
    }
    const before = Object.hasOwn(fields, name) ? fields[name] : undefined
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  return { fields, found }
}

/** By the reader of forms that Node has for `fetch`. */
async function formOf(body: unknown, type: string) {
  if (!(body instanceof Uint8Array)) return []
  try {
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData()
    return [...form]
  } catch (error) {
    if (error instanceof TypeError) throw problem.broken(400)
    throw error
  }
}
