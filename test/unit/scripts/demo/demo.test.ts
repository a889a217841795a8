import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openDemoFolder } from '../../../../scripts/demo/demo-folder.js'
import { AGENCY_UNITS, demoWaves, districtsOn } from '../../../../scripts/demo/demo-waves.js'
import { freePort } from '../../../../scripts/demo/free-port.js'
import { planCounts } from '../../../../scripts/simulate/index.js'
import { loadPublishedQuestionnaires } from '../../../../server/features/questionnaires/index.js'
import { planWave } from '../../../../server/features/waves/index.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { projectRegistry, projectServices } from '../../../support/project-files.js'

const surveys = join(projectDir(), 'surveys')
const registry = projectRegistry()
const services = projectServices()
const published = loadPublishedQuestionnaires(join(surveys, 'questionnaires/published'))

function planned(today: string) {
  return demoWaves(today, (day) => districtsOn(registry, day)).map(({ file, plan }) => {
    const outcome = planWave(file, { registry, services, published })
    if (outcome.kind === 'invalid') throw new Error(`${file.id}: ${JSON.stringify(outcome.problems)}`)
    return { wave: outcome.wave, counts: planCounts('seed', file.id, outcome.wave.unitUids, plan) }
  })
}

describe('waves of the demonstration', () => {
  it('fit registry, services and questionnaires, whatever the day', () => {
    for (const today of ['2025-08-02', '2026-01-01', '2026-11-22', '2028-02-29']) {
      const open = planned(today).filter(({ wave }) => wave.opensOn <= today && today < wave.closesOn)
      expect(open, today).to.have.length(3)
      expect(open.every(({ wave }) => wave.isSimulated)).to.equal(true)
    }
  })

  it('ask about the 168 wards and communes now, and the districts of the time before', () => {
    const waves = planned('2026-11-22')
    const unitsOf = (id: string) => waves.find(({ wave }) => wave.id === id)?.wave.unitUids ?? []
    const kinds = unitsOf('2025-12-web-citizen').map((uid) => registry.byUid(uid)?.kind ?? '')
    expect(kinds.filter((kind) => ['phuong', 'xa', 'dac_khu'].includes(kind))).to.have.length(168)
    expect(unitsOf('2025-01-web-citizen')).to.have.length(22)
    expect(unitsOf('2020-01-web-citizen')).to.have.length(24).and.include.members(['quan-2', 'quan-9', 'quan-thu-duc'])
    expect(unitsOf('2025-12-web-citizen')).to.include.members([...AGENCY_UNITS])
  })

  it('cover a few units well, most somewhat and some hardly', () => {
    const waves = planned('2026-11-22')
    const all = waves.flatMap(({ counts }) => [...counts.values()])
    expect(all.reduce((sum, count) => sum + count, 0)).to.be.within(15_000, 25_000)
    expect(all.filter((count) => count >= 400).length).to.be.greaterThan(3)
    expect(all.filter((count) => count < 5).length).to.be.greaterThan(3)
  })
})

describe('the folder of a demonstration', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'demo-test-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is found again with its accounts once it is finished', () => {
    const kept = join(dir, 'kept')
    const first = openDemoFolder(kept)
    const accounts = [{ login: 'a', password: 'p', name: 'A' }]
    first.finish(accounts)
    first.discard()
    const again = openDemoFolder(kept)
    expect(first.accounts).to.equal(null)
    expect(again).to.deep.include({ accounts, secret: first.secret, dataDir: join(kept, 'data') })
    expect(statSync(join(kept, 'demo.json')).mode & 0o077, 'readable by its owner alone').to.equal(0)
  })

  it('is refused when it holds something else, or a demonstration cut short', () => {
    writeFileSync(join(dir, 'thesis.doc'), '')
    expect(() => openDemoFolder(dir)).to.throw('holds no finished demonstration')
  })

  it('goes when it was not named', () => {
    const folder = openDemoFolder()
    expect(statSync(folder.dataDir).isDirectory()).to.equal(true)
    folder.discard()
    expect(() => statSync(folder.dataDir)).to.throw('ENOENT')
  })
})

describe('the port of a demonstration', () => {
  it('is the one wished for, or another when that is in use', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const held = typeof address === 'object' && address ? address.port : 0
    const other = await freePort(held, '127.0.0.1')
    expect(other).not.to.equal(held)
    await new Promise((resolve) => holder.close(resolve))
    expect(await freePort(held, '127.0.0.1')).to.equal(held)
  })
})
