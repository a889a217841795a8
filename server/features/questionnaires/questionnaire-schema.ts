import { z } from 'zod'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import { codeSchema, conditionSchema, itemSchema, localizedSchema, optionSchema } from './item-schema.js'

const scaleSchema = z.strictObject({
  options: z.array(optionSchema).length(5).describe('Codes 1 to 5, worst first'),
  notApplicable: localizedSchema,
  dontKnow: localizedSchema,
})

const sectionSchema = z.strictObject({
  code: codeSchema,
  title: localizedSchema,
  lead: localizedSchema.exactOptional().describe('Read before the items'),
  showIf: conditionSchema.exactOptional(),
  items: z.array(itemSchema).min(1),
})

const factorSchema = z.strictObject({
  code: codeSchema,
  name: localizedSchema,
  role: z.enum(['index', 'module']).describe('Modules stay outside the overall index'),
  items: z.array(codeSchema).min(1),
  singleItem: codeSchema.exactOptional(),
})

const consentSchema = z.strictObject({
  version: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,39}$/),
  heading: localizedSchema,
  paragraphs: z.array(localizedSchema).min(1),
  statement: localizedSchema.describe('Beside the box to tick; never ticked beforehand'),
})

/** A questionnaire file as a methodologist writes it; parsing fills the defaults in and gives the definition. */
export const definitionSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    version: z.string().regex(/^\d{4}\.\d{1,3}$/, "must be year and number in quotes, as '2026.1'"),
    respondentType: z.enum(RESPONDENT_TYPES),
    title: localizedSchema,
    introduction: localizedSchema,
    consent: consentSchema,
    scales: z.record(z.string().regex(/^[a-z][a-z_]{1,29}$/), scaleSchema),
    sections: z.array(sectionSchema).min(1),
    factors: z.array(factorSchema).min(1),
    overallItem: codeSchema,
    coreItems: z.array(codeSchema).min(1),
    minCoreShare: z.number().gt(0).max(1),
    source: z.string().min(1),
  })
  .meta({ title: 'Questionnaire', description: 'Explained in surveys/README.md' })

/** Reads data of unknown origin as a definition, or says what does not fit. */
export function parseQuestionnaire(value: unknown): z.ZodSafeParseResult<Questionnaire> {
  return definitionSchema.safeParse(value)
}

/**
 * The JSON Schema that editors check questionnaire files by.
 *
 * Stricter than reading in one point: both languages of a text are required, so that an editor marks the gap at once.
 */
export function questionnaireJsonSchema(): object {
  return z.toJSONSchema(definitionSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === (localizedSchema as unknown)) jsonSchema.required = ['vi', 'en']
    },
  })
}
