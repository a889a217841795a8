import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { criteriaOf } from '../../../../server/domain/method/method.js'
import { checkMethodFiles, loadMethods } from '../../../../server/features/methods/index.js'
import { loadPublishedQuestionnaires } from '../../../../server/features/questionnaires/index.js'
import { projectDir } from '../../../../server/platform/paths.js'

const SURVEYS = join(projectDir(), 'surveys')
const questionnaires = loadPublishedQuestionnaires(join(SURVEYS, 'questionnaires/published')).map(
  ({ questionnaire }) => questionnaire,
)

describe('loading the methods', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-methods-'))
    cpSync(join(SURVEYS, 'methods'), dir, { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function change(name: string, from: string, to: string) {
    const file = join(dir, name)
    const text = readFileSync(file, 'utf8')
    expect(text).to.include(from)
    writeFileSync(file, text.replace(from, to))
  }
  const problems = () =>
    checkMethodFiles(dir, questionnaires).flatMap((one) => (one.kind === 'invalid' ? one.problems : []))

  it('finds the eight methods of the project sound, and fit for the published questionnaires', () => {
    const methods = loadMethods(dir, questionnaires)
    expect(methods.map(({ id }) => id)).to.deep.equal([
      'acsi',
      'csm-arta',
      'ddci-hcm',
      'decree-61-2018',
      'gds',
      'hids-2013',
      'sipas-2017',
      'sipas-2023',
    ])
    const sipas = methods.find(({ id }) => id === 'sipas-2017')!
    expect(sipas.index.parts!.map((factor) => criteriaOf(factor).length)).to.deep.equal([4, 5, 6, 3, 4])
    for (const method of methods) expect(method.unconfirmed.length, method.id).to.be.greaterThan(0)
  })

  it('refuses an item that the questionnaire does not rate', () => {
    change('sipas-2017.yaml', 'TT1: B1', 'TT1: H1')
    expect(problems()).to.have.lengthOf(1)
    expect(problems()[0]?.message).to.include('H1 is no rating item there [not_rated]')
    const lines = readFileSync(join(dir, 'sipas-2017.yaml'), 'utf8').split('\n')
    expect(lines[problems()[0]!.line - 1]).to.include('TT1: H1')
  })

  it('refuses a negative statement taken for a positive one', () => {
    change('ddci-hcm.yaml', 'isReversed: true', 'isReversed: false')
    expect(problems().map(({ message }) => message)).to.deep.equal([
      'fits.0: K1: K1 is a negative statement there [other_direction]',
    ])
  })

  it('refuses an unknown questionnaire, a scale the items do not have and a second file of one version', () => {
    change('gds.yaml', 'questionnaire: counter', 'questionnaire: kiosk')
    change('acsi.yaml', 'fits: []', 'fits: [{ questionnaire: counter, versions: ["2026.1"], items: { IDEAL: G1 } }]')
    cpSync(join(dir, 'csm-arta.yaml'), join(dir, 'csm-arta-2026.1.yaml'))
    cpSync(join(dir, 'hids-2013.yaml'), join(dir, 'other.yaml'))
    const messages = problems().map(({ message }) => /\[(\w+)\]/.exec(message)?.[1])
    expect(messages).to.have.members([
      'unknown_questionnaire',
      'other_scale',
      'duplicate_method',
      'file_name',
      'duplicate_method',
    ])
  })

  it('does not load a folder with a fault, and names it', () => {
    change('gds.yaml', '"5": 100', '"6": 100')
    expect(() => loadMethods(dir, questionnaires)).to.throw(Error, /gds\.yaml:\d+: points: .*\[points_incomplete\]/)
  })
})
