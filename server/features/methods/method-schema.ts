import { z } from 'zod'
import {
  CLAIM_STATUSES,
  METHOD_RULES,
  type Method,
  type MethodComposite,
  MISSING_RULES,
  TRANSFORMATIONS,
} from '../../domain/method/method.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'

/** A missing language reads as empty, so that the check can name all missing translations at once. */
const localizedSchema = z
  .strictObject({ vi: z.string().trim().default(''), en: z.string().trim().default('') })
  .meta({ id: 'text', description: 'A text people read, Vietnamese and English' })

const codeSchema = z.string().regex(/^[A-Z][A-Z0-9_]{0,31}$/, 'must be capitals, digits and _, letter first')
const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be lower-case letters, digits and -')
const versionSchema = z.string().regex(/^\d{4}\.\d{1,3}$/, "must be year and number in quotes, as '2026.1'")

const common = {
  code: codeSchema,
  name: localizedSchema,
  weight: z.number().gt(0).exactOptional().describe('Under weighted_mean only; the weights of all parts add up to 1'),
  blocks: z.array(nameSchema).min(1).exactOptional().describe('Blocks of units it applies to; left out: all'),
}

const criterionSchema = z
  .strictObject({ ...common, isReversed: z.boolean().default(false).describe('Negative statement: agreeing is bad') })
  .meta({ id: 'criterion' })

const compositeSchema: z.ZodType<MethodComposite> = z
  .strictObject({
    ...common,
    rule: z.enum(METHOD_RULES).describe('How the figure follows from its parts; never implicit'),
    missing: z.enum(MISSING_RULES).describe('What happens when a part has no figure; never implicit'),
    multiplyBy: z.number().gt(0).default(1),
    single: criterionSchema.exactOptional().describe('Under single_item only: the item asked about the whole'),
    get parts() {
      return z.array(compositeSchema).min(1).exactOptional()
    },
    criteria: z.array(criterionSchema).min(1).exactOptional(),
  })
  .meta({ id: 'composite' })

const fitSchema = z.strictObject({
  questionnaire: nameSchema,
  versions: z.array(versionSchema).min(1),
  items: z.record(codeSchema, codeSchema).describe('Criterion code: item code; a criterion left out is not asked'),
})

const thresholdsSchema = z.strictObject({
  minRespondents: z.int().min(1),
  minReliableBase: z.int().min(1),
  minUnflaggedBase: z.int().min(1),
})

const intervalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['wilson', 'mean_t', 'bootstrap']) }),
  z.strictObject({ kind: z.literal('none'), reason: localizedSchema }),
])

const standardisationSchema = z.strictObject({
  kind: z.literal('min_max_within_block'),
  low: z.number(),
  high: z.number(),
  noVariation: z.number().describe('Score of all units where they do not differ'),
  minBase: z.int().min(1).describe('Units with fewer valid answers take no part'),
})

const rollupSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pooled') }),
  z.strictObject({ kind: z.literal('none'), reason: localizedSchema }),
])

const blockSchema = z.strictObject({
  code: nameSchema,
  name: localizedSchema,
  kinds: z.array(z.enum(UNIT_KINDS)).min(1),
})

/** A method file as a methodologist writes it; parsing fills the defaults in. */
export const methodSchema: z.ZodType<Method> = z
  .strictObject({
    id: nameSchema,
    version: versionSchema,
    title: localizedSchema,
    fits: z.array(fitSchema),
    fitNote: localizedSchema.describe('How the forms relate to the method, and what they lack'),
    scale: z.strictObject({ lowest: z.int().min(0).max(95), highest: z.int().min(0).max(95) }),
    transformation: z.enum(TRANSFORMATIONS),
    points: z.record(z.string().regex(/^\d{1,2}$/), z.number()).exactOptional(),
    standardisation: standardisationSchema.exactOptional(),
    blocks: z
      .array(blockSchema)
      .min(1)
      .exactOptional()
      .describe('Units scored apart from each other; left out: one block of all units'),
    rollup: rollupSchema.describe('What stands for an area or the city; never implicit'),
    index: compositeSchema,
    range: z.strictObject({ lowest: z.number(), highest: z.number(), unit: localizedSchema }),
    interval: intervalSchema,
    classes: z
      .array(z.strictObject({ code: z.string().regex(/^[a-z][a-z_]{1,29}$/), name: localizedSchema, from: z.number() }))
      .min(1)
      .exactOptional()
      .describe('Best first; a value on the cut belongs to the better class'),
    disclosure: z.strictObject({ internal: thresholdsSchema, public: thresholdsSchema }),
    source: z.string().trim().min(1),
    unconfirmed: z.array(z.strictObject({ claim: localizedSchema, status: z.enum(CLAIM_STATUSES) })),
  })
  .meta({ title: 'Index method', description: 'Explained in surveys/methods/README.md' })

/** The JSON Schema that editors check method files by: both languages of a text are required, unlike in reading. */
export function methodJsonSchema(): object {
  return z.toJSONSchema(methodSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === (localizedSchema as unknown)) jsonSchema.required = ['vi', 'en']
    },
  })
}
