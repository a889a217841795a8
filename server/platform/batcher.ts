/**
 * Gathers what callers hand in while a piece of work is under way, and does it together next.
 *
 * One at a time a call costs what it did; of many at once, each costs a part of one. Nobody waits for company.
 *
 * @param work does several at once and tells of each, in order, what came of it; if it rejects, all of them do
 * @param most values done together
 */
export function createBatcher<Value, Result>(
  work: (values: readonly Value[]) => Promise<readonly Result[]>,
  most = 200,
): (value: Value) => Promise<Result> {
  interface Waiting {
    readonly value: Value
    readonly resolve: (result: Result) => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const results = await work(batch.map(({ value }) => value))
        for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Result)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isRunning = false
  }

  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject })
      // After this turn of the event loop, so that requests that came in together go together.
      if (!isRunning) {
        isRunning = true
        setImmediate(() => void run())
      }
    })
}
