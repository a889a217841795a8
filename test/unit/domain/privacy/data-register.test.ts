import { expect } from 'chai'
import { DATA_REGISTER } from '../../../../server/domain/privacy/data-register.js'
import { STORED_DATA } from '../../../../server/domain/privacy/stored-data.js'

describe('the register of data', () => {
  it('names every collection once, and none that there is not', () => {
    const named = DATA_REGISTER.flatMap(({ collections }) => collections)
    expect(named.toSorted()).to.deep.equal(Object.keys(STORED_DATA).toSorted())
  })

  it('says of what may name staff that it is about them, and of what people said that it is about them', () => {
    const aboutOf = (name: string) => DATA_REGISTER.find(({ collections }) => collections.includes(name))!.about
    for (const [name, holds] of Object.entries(STORED_DATA)) {
      if (holds === 'answers') expect(aboutOf(name), name).to.equal('respondents')
      if (holds === 'staff') expect(aboutOf(name), name).not.to.equal('nobody')
    }
  })
})
