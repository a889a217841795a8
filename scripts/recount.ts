/**
 * Counts waves anew from their raw responses, compares and puts right: `recount [WAVE…] [--processes N]`; without a wave, all
 * of them; with as many processes as there are cores, unless told otherwise.
 * Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { loadSurveys } from '../server/features/survey-data/index.js'
import type { RecountOutcome } from '../server/features/tallies/index.js'
import { createWaves } from '../server/features/waves/index.js'
import type { Connection } from '../server/platform/mongo/connect.js'
import { projectDir } from '../server/platform/paths.js'
import { createHelpers } from './recount/helpers.js'
import { openTallies } from './support/open-tallies.js'
import { done, failed, print, type Report } from './support/report.js'
import { runMain } from './support/run-main.js'
import { withDatabase } from './support/with-database.js'

function toReport(waveId: string, { responseCount, cellCount, differences }: RecountOutcome): Report {
  const counted = `${waveId}: ${responseCount} responses, ${cellCount} cells`
  if (differences.length === 0) return done(`${counted}, no difference`)
  const lines = differences.map(({ cell, storedCount, countedCount }) => {
    const place = [cell.level, cell.unitUid, cell.service, cell.channel, cell.period].join(' ')
    return `  ${place}: stored ${storedCount}, counted ${countedCount}`
  })
  return failed(`${counted}, ${differences.length} cells were wrong and have been put right`, ...lines)
}

function openFeatures(connection: Connection) {
  return {
    waves: createWaves({ ...loadSurveys(projectDir()), connection }),
    tallies: openTallies(connection).tallies,
  }
}

function readInput() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { processes: { type: 'string' } } })
  const { processes = String(availableParallelism()) } = values
  if (!/^[1-9]\d?$/.test(processes)) throw new Error(`--processes must be a number from 1 to 99, not ${processes}`)
  return { wanted: positionals, processes: Number(processes) }
}

await runMain(async () => {
  const { wanted, processes } = readInput()
  await withDatabase(process.env, openFeatures, async ({ waves, tallies }, { address }) => {
    const known = (await waves.list()).map(({ id }) => id)
    const unknown = wanted.filter((id) => !known.includes(id))
    if (unknown.length > 0) return print(failed(...unknown.map((id) => `${id}: no such wave`)))
    const helpers = processes > 1 ? createHelpers(address, processes) : undefined
    try {
      for (const id of wanted.length > 0 ? wanted : known) {
        print(toReport(id, await tallies.recount(id, helpers?.compareRanges)))
      }
    } finally {
      await helpers?.close()
    }
  })
})
