import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { loadSurveys, writeBuiltData } from '../../../../server/features/survey-data/index.js'
import { projectDir } from '../../../../server/platform/paths.js'

describe('loading the survey data', () => {
  let dir: string
  let log: string[]
  const surveysDir = () => join(dir, 'surveys')
  const builtFile = () => join(dir, 'survey-data.json')
  const load = () => loadSurveys(dir, (line) => log.push(line), builtFile())
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(path, change(readFileSync(path, 'utf8')))

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-surveys-'))
    log = []
    cpSync(join(projectDir(), 'surveys'), surveysDir(), { recursive: true })
    cpSync(join(projectDir(), 'views/text'), join(dir, 'views/text'), { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('gives from what was built exactly what the files say', () => {
    const { registry, services, texts: _, ...plain } = load()
    writeBuiltData(surveysDir(), builtFile())
    const { registry: builtRegistry, services: builtServices, texts: _built, ...builtPlain } = load()
    expect(builtPlain).to.deep.equal(plain)
    expect(builtRegistry.all()).to.deep.equal(registry.all())
    expect(builtRegistry.events()).to.deep.equal(registry.events())
    expect(builtServices.all()).to.deep.equal(services.all())
    expect(log).to.deep.equal([])
  })

  it('reads what was built, not the files', () => {
    writeBuiltData(surveysDir(), builtFile())
    edit(builtFile(), (text) => text.replaceAll('Phường Sài Gòn', 'Phường In Built'))
    expect(load().registry.nameOf('p-sai-gon', '2026-01-01').vi).to.equal('Phường In Built')
  })

  it('reads the files, and says so, when one has changed since the build', () => {
    writeBuiltData(surveysDir(), builtFile())
    edit(join(surveysDir(), 'units/wards-2025.yaml'), (text) => text.replaceAll('Phường Sài Gòn', 'Phường Đổi Tên'))
    expect(load().registry.nameOf('p-sai-gon', '2026-01-01').vi).to.equal('Phường Đổi Tên')
    expect(log).to.have.lengthOf(1)
    expect(log[0]).to.include('build again')
  })

  it('refuses faulty files that were sound when they were built', () => {
    writeBuiltData(surveysDir(), builtFile())
    edit(join(surveysDir(), 'services.yaml'), (text) => text.replace('- code: ', '- cod: '))
    expect(load).to.throw('services.yaml:')
  })

  it('reads the files when one is new', () => {
    writeBuiltData(surveysDir(), builtFile())
    cpSync(join(surveysDir(), 'roles/citizen.yaml'), join(surveysDir(), 'roles/unknown.yaml'))
    expect(load).to.throw('unknown.yaml')
  })

  it('does not build from faulty files', () => {
    edit(join(surveysDir(), 'services.yaml'), (text) => text.replace('- code: ', '- cod: '))
    expect(() => writeBuiltData(surveysDir(), builtFile())).to.throw('services.yaml:')
  })
})
