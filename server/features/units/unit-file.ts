import { z } from 'zod'
import { isIsoDay } from '../../domain/survey/day.js'
import { UNIT_EVENT_TYPES, UNIT_KINDS } from '../../domain/units/unit.js'

const day = z.string().refine(isIsoDay, 'must be a calendar day, YYYY-MM-DD')
const uid = z.string().min(1)
const text = z.string().min(1)
const dated = { from: day.nullable().optional(), to: day.nullable().optional() }

const provenance = { verified: z.boolean().optional(), note: text.optional() }

const unitEntry = z.strictObject({
  uid,
  kind: z.enum(UNIT_KINDS).optional(),
  vi: text.optional(),
  en: text.optional(),
  names: z.array(z.strictObject({ vi: text, en: text, ...dated })).optional(),
  gso: text.optional(),
  codes: z.array(z.strictObject({ scheme: text, value: text, ...dated })).optional(),
  parent: uid.optional(),
  parents: z.array(z.strictObject({ uid, ...dated })).optional(),
  ...dated,
  legalBasis: text.optional(),
  aliases: z.array(text).optional(),
  population: z.int().positive().optional(),
  ...provenance,
})

/** What holds for every unit of a file that does not say otherwise. */
const defaults = unitEntry.pick({ kind: true, parent: true, from: true, to: true, legalBasis: true }).partial()

const gathering = z.strictObject({
  to: uid,
  whole: z.array(uid).optional(),
  part: z.array(uid).optional(),
  ...provenance,
})
const scattering = z.strictObject({
  from: uid,
  into: z.array(uid).min(1),
  derived: z.boolean().optional(),
  ...provenance,
})
const sharing = z.strictObject({
  from: uid,
  to: uid,
  share: z.number(),
  basis: z.enum(['population', 'households', 'area']).optional(),
  ...provenance,
})

const eventEntry = z.strictObject({
  on: day,
  type: z.enum(UNIT_EVENT_TYPES),
  legalBasis: text,
  note: text.optional(),
  links: z.array(z.union([gathering, scattering, sharing])).min(1),
})

/** The form of every file under `surveys/units`, described in its README. */
export const unitFileSchema = z.strictObject({
  defaults: defaults.optional(),
  units: z.array(unitEntry).optional(),
  events: z.array(eventEntry).optional(),
})

export type UnitEntry = z.output<typeof unitEntry>
export type UnitDefaults = z.output<typeof defaults>
export type LinkEntry = z.output<typeof eventEntry>['links'][number]
