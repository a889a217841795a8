import { z } from 'zod'
import type { ImportMapping } from '../../domain/response-import/mapping.js'
import { MODES } from '../../domain/survey/vocabulary.js'
import { readYamlFile, type YamlFile } from '../../platform/yaml-file.js'

const column = z.string().trim().min(1)
/** YAML reads bare digits as numbers; cells are texts. */
const word = z.union([z.string(), z.number()]).transform(String)
const words = z.record(z.string(), word)

const field = z.union([
  column.transform((name) => ({ column: name })),
  z.strictObject({ column, codes: words.optional() }),
  z.strictObject({ value: word }),
])

const consent = z.strictObject({
  column: column.optional(),
  given: z.array(word).default([]),
  version: z.string().optional(),
})

/** Which columns hold what, as an analyst writes it down (`surveys/README.md`). */
const mappingSchema = z.strictObject({
  mode: z.enum(MODES).optional(),
  unit: field.optional(),
  service: field.optional(),
  transactionOn: field.optional(),
  language: field.optional(),
  consent: consent.optional(),
  instanceId: column.optional(),
  startedAt: column.optional(),
  endedAt: column.optional(),
  items: z.record(z.string(), field).default({}),
})

/** Reads one mapping file; what is wrong with it comes with its line. */
export const readMappingFile = (path: string): YamlFile<ImportMapping> => readYamlFile(path, mappingSchema)
