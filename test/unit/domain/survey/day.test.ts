import { expect } from 'chai'
import { addDays, addMonths, cityDay, isIsoDay, isWithin, monthOf } from '../../../../server/domain/survey/day.js'

describe('days in Ho Chi Minh City', () => {
  it('begin seven hours before the days of UTC', () => {
    expect(cityDay(new Date('2026-03-31T16:59:59.999Z'))).to.equal('2026-03-31')
    expect(cityDay(new Date('2026-03-31T17:00:00Z'))).to.equal('2026-04-01')
  })

  it('are calendar days or nothing', () => {
    expect(['2024-02-29', '2026-02-29', '2026-13-01', '2026-1-1', 'today'].map(isIsoDay)).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('are counted across months and years', () => {
    expect(addDays('2025-12-31', 1)).to.equal('2026-01-01')
    expect(addDays('2024-03-01', -1)).to.equal('2024-02-29')
    expect(addMonths('2026-11-22', -11)).to.equal('2025-12-01')
    expect(monthOf('2026-11-22')).to.equal('2026-11-01')
    expect(() => addDays('2026-02-30', 1)).to.throw(RangeError)
  })

  it('lie in a stretch up to, not on, its end', () => {
    expect(isWithin('2025-06-30', null, '2025-07-01')).to.equal(true)
    expect(isWithin('2025-07-01', null, '2025-07-01')).to.equal(false)
    expect(isWithin('2025-07-01', '2025-07-01', null)).to.equal(true)
  })
})
