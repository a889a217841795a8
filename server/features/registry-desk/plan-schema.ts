import { parseDocument } from 'yaml'
import { z } from 'zod'
import { isIsoDay } from '../../domain/survey/day.js'
import type { PlannedEvent } from '../../domain/units/apply-event.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'

const uid = z.string().regex(/^[a-z0-9.-]{1,40}$/, 'is a uid: small letters, digits, . and -')
const text = z.string().trim().min(1).max(500)
const newUnit = z.strictObject({
  uid,
  kind: z.enum(UNIT_KINDS),
  vi: text,
  en: text,
  gso: z.string().min(1).max(20).optional(),
  parent: uid.optional(),
  population: z.number().int().positive().optional(),
  note: text.optional(),
})
const target = z.union([uid, newUnit])
const act = {
  on: z.string().refine(isIsoDay, 'is a day as in 2027-01-01'),
  legalBasis: text,
  note: text.optional(),
  children: z
    .array(z.strictObject({ uid, parent: uid }))
    .max(500)
    .optional(),
}
const uids = z.array(uid).max(500)
const plan = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('merge'), ...act, whole: uids.default([]), part: uids.default([]), into: target }),
  z.strictObject({
    event: z.literal('split'),
    ...act,
    unit: uid,
    into: z.array(target).min(1).max(50),
    shares: z.record(uid, z.number().min(0).max(1)).optional(),
    basis: z.enum(['population', 'households', 'area']).optional(),
  }),
  z.strictObject({ event: z.literal('rename'), ...act, unit: uid, vi: text, en: text }),
  z.strictObject({ event: z.literal('move'), ...act, units: uids.min(1), parent: uid }),
  z.strictObject({ event: z.literal('end'), ...act, unit: uid }),
  z.strictObject({ event: z.literal('create'), ...act, unit: newUnit }),
])

/** A plan as typed, or what is wrong with it; line 0: of no line. */
export type ReadPlan =
  | { readonly plan: PlannedEvent }
  | { readonly faults: readonly { readonly line: number; readonly message: string }[] }

/** Reads a planned event from YAML. */
export function readPlan(typed: string): ReadPlan {
  const document = parseDocument(typed, { schema: 'core' })
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map(({ message, linePos }) => ({
        line: linePos?.[0].line ?? 0,
        message: message.split('\n')[0]!,
      })),
    }
  }
  let value: unknown
  try {
    // A plan has no use for aliases, by which a few lines become millions of values.
    value = document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    return { faults: [{ line: 0, message: error instanceof Error ? error.message : 'cannot be read' }] }
  }
  const read = plan.safeParse(value)
  if (read.success) return { plan: read.data as PlannedEvent }
  return {
    faults: read.error.issues.map(({ path, message }) => ({
      line: 0,
      message: `${path.join('.') || 'plan'}: ${message}`,
    })),
  }
}
