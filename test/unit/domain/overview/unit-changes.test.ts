import { expect } from 'chai'
import { cityChange, unitChanges } from '../../../../server/domain/overview/unit-changes.js'
import { waveJoin } from '../../../../server/domain/overview/wave-join.js'
import { wavesBefore } from '../../../../server/domain/overview/waves-before.js'
import { wave } from '../../../support/builders.js'
import { beforeReport, cityReport, nowReport, uidsOf } from '../../../support/overview-city.js'
import { projectRegistry } from '../../../support/project-files.js'
import { responses } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

// q5 has other ground than the year before.
const join = { isUnitJoined: (uid: string) => uid !== 'q5' }

describe('units of a city since the wave before', () => {
  const changes = unitChanges([{ report: beforeReport(), join }], nowReport())

  it('fall where the change is more than noise among all changes tested at once', () => {
    // q3: 95 to 80 % on 200 each, z = -4.5356, p = 5.74e-6, times four tests 2.3e-5.
    // q4: 95 to 85 % on 100 each, z = -2.3570, p = 0.0184, times three 0.0553: alone it would be a fall, here it is not.
    expect(uidsOf(changes.falling)).to.deep.equal(['q3'])
    const [fall] = changes.falling
    expect(fall?.change.points).to.be.closeTo(-15, 1e-9)
    expect(fall?.change.adjustedP).to.be.closeTo(4 * 5.744711919e-6, 1e-12)
    const q4 = changes.tested.find(({ block }) => block.group.unitUid === 'q4')
    expect(q4?.change.adjustedP).to.be.closeTo(3 * 0.018422125454, 1e-9)
    expect([changes.aloneCount, changes.risingCount]).to.deep.equal([2, 0])
    // Four tests, of which one in forty falls by chance.
    expect(changes.byChance).to.be.closeTo(0.1, 1e-12)
  })

  it('are told apart by why there is no change to tell', () => {
    expect(Object.fromEntries(changes.states)).to.deep.equal({
      q1: 'tested',
      q3: 'tested',
      q4: 'tested',
      q5: 'not_comparable',
      q6: 'tested',
      w1: 'hidden',
      w2: 'hidden',
      w3: 'new',
    })
  })
})

describe('the city since the wave before', () => {
  const before = cityReport({ q1: responses(100, 60) })
  const after = cityReport({ q1: responses(100, 80) })

  it('is tested by itself', () => {
    // Pooled 0.7: z = 0.2 / sqrt(0.21 x 0.02) = 3.0861, p = 0.0020.
    const change = cityChange(before, after, { breaks: [] })
    expect(change?.z).to.be.closeTo(3.08607, 1e-5)
    expect([change?.verdict, change?.sinceOn]).to.deep.equal(['rise', '2026-01-01'])
  })

  it('is not compared across a break, nor with what is not shown', () => {
    const breaks = [{ kind: 'boundary', cause: 'coverage' }] as const
    expect(cityChange(before, after, { breaks })).to.equal(null)
    expect(cityChange(cityReport({ q1: responses(10, 6) }), after, { breaks: [] })).to.equal(null)
  })
})

describe('units last asked about in different waves', () => {
  it('are each held against the latest wave that asked about them', () => {
    // w3 is not in the wave of 2025; a year earlier it stood at 60 %, q3 at 10 %.
    const older = cityReport(
      { q3: responses(200, 20), w3: responses(100, 60) },
      { id: '2024-web-citizen', opensOn: '2024-01-01' },
    )
    const earlier = [beforeReport(), older].map((report) => ({ report, join }))
    const { tested, falling } = unitChanges(earlier, nowReport())
    const since = Object.fromEntries(tested.map(({ block, wave: from }) => [block.group.unitUid, from.id]))
    expect(since.q3).to.equal('2025-web-citizen')
    expect(since.w3).to.equal('2024-web-citizen')
    // w3: 60 to 40 % on 100 each, pooled 0.5: z = -0.2 / sqrt(0.25 x 0.02) = -2.83, p = 0.0047, times four of five 0.0187.
    expect(uidsOf(falling)).to.deep.equal(['w3', 'q3'])
    expect(falling[0]?.change.adjustedP).to.be.closeTo(4 * 0.004677734981, 1e-9)
  })
})

describe('the waves before', () => {
  it('are the last earlier one, and older ones for units that it did not ask about', () => {
    const now = wave({ id: 'now', unitUids: ['q1', 'w1', 'w9'] })
    const others = [
      wave({ id: 'first', opensOn: '2022-01-01', unitUids: ['q1', 'w1'] }),
      wave({ id: 'wards', opensOn: '2023-01-01', unitUids: ['w1'] }),
      wave({ id: 'none', opensOn: '2024-01-01', unitUids: ['x'] }),
      wave({ id: 'last', opensOn: '2025-01-01', unitUids: ['q1'] }),
    ]
    expect(wavesBefore(now, others).map(({ id }) => id)).to.deep.equal(['last', 'wards'])
  })

  it('are of the same respondents, mode and kind of data', () => {
    const now = wave({ id: 'now', opensOn: '2026-01-01' })
    const others = [
      wave({ id: 'later', opensOn: '2027-01-01' }),
      wave({ id: 'old', opensOn: '2020-01-01' }),
      wave({ id: 'last', opensOn: '2025-01-01' }),
      wave({ id: 'counter', opensOn: '2025-06-01', mode: 'kiosk' }),
      wave({ id: 'firms', opensOn: '2025-06-01', respondentType: 'business' }),
      wave({ id: 'trial', opensOn: '2025-06-01', isSimulated: true }),
    ]
    expect(wavesBefore(now, [now, ...others]).map(({ id }) => id)).to.deep.equal(['last'])
    expect(wavesBefore(now, [now])).to.deep.equal([])
  })
})

describe('two waves joined', () => {
  const measured = (on: string, uids: readonly string[], questionnaire = tinyQuestionnaire(), hash = 'a') => ({
    report: cityReport(Object.fromEntries(uids.map((uid) => [uid, responses(40, 30)])), {
      referenceOn: on,
      opensOn: on,
      closesOn: `${on.slice(0, 4)}-12-31`,
    }),
    questionnaire: { hash, questionnaire },
  })
  const UNITS = ['so-xay-dung', 'so-tu-phap', 'p-ben-thanh']

  it('are comparable on the same ground with the same questions, but for a unit that gave tasks away meanwhile', () => {
    const found = waveJoin(projectRegistry(), measured('2025-08-01', UNITS), measured('2026-01-01', UNITS))
    // The Department of Construction gave planning away on 1 October 2025.
    expect([found.breaks, UNITS.map(found.isUnitJoined)]).to.deep.equal([[], [false, true, true]])
  })

  it('are not for the city and the wards of 1 July 2025, whose ground is another', () => {
    const found = waveJoin(projectRegistry(), measured('2025-05-01', UNITS), measured('2026-01-01', UNITS))
    expect(found.breaks.map(({ kind }) => kind)).to.deep.equal(['boundary'])
    expect(found.isUnitJoined('p-ben-thanh')).to.equal(false)
  })

  it('are for no unit where the questions or the services differ', () => {
    const base = tinyQuestionnaire()
    const reworded = {
      ...base,
      sections: base.sections.map((section) => ({
        ...section,
        items: section.items.map((item) =>
          item.code === base.overallItem ? { ...item, text: { vi: 'khác', en: 'other' } } : item,
        ),
      })),
    }
    const other = waveJoin(
      projectRegistry(),
      measured('2025-08-01', UNITS),
      measured('2026-01-01', UNITS, reworded as typeof base, 'b'),
    )
    expect([other.breaks.map(({ kind }) => kind), other.isUnitJoined('so-tu-phap')]).to.deep.equal([
      ['instrument'],
      false,
    ])
  })
})
