import { z } from 'zod'

const waveId = z.string().regex(/^[a-z0-9-]{3,60}$/)

/** The wave in the address. */
export const waveParams = z.object({ id: waveId })

/** Wave and method in the address. */
export const methodParams = z.object({
  id: waveId,
  method: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}(@\d{4}\.\d{1,3})?$/)
    .describe('As the list of methods names it; a version may follow: sipas-2017@2026.1'),
})

/** What part of a report is wanted; an empty field of a form means all. */
export const methodFilters = z.object({
  unit: z
    .preprocess(
      (value) => (value === '' ? undefined : value),
      z
        .string()
        .regex(/^[a-z0-9.-]{1,80}$/)
        .optional(),
    )
    .describe('Only this unit and the units below it'),
})
