import { z } from 'zod'
import { AGGREGATION_RULES } from '../../domain/index/aggregate.js'
import { BUNDLE_FORMAT } from '../../domain/release/release.js'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** What `manifest.json` must hold. */
export const manifestSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  release: z.string(),
  wave: z.string(),
  number: z.number().int().positive(),
  corrects: z.strictObject({ release: z.string(), manifestSha256: digest }).nullable(),
  reason: z.strictObject({ vi: z.string(), en: z.string() }),
  method: z.string(),
  rules: z.array(z.enum(AGGREGATION_RULES)),
  code: z.string(),
  seed: z.string().nullable(),
  draftedAt: z.iso.datetime(),
  simulated: z.boolean(),
  responses: z.strictObject({ received: z.number().int(), complete: z.number().int(), voided: z.number().int() }),
  files: z.array(
    z.strictObject({
      name: z.string(),
      bytes: z.number().int(),
      access: z.enum(['public', 'restricted']),
      digest,
    }),
  ),
})

/** What `signature.json` must hold. */
export const signatureSchema = z.strictObject({
  release: z.string(),
  manifestSha256: digest,
  publishedAt: z.iso.datetime(),
  keyId: digest,
  signature: z.string(),
})

/** What the manifest of every layout says of itself. */
export const formatSchema = z.object({ format: z.string().regex(/^hai-long-release\/\d+$/), code: z.string() })
