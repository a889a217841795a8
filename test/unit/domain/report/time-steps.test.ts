import { expect } from 'chai'
import { addUpSteps, startOfStep, stepWithin } from '../../../../server/domain/report/time-steps.js'
import { part, responses } from '../../../support/report-data.js'

describe('steps of time', () => {
  it('begin with the first month of their quarter of the year', () => {
    const days = ['2026-01-01', '2026-03-31', '2026-04-01', '2026-08-21', '2026-12-31']
    expect(days.map((day) => startOfStep(day, 'quarter'))).to.deep.equal([
      '2026-01-01',
      '2026-01-01',
      '2026-04-01',
      '2026-07-01',
      '2026-10-01',
    ])
    expect(startOfStep('2026-08-21', 'month')).to.equal('2026-08-01')
  })

  it('end where the period ends', () => {
    const whole = { from: null, to: null }
    expect(stepWithin('2026-10-01', 'quarter', whole)).to.deep.equal({ from: '2026-10-01', to: '2027-01-01' })
    const part = { from: '2026-11-15', to: '2026-12-24' }
    expect(stepWithin('2026-10-01', 'quarter', part)).to.deep.equal(part)
  })

  it('hold the responses of their months, in order', () => {
    const months = [
      part('2026-04-01', responses(7, 7)),
      part('2026-01-01', responses(40, 10)),
      part('2026-03-01', responses(20, 20)),
    ]
    const steps = addUpSteps(months, 'quarter')
    expect(steps.map(({ key, tally }) => [key, tally.received])).to.deep.equal([
      ['2026-01-01', 60],
      ['2026-04-01', 7],
    ])
  })
})
