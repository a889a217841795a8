import { expect } from 'chai'
import { clocksOf, isLate, type Timed } from '../../../../server/domain/privacy/data-request.js'
import { addWorkingDays, isWorkingDay } from '../../../../server/domain/privacy/working-days.js'

describe('working days', () => {
  it('leave out weekends and holidays with a fixed date', () => {
    // 2026-11-27 is a Friday.
    expect(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map(isWorkingDay)).to.deep.equal([
      true,
      false,
      false,
      true,
    ])
    expect(['2026-01-01', '2026-04-30', '2026-05-01', '2026-09-02'].some(isWorkingDay)).to.equal(false)
  })

  it('count from the day after', () => {
    expect(addWorkingDays('2026-11-26', 2)).to.equal('2026-11-30')
    expect(addWorkingDays('2026-11-28', 1)).to.equal('2026-11-30')
    // Wednesday 29 April: 30 April and 1 May are holidays, then a weekend.
    expect(addWorkingDays('2026-04-29', 2)).to.equal('2026-05-05')
    expect(addWorkingDays('2026-12-31', 1)).to.equal('2027-01-04')
    expect(addWorkingDays('2026-11-26', 0)).to.equal('2026-11-26')
  })

  it('never make a deadline later than with more holidays', () => {
    // Tết 2027 (6 February) counts as work here: ten days from 1 February end on the 15th, however long offices are closed.
    expect(addWorkingDays('2027-02-01', 10)).to.equal('2027-02-15')
  })
})

describe('clocks of a request about one’s data', () => {
  const timed = (changed: Partial<Timed>): Timed => ({
    kind: 'see',
    state: 'received',
    receivedOn: '2026-11-02',
    isExtended: false,
    ...changed,
  })

  it('run two working days to acknowledge and ten to twenty to fulfil, by kind', () => {
    // 2 November 2026 is a Monday.
    expect(clocksOf(timed({}))).to.deep.equal({
      acknowledgeBy: '2026-11-04',
      fulfilBy: '2026-11-16',
      due: '2026-11-04',
    })
    expect(clocksOf(timed({ kind: 'withdraw' })).fulfilBy).to.equal('2026-11-23')
    expect(clocksOf(timed({ kind: 'delete' })).fulfilBy).to.equal('2026-11-30')
    expect(clocksOf(timed({ kind: 'withdraw', isExtended: true })).fulfilBy).to.equal('2026-12-14')
  })

  it('name the step that is due, and none once the request is closed', () => {
    expect(clocksOf(timed({ state: 'acknowledged' })).due).to.equal('2026-11-16')
    expect(clocksOf(timed({ state: 'fulfilled' })).due).to.equal(null)
  })

  it('are late on the day after the last', () => {
    expect(isLate(timed({}), '2026-11-04')).to.equal(false)
    expect(isLate(timed({}), '2026-11-05')).to.equal(true)
    expect(isLate(timed({ state: 'acknowledged' }), '2026-11-05')).to.equal(false)
    expect(isLate(timed({ state: 'refused' }), '2027-11-05')).to.equal(false)
  })
})
