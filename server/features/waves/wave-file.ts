import { z } from 'zod'
import { isIsoDay } from '../../domain/survey/day.js'
import { MODES } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import { readYamlFile, type YamlFile } from '../../platform/yaml-file.js'

const isoDay = z.string().refine(isIsoDay, 'must be a day, YYYY-MM-DD')
const text = z.strictObject({ vi: z.string().trim().min(1), en: z.string().trim().min(1) })

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
})

export type WaveFile = z.output<typeof waveFileSchema>

/** Reads one wave file; what is wrong with it comes with its line. */
export function readWaveFile(path: string): YamlFile<WaveFile> {
  return readYamlFile(path, waveFileSchema)
}
