import { join } from 'node:path'
import { expect } from 'chai'
import type { Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import { readMethodFile } from '../../../../server/features/methods/index.js'
import { methodsFor, misfitsOf } from '../../../../server/features/questionnaire-desk/misfits.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { projectQuestionnaire } from '../../../support/project-files.js'

const read = readMethodFile(join(projectDir(), 'surveys/methods/sipas-2017.yaml'))
const method = read.kind === 'valid' ? read.method : undefined
const citizen = projectQuestionnaire('citizen')
const without = (code: string): Questionnaire => ({
  ...citizen,
  sections: citizen.sections.map((section) => ({
    ...section,
    items: section.items.filter((item) => item.code !== code),
  })),
})
const roles = { questionnaire: 'citizen', demographics: ['P2'], wishes: null, comments: 'H7', negatives: [] }

describe('files beside a questionnaire', () => {
  it('fit the version they were written for', () => {
    expect(misfitsOf(citizen, { roles: [], methods: [method!] })).to.deep.equal([])
    expect(methodsFor(citizen, [method!])).to.deep.equal(['sipas-2017'])
  })

  it('do not fit where a question is gone that a method or the analysis stands on', () => {
    const [[, item = ''] = []] = Object.entries(method!.fits[0]!.items)
    const gone = misfitsOf(without(item), { roles: [], methods: [method!] })
    expect(gone.map((one) => one.file)).to.include('method')
    expect(gone[0]).to.deep.include({ file: 'method', method: 'sipas-2017' })
    expect(misfitsOf(without('H7'), { roles: [{ ...roles, demographics: [] }], methods: [] })).to.deep.equal([
      { file: 'roles', code: 'unknown_item', name: 'H7' },
    ])
  })

  it('say nothing of versions that a method does not name, nor of other questionnaires', () => {
    const next = { ...without('B1'), version: '2027.1' }
    expect(misfitsOf(next, { roles: [], methods: [method!] })).to.deep.equal([])
    expect(methodsFor(next, [method!])).to.deep.equal([])
    expect(misfitsOf({ ...without('H7'), id: 'other' }, { roles: [roles], methods: [] })).to.deep.equal([])
  })
})
