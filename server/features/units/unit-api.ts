import { z } from 'zod'
import { isIsoDay } from '../../domain/survey/day.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import type { ApiOperation } from '../../platform/http/api.js'

const LONGEST_QUERY = 100
const MOST_UNITS = 1000

const uid = z.string().regex(/^[a-z0-9.-]{1,40}$/)
const day = z.string().refine(isIsoDay, 'must be a calendar day').describe('Day, YYYY-MM-DD; today when left out')
const text = z.string().max(LONGEST_QUERY)
const localized = z.object({ vi: z.string(), en: z.string() })
const dated = { from: z.string().nullable(), to: z.string().nullable() }

const unitSummary = z.object({
  uid: z.string().describe('Stable name of the unit; never reused, unlike codes and names'),
  kind: z.enum(UNIT_KINDS),
  name: localized.describe('On the day asked for'),
  status: z.enum(['valid', 'ended', 'not_yet']),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable().describe('First day on which the unit no longer exists'),
  parent: z.string().nullable(),
  codes: z.array(z.object({ scheme: z.string(), value: z.string() })),
})

const lineageStep = z.object({
  unit: z.string(),
  on: z.string(),
  extent: z.enum(['whole', 'part']),
  share: z.number().nullable().describe('null: a part of unknown size'),
  shareBasis: z.enum(['population', 'households', 'area']).nullable(),
  isDerived: z.boolean().describe('Follows from the units below it'),
  isVerified: z.boolean(),
})

const unitDetail = unitSummary.extend({
  names: z.array(localized.extend(dated)),
  allCodes: z.array(z.object({ scheme: z.string(), value: z.string(), ...dated })),
  parents: z.array(z.object({ uid: z.string(), ...dated })),
  legalBasis: z.string(),
  population: z.number().nullable(),
  isVerified: z.boolean(),
  note: z.string().nullable(),
  predecessors: z.array(lineageStep),
  successors: z.array(lineageStep),
  heirs: z.array(unitSummary).describe('Units of the day that took over, when this one has ended'),
})

const service = z.object({
  code: z.string(),
  name: localized,
  description: localized,
  words: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
  isUtility: z.boolean(),
})

const tag = 'Units and services'

export const listUnits = {
  method: 'get',
  path: '/units',
  summary: 'Units of a day, or those that fit typed text, or those below another unit',
  tag,
  access: 'public',
  query: z.strictObject({
    q: text.optional().describe('Typed text; diacritics do not matter. Ended units are found too'),
    at: day.optional(),
    kind: z.enum(UNIT_KINDS).optional(),
    parent: uid.optional().describe('Only units directly below this one on the day'),
    limit: z.coerce.number().int().min(1).max(MOST_UNITS).default(100),
  }),
  responses: {
    200: {
      description: 'Units, best match first, or by uid',
      schema: z.object({ at: z.string(), total: z.int(), units: z.array(unitSummary) }),
    },
  },
} as const satisfies ApiOperation

export const showUnit = {
  method: 'get',
  path: '/units/{uid}',
  summary: 'One unit with its history and lineage',
  tag,
  access: 'public',
  params: z.object({ uid }),
  query: z.strictObject({ at: day.optional() }),
  responses: { 200: { description: 'The unit', schema: unitDetail } },
} as const satisfies ApiOperation

export const listServices = {
  method: 'get',
  path: '/services',
  summary: 'Services, all of them, those of one unit, or those that fit typed text',
  tag,
  access: 'public',
  query: z.strictObject({ unit: uid.optional(), q: text.optional().describe('A name or an everyday word') }),
  responses: {
    200: {
      description: 'Services in catalogue order; best match first when text was typed',
      schema: z.object({ services: z.array(service) }),
    },
  },
} as const satisfies ApiOperation
