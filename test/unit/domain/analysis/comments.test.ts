import { expect } from 'chai'
import { analysisRows } from '../../../../server/domain/analysis/analysis-rows.js'
import { cases, rowOf, tablesOf } from '../../../support/analysis-city.js'

const LATE = { H7: 'Chờ lâu, xin gọi 0903 123 456' }
const BRIBE = { H7: 'Chờ lâu mà còn đòi phong bì' }

describe('comments of a wave (T11)', () => {
  // 100 cases: 40 write that they waited, 10 of them also of money; 20 write something else; 40 write nothing.
  const responses = [
    ...cases(30, 3, LATE),
    ...cases(10, 2, BRIBE),
    ...cases(20, 4, { H7: 'Tạm được' }),
    ...cases(39, 5),
    ...cases(1, 5, { H7: ' \u200b ' }),
  ].map((one, i) => ({ ...one, submissionId: `case ${i}` }))
  const { tables } = tablesOf(responses)

  it('counts those who commented of all, and topics of those', () => {
    expect(rowOf(tables, 'comments', { code: 'all' })).to.include({ base: 100, n: 60, percent: 60 })
    expect(rowOf(tables, 'comments', { code: 'waiting' })).to.include({ base: 60, n: 40 })
    expect(rowOf(tables, 'comments', { code: 'integrity' })).to.include({ base: 60, n: 10, is_sensitive: true })
    expect(rowOf(tables, 'comments', { code: 'none' })).to.include({ base: 60, n: 20 })
  })

  it('shows comments screened, with their topics, in an order that does not hang on when they came', () => {
    const rows = analysisRows('verbatims', tables)
    expect(rows).to.have.length(60)
    expect(rows.filter(({ text }) => text === 'Chờ lâu, xin gọi [phone]')).to.have.length(30)
    expect(rows.find(({ text }) => text === BRIBE.H7)).to.deep.equal({ text: BRIBE.H7, codes: 'waiting integrity' })
    expect(analysisRows('verbatims', tablesOf(responses.toReversed()).tables)).to.deep.equal(rows)
    const first = rows.slice(0, 30).map(({ text }) => text)
    expect(new Set(first).size, 'mixed').to.equal(3)
  })

  it('keeps accusations out of anything but the whole wave', () => {
    const part = tablesOf(responses, { isWhole: false }).tables
    expect(rowOf(part, 'comments', { code: 'integrity' })).to.include({ status: 'suppressed', n: null })
    expect(analysisRows('verbatims', part)).to.have.length(50)
    expect(JSON.stringify(analysisRows('verbatims', part))).not.to.include('phong bì')
  })

  it('hides topics of few, and every comment where few were written or few answered', () => {
    const few = tablesOf([...cases(60, 4), ...cases(4, 2, LATE)]).tables
    expect(rowOf(few, 'comments', { code: 'all' })).to.include({ status: 'suppressed', n: null })
    expect(few.comments!.verbatims).to.equal(null)
    const thin = tablesOf(cases(29, 4, LATE)).tables
    expect(thin.comments!.verbatims).to.equal(null)
  })

  it('keeps 200 comments at most', () => {
    const many = cases(1000, 4, LATE).map((one, i) => ({ ...one, submissionId: `case ${i}` }))
    expect(tablesOf(many).tables.comments!.verbatims).to.have.length(200)
  })
})
