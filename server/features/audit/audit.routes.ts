import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { AUDIT_KINDS } from '../../domain/audit/audit-event.js'
import { viewLanguage } from '../../platform/http/language.js'
import { orNothing, parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { AuditLog } from './audit.repository.js'
import { toEventsView, toHeadsView } from './audit.view.js'

const HEADS_SHOWN = 48
const EVENTS_SHOWN = 100

const eventsRequest = {
  query: z.object({
    kind: orNothing(z.enum(AUDIT_KINDS)),
    before: orNothing(z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)),
  }),
}

/** `/audit`: the signed ends of the log, for everybody to keep; `/audit/events`: the log itself. */
export function auditRoutes(deps: {
  readonly log: Pick<AuditLog, 'heads' | 'page'>
  readonly guardOf: GuardOf
  readonly texts: Texts
}): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const textsOf = (res: Response) => deps.texts.translator(viewLanguage(res))

  get('/audit', 'public', async (_req, res) => {
    res.render('audit/heads', toHeadsView(await deps.log.heads(HEADS_SHOWN), textsOf(res)))
  })

  get('/audit/heads.json', 'public', async (_req, res) => {
    res.json({ heads: await deps.log.heads(HEADS_SHOWN) })
  })

  get('/audit/events', 'read_audit', async (req: Request, res) => {
    const { query } = parseRequest(req, eventsRequest)
    const asked = { kind: query.kind ?? null, before: query.before ?? null }
    // One more than is shown tells whether there are older ones.
    const events = await deps.log.page({ ...asked, limit: EVENTS_SHOWN + 1 })
    const shown = { events: events.slice(0, EVENTS_SHOWN), hasMore: events.length > EVENTS_SHOWN, kind: asked.kind }
    res.render('audit/events', toEventsView(shown, viewLanguage(res), textsOf(res), String(res.locals.langQuery)))
  })

  return router
}
