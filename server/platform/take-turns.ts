import type { Steps } from '../domain/steps.js'

/** Longest stretch in which nobody else is served; one step may take longer. */
const TURN_MS = 15

/**
 * Runs a computation through, the server answering others meanwhile.
 *
 * @param clock milliseconds since whenever
 */
export async function takeTurns<Result>(steps: Steps<Result>, clock = () => performance.now()): Promise<Result> {
  let since = clock()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (clock() - since < TURN_MS) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = clock()
  }
}
