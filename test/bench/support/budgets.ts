import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Calibration } from './machine.js'

/**
 * What a figure of a bench may come to, as a multiple of what the machine itself did in the same run.
 *
 * `loop`: milliseconds, told as million steps of the calibration's loop in that time; `sync`: a rate a second over the syncs to
 * disk a second; `itself`: a figure that is a ratio already.
 */
const budget = z
  .strictObject({
    figure: z.string().describe('Path of the figure in the result, its parts joined by dots'),
    of: z.enum(['loop', 'sync', 'itself']),
    atMost: z.number().optional(),
    atLeast: z.number().optional(),
  })
  .refine(({ atMost, atLeast }) => (atMost ?? atLeast) !== undefined, 'needs atMost or atLeast')

const budgetsFile = z.record(z.string(), z.array(budget))

export type Budget = z.output<typeof budget>
/** Budgets by bench. */
export type Budgets = z.output<typeof budgetsFile>

/** A budget with what was measured; `ratio` is `null` where the run left the figure out. */
export interface Judged extends Budget {
  readonly ratio: number | null
  readonly isKept: boolean
}

/** The project's budgets. */
export function readBudgets(): Budgets {
  return budgetsFile.parse(JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8')))
}

/** The number at a path of a result; `null` where there is none. */
export function figureAt(result: unknown, path: string): number | null {
  let at: unknown = result
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return null
    at = (at as Record<string, unknown>)[part]
  }
  return typeof at === 'number' ? at : null
}

function ratioOf(figure: number, of: Budget['of'], { loopMegaSteps, syncsPerSecond }: Calibration): number {
  if (of === 'loop') return (figure * loopMegaSteps) / 1000
  return of === 'sync' ? figure / syncsPerSecond : figure
}

/** Holds a result against budgets; what the run left out is kept, since nobody measured it. */
export function judge(result: unknown, budgets: readonly Budget[], calibration: Calibration): readonly Judged[] {
  return budgets.map((one) => {
    const figure = figureAt(result, one.figure)
    if (figure === null) return { ...one, ratio: null, isKept: true }
    const ratio = ratioOf(figure, one.of, calibration)
    const isKept = ratio <= (one.atMost ?? Number.POSITIVE_INFINITY) && ratio >= (one.atLeast ?? 0)
    return { ...one, ratio: Number(ratio.toPrecision(4)), isKept }
  })
}
