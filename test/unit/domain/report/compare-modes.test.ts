import { expect } from 'chai'
import { companionWaves } from '../../../../server/domain/report/companion-waves.js'
import { compareModes } from '../../../../server/domain/report/compare-modes.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { modeComparisonRows } from '../../../../server/domain/report/mode-comparison-rows.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { wave } from '../../../support/builders.js'
import { expectClose } from '../../../support/close.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const parents = { q1: 'city', q3: 'city', q5: 'city' }

function reportIn(mode: Mode, cells: Readonly<Record<string, readonly [number, number]>>): IndexReport {
  const parts = Object.entries(cells).map(([uid, [n, satisfied]]) => part(uid, responses(n, satisfied)))
  return { ...unitReport(parts, parents, 'single_item'), wave: wave({ id: `2026-${mode}`, mode }) }
}

describe('modes side by side', () => {
  // Acceptance value H1: 300 of 400 against 330 of 400.
  const home = reportIn('face_to_face', { q1: [400, 300] })
  const kiosk = reportIn('kiosk', { q1: [400, 330] })

  it('give the gap and interval of acceptance value H1, measured from the independent mode', () => {
    const { reference, pairs } = compareModes([kiosk, home])
    expect(reference.wave.mode).to.equal('face_to_face')
    const gap = pairs[0]!.rows[0]!.gap!
    expectClose(gap.points, 7.5, 1e-9)
    expectClose(gap.lowPoints, 1.828963, 1e-6)
    expectClose(gap.highPoints, 13.120115, 1e-6)
    expect(gap.adjustedP).to.be.closeTo(0.009519, 5e-7)
    expect(pairs[0]!.unitRows.map(({ group }) => group.unitUid)).to.deep.equal(['q1'])
  })

  it('hold no figure over both modes', () => {
    const rows = [...modeComparisonRows(compareModes([kiosk, home]))]
    const bases = rows.flatMap((row) => [row.reference_n_valid, row.n_valid])
    expect(new Set(bases)).to.deep.equal(new Set([400]))
    // Pooled it would be 630 of 800, 78.75 %.
    expect(JSON.stringify(rows)).to.not.include('78.75')
    expect(rows[0]).to.deep.include({ reference_top_two_percent: 75, top_two_percent: 82.5 })
  })

  it('have a gap only where both figures are shown, and units only there', () => {
    const little = reportIn('kiosk', { q1: [400, 330], q3: [12, 12], q5: [80, 60] })
    const { pairs } = compareModes([little, reportIn('face_to_face', { q1: [20, 10], q3: [100, 50], q5: [90, 50] })])
    expect(pairs[0]!.unitRows.map(({ group }) => group.unitUid)).to.deep.equal(['q5'])
    const text = JSON.stringify([...modeComparisonRows({ ...compareModes([little, home]) })])
    expect(text).to.not.include('"unit_uid":"q3"')
  })

  it('adjust for several modes compared, and refuse two waves of one mode', () => {
    const web = reportIn('web', { q1: [400, 310] })
    const { pairs } = compareModes([web, kiosk, home])
    expect(pairs.map(({ report }) => report.wave.mode)).to.deep.equal(['web', 'kiosk'])
    // Two comparisons: the smaller p is doubled (Holm).
    expect(pairs[1]!.rows[0]!.gap!.adjustedP).to.be.closeTo(2 * 0.009519, 1e-6)
    expect(() => compareModes([home, home])).to.throw(RangeError)
    expect(() => compareModes([])).to.throw(RangeError)
  })

  it('set questions of another questionnaire side by side only in the same words', () => {
    const other = { ...kiosk, questionnaire: { ...kiosk.questionnaire, hash: 'other' } }
    const [pair] = compareModes([other, home]).pairs
    expect(pair!.isSameQuestionnaire).to.equal(false)
    expect(pair!.rows.every(({ line }) => line.level === 'criterion')).to.equal(true)
    expect(pair!.rows.map(({ line }) => line.code)).to.include('G1')
    const reworded = {
      ...other,
      lines: other.lines.map((line) =>
        line.item?.code === 'G1' ? { ...line, item: { ...line.item, text: { vi: 'Khác', en: 'Other' } } } : line,
      ),
    }
    expect(compareModes([reworded, home]).pairs[0]!.rows.map(({ line }) => line.code)).to.not.include('G1')
  })
})

describe('waves that can stand beside one', () => {
  const web = wave({ id: 'web', mode: 'web' })
  const none = { from: null, to: null }
  const idsOf = (...others: readonly ReturnType<typeof wave>[]) =>
    companionWaves(web, [web, ...others], none).waves.map(({ id }) => id)

  it('ask the same respondents in another mode at the same time, and are as real', () => {
    expect(
      idsOf(
        wave({ id: 'business', mode: 'kiosk', respondentType: 'business' }),
        wave({ id: 'same-mode', mode: 'web' }),
        wave({ id: 'later', mode: 'kiosk', opensOn: '2027-01-01', closesOn: '2028-01-01' }),
        wave({ id: 'simulated', mode: 'kiosk', isSimulated: true }),
      ),
    ).to.deep.equal([])
    expect(idsOf(wave({ id: 'kiosk', mode: 'kiosk' }), wave({ id: 'home', mode: 'face_to_face' }))).to.deep.equal([
      'home',
      'kiosk',
    ])
  })

  it('are one a mode: with the same questionnaire first, then with more days in common', () => {
    const short = { opensOn: '2026-03-01', closesOn: '2026-04-01' }
    const same = wave({ id: 'same', mode: 'kiosk', ...short })
    const longer = wave({ id: 'longer', mode: 'kiosk', opensOn: '2026-03-01', closesOn: '2026-06-01' })
    expect(idsOf(wave({ id: 'other', mode: 'kiosk', questionnaireHash: 'x' }), same)).to.deep.equal(['same'])
    expect(idsOf(same, longer)).to.deep.equal(['longer'])
  })

  it('are compared over the days that all have in common, within what the reader chose', () => {
    const home = wave({ id: 'home', mode: 'face_to_face', opensOn: '2026-04-01', closesOn: '2026-10-01' })
    expect(companionWaves(web, [home], none).period).to.deep.equal({ from: '2026-04-01', to: '2026-10-01' })
    expect(companionWaves(web, [home], { from: '2026-05-01', to: null }).period.from).to.equal('2026-05-01')
    expect(companionWaves(web, [wave({ id: 'kiosk', mode: 'kiosk' })], none).period).to.deep.equal(none)
  })
})
