import type { RequestHandler } from 'express'
import { problem } from '../problem.js'

const METHODS = ['GET', 'HEAD', 'POST']
const FORM = 'application/x-www-form-urlencoded'
const FORM_WITH_FILES = 'multipart/form-data'
const isApi = (path: string) => /^\/api(\/|$)/i.test(path)

/**
 * Turns away what nothing here takes, before a parser looks at it: other methods (405), and bodies that are neither JSON for the
 * API nor a form for a page (415); a post that does not say what it is counts as neither.
 *
 * @param uploadPaths pages that also take forms with files
 */
export function acceptedRequests(uploadPaths: readonly string[] = []): RequestHandler {
  return (req, res, next) => {
    if (!METHODS.includes(req.method)) {
      res.set('Allow', METHODS.join(', '))
      throw problem.broken(405)
    }
    const forms = uploadPaths.includes(req.path) ? [FORM, FORM_WITH_FILES] : [FORM]
    if (req.method === 'POST' && !req.is(isApi(req.path) ? ['application/json'] : forms)) throw problem.broken(415)
    next()
  }
}

/** Kinds of files that pages ask for. */
const SERVED = /\.(css|js|svg)$/

/** Nothing else leaves the folders of assets: no declaration, no source map, nothing that an editor left behind. */
export function assetKinds(): RequestHandler {
  return (req, _res, next) => {
    if (!SERVED.test(req.path)) throw problem.notFound('page')
    next()
  }
}
