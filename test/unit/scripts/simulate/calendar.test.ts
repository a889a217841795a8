import { expect } from 'chai'
import { byMonth, daysIn, dossierWeight, weekdayOf } from '../../../../scripts/simulate/calendar.js'
import { daysFromTet, LUNAR_NEW_YEARS } from '../../../../scripts/simulate/lunar-new-year.js'
import { cityDay } from '../../../../server/domain/survey/day.js'

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })

/**
 * Day in Viet Nam of a new moon; k = 0 is that of 6 January 2000. Good to a few minutes, and the seconds between
 * terrestrial and universal time are left out.
 *
 * Meeus, J. (1998) Astronomical Algorithms, 2nd edition, chapter 49, the largest terms.
 */
function dayOfNewMoon(k: number): string {
  const t = k / 1236.85
  const e = 1 - 0.002516 * t
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
  const sun = 2.5534 + 29.1053567 * k
  const moon = 201.5643 + 385.81693528 * k
  const node = 160.7108 + 390.67050284 * k
  const julianDay =
    2451550.09766 +
    29.530588861 * k +
    0.00015437 * t * t -
    0.4072 * sin(moon) +
    0.17241 * e * sin(sun) +
    0.01608 * sin(2 * moon) +
    0.01039 * sin(2 * node) +
    0.00739 * e * sin(moon - sun) -
    0.00514 * e * sin(moon + sun) +
    0.00208 * e * e * sin(2 * sun) -
    0.00111 * sin(moon - 2 * node)
  return cityDay(new Date((julianDay - 2440587.5) * 86_400_000))
}

describe('the lunar new year of the simulation', () => {
  it('falls on the day of a new moon in Viet Nam', () => {
    const moons = new Set(Array.from({ length: 260 }, (_, i) => dayOfNewMoon(130 + i)))
    expect(LUNAR_NEW_YEARS.filter((day) => !moons.has(day))).to.deep.equal([])
  })

  it('is that of the first month, by the calendar of ICU', () => {
    // That of 2027 comes four minutes before midnight in Beijing; some versions of ICU are late by a day then.
    const days = LUNAR_NEW_YEARS.filter((day) => day !== '2027-02-06')
    for (const day of days) expect(lunar.format(new Date(`${day}T00:00:00Z`)), day).to.equal('1/1')
    expect(LUNAR_NEW_YEARS.map((day) => Number(day.slice(0, 4)))).to.deep.equal(
      Array.from({ length: LUNAR_NEW_YEARS.length }, (_, i) => 2011 + i),
    )
  })

  it('is day 0 of its year', () => {
    expect(daysFromTet('2026-02-17')).to.equal(0)
    expect(daysFromTet('2026-02-16')).to.equal(-1)
    expect(daysFromTet('2026-03-01')).to.equal(12)
    expect(() => daysFromTet('2010-02-14')).to.throw(RangeError)
  })
})

describe('dossiers of a day', () => {
  it('are none at weekends, on holidays and over Tết', () => {
    for (const day of ['2026-03-07', '2026-03-08', '2026-04-30', '2026-09-02', '2026-02-16', '2026-02-20']) {
      expect(dossierWeight(day), day).to.equal(0)
    }
  })

  it('are most on Mondays, before Tết and in August, and few after Tết', () => {
    expect(dossierWeight('2026-03-16')).to.be.greaterThan(dossierWeight('2026-03-20'))
    expect(dossierWeight('2026-08-12')).to.be.greaterThan(dossierWeight('2026-06-10'))
    const wednesdays = ['2026-02-04', '2026-02-25', '2026-03-18'].map(dossierWeight)
    expect(wednesdays[0]).to.be.greaterThan(wednesdays[2]!)
    expect(wednesdays[1]).to.be.lessThan(wednesdays[2]!)
  })

  it('belong to the month of their day', () => {
    const months = byMonth({ from: '2025-12-30', to: '2026-02-02' })
    expect([...months].map(([month, days]) => [month, days.length])).to.deep.equal([
      ['2025-12-01', 2],
      ['2026-01-01', 31],
      ['2026-02-01', 1],
    ])
    expect(daysIn({ from: '2026-02-27', to: '2026-03-02' })).to.deep.equal(['2026-02-27', '2026-02-28', '2026-03-01'])
    expect(weekdayOf('2026-03-08')).to.equal(0)
  })
})
