import type { ErrorRequestHandler, Request, Response } from 'express'
import { isDatabaseAway, isStorageFull } from '../mongo/outage.js'
import { Problem, problem } from '../problem.js'
import type { Texts } from '../text.js'
import { languageOf } from './language.js'

/** Parser errors carry a 4xx `status`: the sender's fault, whatever threw it. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseAway(error)) return problem.notReady()
  if (isStorageFull(error)) return problem.storageFull()
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500 ? problem.broken(status) : problem.unexpected()
}

/** The reader broke a download off: no failure of ours, and nobody is left to be told. */
const hasReaderLeft = (error: unknown, res: Response) =>
  res.headersSent && (error as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE'

const isApi = (req: Request) => req.originalUrl.startsWith('/api/')

function sendDocument(req: Request, res: Response, fault: Problem, title: string) {
  const { status, code, detail, facts } = fault
  const body = { type: `/problems/${code}`, title, status, code, detail, requestId: req.id, ...facts }
  res.status(status).type('application/problem+json').send(JSON.stringify(body))
}

/**
 * The one place where failures become answers: a page in the reader's language, a problem document under `/api`.
 *
 * Bugs and outages are logged here, once, with their stack; their text never reaches the reader.
 */
export function errorHandler(texts: Texts): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (hasReaderLeft(error, res)) return void res.destroy()
    const fault = toProblem(error)
    if (fault.status >= 500) req.log.error({ err: error instanceof Error ? error : new Error(String(error)) }, 'failed')
    else req.log.info({ code: fault.code }, 'refused')
    if (res.headersSent) return next(error)
    // A failure is of the moment, however long the thing asked for may be kept.
    res.set('Cache-Control', 'no-store')
    const t = texts.translator(languageOf(req))
    const known = texts.has(`problem.${fault.code}_title`) ? fault.code : 'malformed_request'
    const title = t(`problem.${known}_title`)
    if (isApi(req)) return sendDocument(req, res, fault, title)
    res.locals.language ??= languageOf(req)
    const staffAdvice = `problem.${known}_staff_advice`
    const hasStaffAdvice = res.locals.staff !== undefined && texts.has(staffAdvice)
    res.status(fault.status).render('problem/show', {
      pageTitle: title,
      advice: t(hasStaffAdvice ? staffAdvice : `problem.${known}_advice`),
      code: fault.code,
      requestId: String(req.id),
    })
  }
}

/** Anything no route has answered. */
export function notFoundHandler(req: Request): never {
  throw problem.notFound(isApi(req) ? 'operation' : 'page')
}
