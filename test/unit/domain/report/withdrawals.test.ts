import { expect } from 'chai'
import { countedBlocks } from '../../../../server/domain/report/counted-blocks.js'
import { withdrawals } from '../../../../server/domain/report/protect-answers.js'
import { partGroups } from '../../../../server/domain/report/report-group.js'
import { part, responses } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const WHOLE = { service: null, period: { from: null, to: null } }
const UNIT = { uid: 'q1', name: { vi: 'Quận 1', en: 'District 1' } }
const [FEW, ALSO_FEW] = ['month 2026-02-01', 'month 2026-05-01']
const [FORTY, FIFTY] = ['month 2026-03-01', 'month 2026-04-01']

/** Three people in February and in May, fifty in April, forty in March; everybody is satisfied with everything. */
const blocks = countedBlocks({
  questionnaire: { hash: 'abc', questionnaire: tinyQuestionnaire() },
  groups: partGroups(
    [
      { ...part('2026-02-01', responses(3, 3)), ...WHOLE },
      { ...part('2026-05-01', responses(3, 3)), ...WHOLE },
      { ...part('2026-04-01', responses(50, 50)), ...WHOLE },
      { ...part('2026-03-01', responses(40, 40)), ...WHOLE },
    ],
    'month',
    UNIT,
    WHOLE,
  ),
})
const groupsIn = (places: readonly string[] = []) => [...new Set(places.map((place) => place.split('|')[0]))]

describe('what gives way for a figure that nothing protects', () => {
  it('is what tells of it, in its group and above: its line, and the composites over it alone', () => {
    const steps = withdrawals(blocks, `${FEW}|item C1`, new Set())
    expect(steps).to.have.length(1)
    expect(groupsIn(steps[0])).to.have.members(['total', FEW])
    expect(steps[0]).to.include('total|item C1')
    expect(steps[0]!.some((place) => place.includes('|item ') && !place.endsWith('|item C1'))).to.equal(false)
  })

  it('is one other part after the other where the roll-up was seen, those of fewest people first', () => {
    const [, ...others] = withdrawals(blocks, `${FEW}|item C1`, new Set(['total|item C1']))
    expect(others.map(groupsIn)).to.deep.equal([[ALSO_FEW], [FORTY], [FIFTY]])
  })
})
