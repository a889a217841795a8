import type { Request, Response } from 'express'
import { z } from 'zod'
import {
  MODE_COMPARISON_COLUMNS,
  type ModeComparisonRow,
  modeComparisonRows,
} from '../../domain/report/mode-comparison-rows.js'
import type { ModesOfWave } from './get-mode-comparison.js'
import { sendTable, type TableType } from './report-files.routes.js'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** The comparison of modes as the API gives it. */
export const modesDocumentSchema = z.object({
  wave: z.string(),
  reference: z.object({ wave: z.string(), mode: z.string() }).describe('The most independent mode at hand'),
  columns: z.array(z.string()),
  rows: z
    .array(z.record(z.string(), cell))
    .describe(
      'One row per line (then per unit where both figures are shown) and other wave: both figures with base and interval, and ' +
        "the gap (other less reference) with Newcombe's interval. Never a figure over both. Empty without another mode",
    ),
})

/** Sends the comparison as a file, or 304 when the client has the same figures. */
export async function sendModes(
  req: Request,
  res: Response,
  modes: ModesOfWave,
  type: Exclude<TableType, 'jsonstat'>,
): Promise<void> {
  const { wave, comparison } = modes
  await sendTable<ModeComparisonRow>(req, res, type, {
    name: `${wave.id}-modes`,
    columns: MODE_COMPARISON_COLUMNS,
    rows: () => modeComparisonRows(comparison),
    document: (): z.input<typeof modesDocumentSchema> => ({
      wave: wave.id,
      reference: { wave: comparison.reference.wave.id, mode: comparison.reference.wave.mode },
      columns: [...MODE_COMPARISON_COLUMNS],
      rows: [...modeComparisonRows(comparison)],
    }),
  })
}
