import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { planOf } from '../../../../server/domain/analysis/analysis-plan.js'
import { loadPublishedQuestionnaires } from '../../../../server/features/questionnaires/index.js'
import { checkRolesFiles, loadRoles } from '../../../../server/features/wave-analysis/index.js'
import { projectDir } from '../../../../server/platform/paths.js'

const SURVEYS = join(projectDir(), 'surveys')
const questionnaires = loadPublishedQuestionnaires(join(SURVEYS, 'questionnaires/published')).map(
  ({ questionnaire }) => questionnaire,
)

describe('loading the roles of items', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-roles-'))
    cpSync(join(SURVEYS, 'roles'), dir, { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function change(from: string, to: string) {
    const file = join(dir, 'citizen.yaml')
    const text = readFileSync(file, 'utf8')
    expect(text).to.include(from)
    writeFileSync(file, text.replace(from, to))
  }
  const problems = () =>
    checkRolesFiles(dir, questionnaires).flatMap((one) => (one.kind === 'invalid' ? one.problems : []))

  it('finds those of the project sound for every published questionnaire', () => {
    const roles = loadRoles(dir, questionnaires)
    expect(roles.map(({ questionnaire }) => questionnaire)).to.deep.equal(['business', 'citizen', 'counter'])
    for (const questionnaire of questionnaires) {
      const plan = planOf(questionnaire, roles.find((one) => one.questionnaire === questionnaire.id) ?? null)
      expect(plan.factors.length, questionnaire.id).to.be.greaterThan(1)
    }
    const citizen = questionnaires.find(({ id }) => id === 'citizen')!
    const plan = planOf(citizen, roles.find(({ questionnaire }) => questionnaire === 'citizen')!)
    // 22 criteria of the index, and A5, F1, F2 outside it that a wish speaks of.
    expect(plan.criteria).to.have.length(25)
    expect(plan.demographics.map(({ options }) => options.length)).to.deep.equal([3, 5, 7, 7])
    expect(plan.negatives.filter(({ isSensitive }) => isSensitive).map(({ item }) => item)).to.deep.equal(['H4', 'H5'])
  })

  it('names an unknown item, a wrong kind, an unknown option and a double role by line', () => {
    change('demographics: [P1, S2, P3, P4]', 'demographics: [P1, A1, P9, H4]')
    change('adverse: [3, 4]', 'adverse: [3, 7]')
    expect(problems().map(({ line, message }) => `${line} ${message}`)).to.deep.equal([
      '4 demographics.1: A1 does not fit version 2026.1 [wrong_kind]',
      '4 demographics.2: P9 does not fit version 2026.1 [unknown_item]',
      '8 negatives.0.adverse: H1 7 does not fit version 2026.1 [unknown_option]',
      '11 negatives.3.item: H4 does not fit version 2026.1 [named_twice]',
    ])
    expect(() => loadRoles(dir, questionnaires)).to.throw('citizen.yaml:4')
  })

  it('refuses a questionnaire that nobody has, another file name and what is no role', () => {
    change('questionnaire: citizen', 'questionnaire: villagers')
    expect(problems().map(({ message }) => message.match(/\[(\w+)\]$/)?.[1])).to.deep.equal([
      'file_name',
      'unknown_questionnaire',
    ])
    change('wishes: H6', 'wish: H6')
    expect(problems()[0]?.message).to.include('wish')
  })
})
