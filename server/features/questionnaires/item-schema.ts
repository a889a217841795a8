import { z } from 'zod'
import type { Condition } from '../../domain/questionnaire/definition.js'
import { MODES } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'

/**
 * A text in every language. A missing language reads as empty, so that the check of the whole instrument can name all
 * missing translations at once instead of stopping at the first.
 */
export const localizedSchema = z
  .strictObject({ vi: z.string().trim().default(''), en: z.string().trim().default('') })
  .meta({ id: 'text', description: 'A text people read, Vietnamese and English' })

export const codeSchema = z.string().regex(/^[A-Z][A-Z0-9_]{0,31}$/, 'must be capitals, digits and _, letter first')
const answerCode = z.int().min(0).max(98)
const serviceCode = z.string().regex(/^[A-Z]{2,8}$/)

export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ item: codeSchema, in: z.array(z.int().min(0).max(99)).min(1) }),
      z.strictObject({ context: z.literal('mode'), in: z.array(z.enum(MODES)).min(1) }),
      z.strictObject({ context: z.literal('unitKind'), in: z.array(z.enum(UNIT_KINDS)).min(1) }),
      z.strictObject({ context: z.literal('service'), in: z.array(serviceCode).min(1) }),
      z.strictObject({ all: z.array(conditionSchema).min(1) }),
      z.strictObject({ any: z.array(conditionSchema).min(1) }),
      z.strictObject({ not: conditionSchema }),
    ]),
  )
  .meta({ id: 'condition', description: 'Asked only when this holds; looks at earlier pages and the case' })

export const optionSchema = z
  .strictObject({
    code: answerCode.describe('Stored; never reuse a code for another meaning'),
    label: localizedSchema,
    about: codeSchema.exactOptional().describe('Item the option speaks of'),
  })
  .meta({ id: 'option' })

const base = {
  code: codeSchema.describe('Key of the stored answer'),
  text: localizedSchema,
  hint: localizedSchema.exactOptional(),
  required: z.boolean().default(false),
  showIf: conditionSchema.exactOptional(),
  criteria: z.array(z.string().min(1)).min(1).exactOptional().describe('Official criteria the item stands for'),
}

const ratingSchema = z.strictObject({
  ...base,
  kind: z.literal('rating'),
  scale: z.string(),
  allowsNotApplicable: z.boolean().default(false),
  allowsDontKnow: z.boolean().default(false),
  isReversed: z.boolean().default(false).describe('Negative statement; stored as answered'),
})

const choiceSchema = z.strictObject({
  ...base,
  kind: z.literal('choice'),
  options: z.array(optionSchema).min(2),
  stopsAt: z.array(answerCode).min(1).exactOptional().describe('Answers that end the case with nothing stored'),
})

const multiSchema = z.strictObject({
  ...base,
  kind: z.literal('multi'),
  options: z.array(optionSchema).min(2),
  maxChoices: z.int().min(1).max(50),
})

const bandSchema = z.strictObject({
  code: answerCode,
  fromAge: z.int().min(0),
  toAge: z.int().min(0).nullable(),
  label: localizedSchema,
})

const yearSchema = z.strictObject({
  ...base,
  kind: z.literal('year'),
  earliest: z.int().min(1800).max(2100),
  minAgeYears: z.int().min(1).max(120).exactOptional(),
  bands: z.array(bandSchema).min(1).exactOptional().describe('Stored instead of the year'),
})

const textSchema = z.strictObject({ ...base, kind: z.literal('text'), maxLength: z.int().min(1).max(4000) })

const unitSchema = z.strictObject({ ...base, kind: z.literal('unit'), unitKinds: z.array(z.enum(UNIT_KINDS)).min(1) })

const contextSchema = z.strictObject({ ...base, kind: z.literal('context'), source: z.enum(['unit', 'service']) })

/** One item of a questionnaire file, defaults filled in. */
export const itemSchema = z.discriminatedUnion('kind', [
  ratingSchema,
  choiceSchema,
  multiSchema,
  yearSchema,
  textSchema,
  unitSchema,
  contextSchema,
])
