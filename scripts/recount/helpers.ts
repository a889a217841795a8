import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { UnitRange } from '../../server/domain/survey/unit-range.js'
import type { CompareRanges, RecountOutcome } from '../../server/features/tallies/index.js'
import type { DatabaseAddress } from '../../server/platform/mongo/connect.js'
import type { FromHelper, ToHelper } from './messages.js'

const HELPER = fileURLToPath(new URL(`./helper${extname(import.meta.url)}`, import.meta.url))

/** Helpers at work, started by the first ranges. */
export interface Helpers {
  readonly compareRanges: CompareRanges
  close(): Promise<void>
}

/** Sends a helper a message; gives its answer. */
function ask(helper: ChildProcess, message: ToHelper): Promise<FromHelper> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process that counted ended with code ${code}`))
    helper.once('exit', onExit)
    helper.once('message', (said: FromHelper) => {
      helper.off('exit', onExit)
      if (said.kind === 'failed') reject(new Error(said.message))
      else resolve(said)
    })
    helper.send(message, (error) => error && reject(error))
  })
}

/**
 * Processes that share the ranges of a wave: each takes the next one when it has done its own.
 *
 * @param count of processes, from 2: with one, the process itself had better count
 */
export function createHelpers(address: DatabaseAddress, count: number): Helpers {
  const helpers: ChildProcess[] = []
  let opened: Promise<unknown> | undefined
  const open = () => {
    for (let i = 0; i < count; i++) helpers.push(fork(HELPER))
    return Promise.all(helpers.map((helper) => ask(helper, { kind: 'open', address })))
  }

  async function workOff(helper: ChildProcess, waveId: string, ranges: Iterator<UnitRange>): Promise<RecountOutcome[]> {
    const outcomes: RecountOutcome[] = []
    for (let next = ranges.next(); !next.done; next = ranges.next()) {
      const said = await ask(helper, { kind: 'compare', waveId, range: next.value })
      if (said.kind === 'compared') outcomes.push(said.outcome)
    }
    return outcomes
  }

  return {
    async compareRanges(waveId, ranges) {
      opened ??= open()
      await opened
      const rest = ranges.values()
      return (await Promise.all(helpers.map((helper) => workOff(helper, waveId, rest)))).flat()
    },
    async close() {
      const running = helpers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      await Promise.all(
        running.map(async (helper) => {
          helper.disconnect()
          await once(helper, 'exit')
        }),
      )
    },
  }
}
