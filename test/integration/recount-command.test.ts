import { expect } from 'chai'
import { createHelpers } from '../../scripts/recount/helpers.js'
import { EMPTY_TALLY } from '../../server/domain/index/tally.js'
import { packTally } from '../../server/features/tallies/stored-tally.js'
import { tallyModel } from '../../server/features/tallies/tally.model.js'
import { jobsDone } from '../support/jobs-done.js'
import { openWave } from '../support/open-wave.js'
import { runCommand } from '../support/run-command.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const COUNTS = { 'p-ben-thanh': 60, 'p-sai-gon': 41, 'p-cho-lon': 25, 'so-tu-phap': 3 }
/** Units without a response: before, between and after those that have some. */
const NOBODY = ['a', 'p-bien', 'z']
const TOTAL = Object.values(COUNTS).reduce((sum, count) => sum + count, 0)

describe('the command recount', function () {
  this.timeout(60_000)
  let app: TestApp
  let waveId: string
  before(async () => {
    app = await startApp()
    // The sweep at the start would mark what is spoiled below, and the next fold would mend it before the recount looks.
    await jobsDone(app)
    const wave = await openWave(app)
    waveId = wave.id
    await fillWave(app, wave, COUNTS)
  })
  after(() => app.stop())

  /** Makes wrong counts, cells that are gone, and cells of units that have no response. */
  async function spoil() {
    const tallies = tallyModel(app.connection)
    const [day] = await tallies.find({ waveId, level: 'day', unitUid: 'p-sai-gon' }).sort({ _id: 1 }).limit(1).lean()
    if (!day) throw new Error('No day cell to spoil')
    const { _id, ...like } = { ...day, tally: packTally({ ...EMPTY_TALLY, received: 7 }) }
    await tallies.updateOne({ _id }, { $set: { tally: like.tally } })
    await tallies.deleteOne({ waveId, level: 'wave_all_services', unitUid: 'so-tu-phap' })
    await tallies.deleteOne({ waveId, level: 'wave_all_services', unitUid: 'p-ben-thanh' })
    for (const unitUid of NOBODY) await tallies.create({ ...like, unitUid, _id: `extra ${unitUid}` })
    return async () => {
      await tallies.deleteMany({ unitUid: { $in: NOBODY } })
    }
  }

  const recount = (processes: number) =>
    runCommand(app.commandEnv, 'recount.ts', [waveId, '--processes', `${processes}`])

  it('finds and mends the same with one process and with several', async () => {
    const outcomes = []
    for (const processes of [1, 3]) {
      const unspoil = await spoil()
      outcomes.push(await recount(processes))
      await unspoil()
    }
    const [alone, together] = outcomes
    expect(together).to.deep.equal(alone)
    expect(alone?.code).to.equal(1)
    expect(alone?.stderr).to.match(new RegExp(`${waveId}: ${TOTAL} responses, \\d+ cells, 6 cells were wrong`))
    for (const wrong of ['day p-sai-gon', 'day a', 'day p-bien', 'day z', 'wave_all_services so-tu-phap']) {
      expect(alone?.stderr).to.include(wrong)
    }
    const { code, stdout } = await recount(2)
    expect(code).to.equal(0)
    expect(stdout).to.include('no difference')
  })

  it('fails as a whole when a helper cannot reach the database', async () => {
    const helpers = createHelpers({ uri: 'no address' }, 2)
    const outcome = await app.tallies.recount(waveId, helpers.compareRanges).catch((error: Error) => error)
    await helpers.close()
    expect(outcome).to.be.instanceOf(Error)
  })

  it('refuses a number of processes that is none', async () => {
    const { code, stderr } = await runCommand(app.commandEnv, 'recount.ts', ['--processes', 'many'])
    expect(code).to.equal(1)
    expect(stderr).to.include('--processes must be a number from 1 to 99, not many')
  })
})
