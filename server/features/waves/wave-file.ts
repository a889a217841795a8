import { z } from 'zod'
import { MOST_TEXT_MONTHS } from '../../domain/privacy/retention.js'
import { isIsoDay } from '../../domain/survey/day.js'
import { MODES } from '../../domain/survey/vocabulary.js'
import { SAMPLING_DESIGNS } from '../../domain/survey/wave.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import { readYamlFile, readYamlText, type YamlFile } from '../../platform/yaml-file.js'

const isoDay = z.string().refine(isIsoDay, 'must be a day, YYYY-MM-DD')
const text = z.strictObject({ vi: z.string().trim().min(1), en: z.string().trim().min(1) })

const count = z.int().min(0)

/** What is known of the sample; nobody knows how many a link open to everybody was handed to. */
const samplingSchema = z
  .strictObject({
    design: z.enum(SAMPLING_DESIGNS),
    description: text,
    handedOut: count.optional(),
    notEligible: count.optional(),
  })
  .refine(({ design, handedOut }) => design !== 'open_access' || handedOut === undefined, {
    path: ['handedOut'],
    message: 'open_access is handed to nobody: leave it out, or name another design',
  })
  .refine(({ handedOut, notEligible }) => notEligible === undefined || (handedOut ?? -1) >= notEligible, {
    path: ['notEligible'],
    message: 'must not be more than handedOut, which it is a part of',
  })

/** A wave as an analyst writes it down (`surveys/README.md`): units by selector, the questionnaire by version. */
export const waveFileSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{3,60}$/, 'must be small letters, digits and hyphens, 3 to 60')
    .refine((id) => id !== 'method', 'must not be "method", the address of the explanations'),
  title: text,
  questionnaire: z.strictObject({ id: z.string(), version: z.string() }),
  mode: z.enum(MODES),
  units: z.strictObject({
    kinds: z.array(z.enum(UNIT_KINDS)).default([]),
    uids: z.array(z.string()).default([]),
  }),
  services: z.array(z.string()).default([]),
  referenceOn: isoDay,
  opensOn: isoDay,
  closesOn: isoDay,
  isSimulated: z.boolean().default(false),
  sampling: samplingSchema.optional(),
  purpose: text.optional(),
  retention: z
    .strictObject({ textMonths: z.int().min(0).max(MOST_TEXT_MONTHS, `must be ${MOST_TEXT_MONTHS} months at most`) })
    .optional(),
})

export type WaveFile = z.output<typeof waveFileSchema>

/** Reads one wave file; what is wrong with it comes with its line. */
export function readWaveFile(path: string): YamlFile<WaveFile> {
  return readYamlFile(path, waveFileSchema)
}

/** Reads a wave that somebody pasted, by the same rules. */
export function readWaveText(text: string): YamlFile<WaveFile> {
  return readYamlText('', text, waveFileSchema)
}
