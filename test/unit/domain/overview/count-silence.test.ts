import { expect } from 'chai'
import { countSilence } from '../../../../server/domain/overview/count-silence.js'
import { cityReport, kindOf, nowReport, uidsOf } from '../../../support/overview-city.js'
import { responses } from '../../../support/report-data.js'

describe('units of which too little is heard', () => {
  it('are counted by kind: nothing, fewer than 30 complete responses, 30 or more', () => {
    const { kinds, quiet, enoughCount } = countSilence(nowReport(), kindOf)
    expect(enoughCount).to.equal(30)
    expect(kinds).to.deep.equal([
      { kind: 'quan', inScope: 5, silent: 0, few: 0, enough: 5 },
      { kind: 'phuong', inScope: 3, silent: 1, few: 1, enough: 1 },
    ])
    expect(uidsOf(quiet)).to.deep.equal(['w2', 'w1'])
  })

  it('are heard enough from 30 complete responses on, whatever else was received', () => {
    const partial = responses(40, 20).map((one) => ({ ...one, disposition: 'partial' as const }))
    const report = cityReport({ w1: responses(30, 20), w2: responses(29, 20), w3: partial })
    const { quiet } = countSilence(report, kindOf)
    expect(quiet.map(({ block, hearing }) => [block.group.unitUid, block.responseCount, hearing])).to.deep.equal([
      ['w3', 0, 'few'],
      ['w2', 29, 'few'],
    ])
  })
})
