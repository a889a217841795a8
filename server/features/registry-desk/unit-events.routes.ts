import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { addDays } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import { applyEvent, type EventFault, type PlannedEvent } from '../../domain/units/apply-event.js'
import { checkUnits } from '../../domain/units/check-units.js'
import { createUnitRegistry } from '../../domain/units/create-unit-registry.js'
import { effectsOf } from '../../domain/units/event-effects.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import type { UnitPlace } from '../units/index.js'
import { deskContext } from './page.js'
import { readPlan } from './plan-schema.js'
import { type EventPage, type Preview, toUnitEventsView } from './unit-events.view.js'

const planRequest = {
  body: z.object({
    text: z
      .string()
      .max(40_000)
      .default('')
      .transform((text) => text.replaceAll('\r\n', '\n')),
  }),
}

/** What trying events needs. */
export interface UnitEventNeeds {
  readonly registry: UnitRegistry
  /** Where units stand in the files, by uid. */
  readonly unitPlaces: () => ReadonlyMap<string, UnitPlace>
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly listAccounts: () => Promise<readonly Account[]>
  readonly guardOf: GuardOf
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
}

const FAULTS: Readonly<Record<EventFault['code'], string>> = {
  unknown_unit: 'there is no such unit',
  not_living: 'has ended by then, or has not begun',
  uid_taken: 'there is such a unit already',
  no_links: 'nothing goes into it',
}

/** `/admin/unit-events`: what a merger, a division or a new name would do. Nothing is written: units are files (decision 4). */
export function unitEventRoutes(deps: UnitEventNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { registry } = deps

  const show = (req: Request, res: Response, page: Partial<Omit<EventPage, 'csrfToken'>> = {}) => {
    const whole = { typed: '', faults: [], preview: null, csrfToken: deps.csrfTokenOf(req), ...page }
    res.status(whole.faults.length > 0 ? 422 : 200)
    res.render('registry-desk/unit-events', toUnitEventsView(whole, deskContext(res, deps.texts)))
  }

  async function previewOf(plan: PlannedEvent): Promise<Preview | readonly string[]> {
    const data = { units: registry.all(), events: registry.events(), cityUid: registry.cityUid }
    const applied = applyEvent(data, plan)
    if (applied.kind === 'refused') return applied.faults.map(({ code, uid }) => `${uid}: ${FAULTS[code]}`)
    const problems = checkUnits(applied.data).map(({ message, code }) => `${message} [${code}]`)
    const after = createUnitRegistry(applied.data)
    const { on } = plan
    const links = applied.event?.links ?? []
    const touched = [...links.flatMap(({ from, to }) => [from, to]), ...applied.changed.map(({ uid }) => uid)]
    const before = touched.filter((uid) => registry.isValid(uid, addDays(on, -1)))
    const effects = effectsOf(registry, after, before, on)
    const ended = new Set(effects.ends.map(({ uid }) => uid))
    const accounts = await deps.listAccounts()
    const bound = accounts.filter(({ unitUid, disabledAt }) => disabledAt === null && unitUid && ended.has(unitUid))
    const asked = (await deps.waves.list()).filter(({ closesOn }) => closesOn > on)
    return {
      applied,
      effects,
      after,
      on,
      problems,
      places: deps.unitPlaces(),
      logins: bound.map(({ login, unitUid }) => `${login} (${unitUid})`),
      waves: asked.filter(({ unitUids }) => unitUids.some((uid) => ended.has(uid))).map(({ id }) => id),
    }
  }

  get('/admin/unit-events', 'manage_waves', (req, res) => show(req, res))

  post('/admin/unit-events', 'manage_waves', async (req, res) => {
    const { text: typed } = parseRequest(req, planRequest).body
    const read = readPlan(typed)
    if ('faults' in read) return show(req, res, { typed, faults: read.faults })
    const preview = await previewOf(read.plan)
    return 'effects' in preview
      ? show(req, res, { typed, preview })
      : show(req, res, { typed, faults: preview.map((message) => ({ line: 0, message })) })
  })

  return router
}
