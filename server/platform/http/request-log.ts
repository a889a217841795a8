import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import { pinoHttp } from 'pino-http'
import { describeError, type Logger } from '../logger.js'

/** Path without its query: a search word or a receipt code is nobody's business. */
const pathOf = (req: IncomingMessage & { originalUrl?: string }) => (req.originalUrl ?? req.url ?? '').split('?')[0]

function levelOf(status: number) {
  if (status >= 500) return 'error'
  return status === 403 || status === 429 ? 'warn' : 'info'
}

/** One line per request: id, method, path, status, time. No address, no agent, no body. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (_req: IncomingMessage, res: ServerResponse) => {
      const id = randomUUID()
      res.setHeader('X-Request-Id', id)
      return id
    },
    customLogLevel: (_req, res, error) => (error && res.statusCode < 400 ? 'warn' : levelOf(res.statusCode)),
    // The error handler has logged the error itself, once.
    customErrorObject: (_req, _res, _error, line: object) => ({ ...line, err: undefined }),
    serializers: {
      err: ({ raw }) => describeError(raw),
      req: (req) => ({ id: req.id, method: req.method, path: pathOf(req.raw) }),
      res: (res) => ({ status: res.statusCode }),
    },
  })
}
