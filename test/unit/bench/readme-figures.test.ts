import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../server/platform/paths.js'
import { figuresOf, withFigures } from '../../bench/support/readme-figures.js'
import { type Results, readResults } from '../../bench/support/results.js'

const readme = readFileSync(join(projectDir(), 'README.md'), 'utf8')

/** What a bench says of itself, with figures of its own. */
const result = (figures: Readonly<Record<string, unknown>>) => ({
  measuredOn: '2026-11-25',
  machine: { cpu: 'CPU', cores: 2, memoryGb: 24, node: 'v20.19.0', lmdb: '1', express: '2', mongoose: '3' },
  calibration: { loopMegaSteps: 500, syncsPerSecond: 1000 },
  load: 0.4,
  seed: 'bench',
  ...figures,
})

describe('the figures of the README', () => {
  it('are those of the kept results (else: npm run bench -- readme)', () => {
    expect(withFigures(readme, readResults())).to.equal(readme)
  })

  it('change with the results', () => {
    const api = { completedPerSecond: 812.3, p50Ms: 30.12, p95Ms: 50, p99Ms: 77.7, serverCpuMs: 1.2 }
    const results: Results = { intake: result({ embedded: { apiCitizen: api } }) }
    const written = withFigures(readme, results)
    expect(written).to.include("| API, citizens' form | 812 | 30.1 ms | 50 ms | 77.7 ms | 1.2 ms |")
    expect(written).to.include('2026-11-25, 2 cores of CPU, 24 GB, Node 20.19.0, seed `bench`, load 0.4.')
    expect(written).not.to.include('page by page')
    expect(withFigures(written, readResults())).to.equal(readme)
  })

  it('say what was not measured', () => {
    const page = { warm: { p50Ms: 41.26 }, afterRestartMs: 812.7, readyMs: 640, idle: { residentMb: 171 } }
    const text = figuresOf({ reports: result({ sizes: { 100000: { cityPage: page }, 10000: {} } }) })
    expect(text).to.include('| city report, page | not measured | 41.3 ms (813 ms) |')
    expect(text).to.include('|  | 10,000 | 100,000 |')
  })

  it('say what a release costs', () => {
    const size = { responsesPerSecond: 5782, seconds: 17.3, cores: 1.1, mostHeldMb: 914, bundleMb: 110.8 }
    const text = figuresOf({ releases: result({ sizes: { 100000: size } }) })
    expect(text)
      .to.include('| drafted, responses a second | 5,782 |')
      .and.include('| most memory of its own | 914 MB |')
    expect(text).to.include('| bundle sent, a second | not measured |')
  })

  it('need their place', () => {
    expect(() => withFigures('# Nothing', {})).to.throw('README.md needs the lines')
  })
})
