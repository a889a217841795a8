import { expect } from 'chai'
import { sha256 } from '../../server/features/questionnaires/index.js'
import { mongoReleases } from '../../server/features/releases/release.repository.js'
import { waveFile } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient } from '../support/http-client.js'
import { publishRelease } from '../support/publish-release.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const UNITS = { 'p-thu-duc': 110, 'p-cho-lon': 90 }
type Rows = ReturnType<typeof readCsv>

describe('the waves before, in a release', () => {
  let app: TestApp
  let first: string
  before(async () => {
    app = await startApp()
    first = await publishRelease(app, '2026-first-half')
  })
  after(() => app.stop())

  /** Publishes a wave from July to October. */
  async function publishLater(id: string, more: Partial<Parameters<typeof waveFile>[0]> = {}): Promise<string> {
    const made = await app.waves.create(
      waveFile({
        id,
        questionnaire: { id: 'citizen', version: '2026.1' },
        units: { kinds: [], uids: Object.keys(UNITS) },
        referenceOn: '2026-07-01',
        opensOn: '2026-07-01',
        closesOn: '2026-11-01',
        isSimulated: true,
        ...more,
      }),
    )
    if (made.kind !== 'created') throw new Error(made.kind)
    await fillWave(app, made.wave, UNITS)
    const begun = await app.releases.draft({ waveId: id, reason: { vi: 'Lần đầu', en: 'First' }, login: 'first' })
    if (begun.kind !== 'begun') throw new Error(begun.kind)
    await begun.work
    for (const step of [app.releases.decisions.approve, app.releases.decisions.publish])
      expect((await step({ id: begun.id, login: 'second', note: '' })).kind).to.equal('done')
    return begun.id
  }
  const rowsOf = async (id: string, file: string): Promise<Rows> =>
    readCsv((await createClient(app.url).get(`/releases/${id}/${file}`)).text.replace('\uFEFF', ''))
  const trendOf = async (id: string) =>
    (await rowsOf(id, 'tables.csv')).filter(({ table, rule }) => table === 'trend' && rule === 'mean_of_children')
  const cityOf = (rows: Rows) =>
    rows.find((row) => row.rule === 'mean_of_children' && row.scope === 'total' && row.level === 'overall')!

  it('stand as they were published, by the digest of their release, and the change follows from both', async () => {
    const second = await publishLater('2026-second-half')
    const [before, own] = await trendOf(second)
    const city = cityOf(await rowsOf(first, 'figures.csv'))
    const { manifest } = (await mongoReleases(app.connection).byId(first))!
    expect([before!.wave, before!.release, before!.percent, before!.base]).to.deep.equal([
      '2026-first-half',
      first,
      city.top_two_percent,
      city.n_valid,
    ])
    expect(before!.manifest_sha256).to.equal(sha256(manifest!))
    expect(own!.percent).to.equal(cityOf(await rowsOf(second, 'figures.csv')).top_two_percent)
    expect(own!.breaks).to.equal('')
    expect(Number(own!.points)).to.be.closeTo(Number(own!.percent) - Number(before!.percent), 1e-9)
    expect(Number(own!.low_points)).to.be.lessThan(Number(own!.points))
  })

  it('are none of another mode', async () => {
    const counter = await publishLater('2026-counter', { mode: 'kiosk' })
    expect((await trendOf(counter)).map(({ wave }) => wave)).to.deep.equal(['2026-counter'])
  })
})
