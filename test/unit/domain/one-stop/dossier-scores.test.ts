import { expect } from 'chai'
import { type DossierScore, scoreAgencies } from '../../../../server/domain/one-stop/dossier-scores.js'
import { readScores, scoreColumns } from '../../../../server/domain/one-stop/read-scores.js'
import { projectMethod } from '../../../support/methods.js'

const DECREE = projectMethod('decree-61-2018')
const CODES = ['TC1', 'TC2', 'TC3', 'TC4', 'TC5', 'TC6', 'TC7', 'TC8', 'TC9']

let number = 0
/** A rating of a dossier: points of the nine criteria in order, `-` for one that was not rated. */
function rating(unitUid: string, by: DossierScore['by'], points: string): DossierScore {
  number += 1
  const given = [...points].map((point, i) => [CODES[i]!, point === '-' ? null : Number(point)] as const)
  return { dossier: `HS-${number}`, unitUid, day: '2025-03-10', by, points: Object.fromEntries(given) }
}

describe('points of one-stop agencies', () => {
  it('are means over dossiers, the total their sum, standard 2 and 18', () => {
    // TC1: (2 + 1) / 2 = 1.5, all others 2: 1.5 + 8 · 2 = 17.5.
    const [agency] = scoreAgencies(DECREE, [rating('a', 'self', '222222222'), rating('a', 'self', '122222222')])
    expect(agency!.criteria.map(({ code, standard }) => `${code} ${standard}`)).to.deep.equal(
      CODES.map((code) => `${code} 2`),
    )
    expect(agency!.criteria[0]!.points).to.deep.equal({ self: 1.5, verified: null })
    expect(agency!.totals).to.deep.equal({ self: 17.5, verified: null })
    expect(agency!.dossierCounts).to.deep.equal({ self: 2, verified: 0 })
  })

  it('give class and rank by the verified total alone, however an agency rates itself', () => {
    const agencies = scoreAgencies(DECREE, [
      rating('vain', 'self', '222222222'),
      rating('vain', 'verified', '111111111'),
      rating('plain', 'self', '111111111'),
      rating('plain', 'verified', '222222211'),
      rating('unseen', 'self', '222222222'),
    ])
    expect(
      agencies.map(({ unitUid, totals, class: own, rank }) => [unitUid, totals.verified, own?.code ?? null, rank]),
    ).to.deep.equal([
      ['plain', 16, 'excellent', 1],
      ['unseen', null, null, null],
      ['vain', 9, 'fair', 2],
    ])
  })

  for (const [points, total, expected] of [
    ['222222210', 15, 'excellent'],
    ['222222200', 14, 'good'],
    ['222222000', 12, 'good'],
    ['222221000', 11, 'fair'],
    ['111111111', 9, 'fair'],
    ['111111110', 8, 'average'],
    ['111111000', 6, 'average'],
    ['111110000', 5, 'weak'],
    ['000000000', 0, 'weak'],
  ] as const)
    it(`class ${total} of 18 as ${expected}`, () => {
      const [agency] = scoreAgencies(DECREE, [rating('a', 'verified', points)])
      expect([agency!.totals.verified, agency!.class?.code]).to.deep.equal([total, expected])
    })

  it('share a rank where totals are equal, and the next is as many places lower', () => {
    // 0.1 + 0.2 style sums: thirds in another order must still be equal.
    const thirds = (unitUid: string, order: readonly string[]) =>
      order.map((points) => rating(unitUid, 'verified', points))
    const agencies = scoreAgencies(DECREE, [
      ...thirds('a', ['211111111', '121111111', '112111111']),
      ...thirds('b', ['111111112', '111111121', '111111211']),
      rating('c', 'verified', '111111111'),
      rating('d', 'verified', '222222222'),
    ])
    expect(agencies.map(({ unitUid, rank }) => `${unitUid}${rank}`)).to.deep.equal(['a2', 'b2', 'c4', 'd1'])
  })

  it('have no total, class or rank where a criterion was rated nowhere; a blank is not nought', () => {
    const [agency] = scoreAgencies(DECREE, [rating('a', 'verified', '22222222-'), rating('a', 'verified', '22222222-')])
    expect([agency!.totals.verified, agency!.class, agency!.rank]).to.deep.equal([null, null, null])
    expect(agency!.criteria.at(-1)!.points.verified).to.equal(null)
    // One of two dossiers rated: its mean is that of the one.
    const [half] = scoreAgencies(DECREE, [rating('a', 'verified', '22222222-'), rating('a', 'verified', '222222221')])
    expect(half!.criteria.at(-1)!.points.verified).to.equal(1)
  })
})

describe('a table of ratings', () => {
  const rules = {
    method: DECREE,
    from: '2025-01-01',
    to: '2026-01-01',
    isAgency: (uid: string, on: string) => uid === 'a' && on < '2025-07-01',
  }
  const cells = (changed: Record<string, string> = {}) => ({
    agency: 'a',
    dossier: 'HS-1',
    day: '2025-03-10',
    by: 'self',
    ...Object.fromEntries(CODES.map((code) => [code, '2'])),
    ...changed,
  })
  const faultsOf = (...rows: Record<string, string>[]) =>
    readScores(
      rows.map((row, i) => ({ line: i + 2, cells: row })),
      rules,
    ).faults.map(({ line, column, message }) => `${line} ${column}: ${message}`)

  it('has its columns from the method', () => {
    expect(scoreColumns(DECREE)).to.deep.equal(['agency', 'dossier', 'day', 'by', ...CODES])
  })

  it('is read, blanks as not rated', () => {
    const { scores, faults } = readScores([{ line: 2, cells: cells({ TC9: '' }) }], rules)
    expect(faults).to.deep.equal([])
    expect(scores[0]!.points).to.include({ TC1: 2, TC9: null })
  })

  it('names every fault with its line and column', () => {
    expect(faultsOf(cells({ TC3: '3', TC4: 'x', TC5: '1.5' }))).to.deep.equal([
      '2 TC3: is 0, 1, 2 or nothing, not "3"',
      '2 TC4: is 0, 1, 2 or nothing, not "x"',
      '2 TC5: is 0, 1, 2 or nothing, not "1.5"',
    ])
    expect(faultsOf(cells({ by: 'me', dossier: '=1+1' }))).to.have.length(2)
    expect(faultsOf(cells({ day: '10/03/2025' }))[0]).to.include('2025-06-30')
    expect(faultsOf(cells({ day: '2026-01-01' }))[0]).to.include('lies outside')
    expect(faultsOf(cells({ day: '2025-08-01' }))).to.deep.equal(['2 agency: no agency "a" on 2025-08-01'])
  })

  it('refuses the same dossier rated twice by the same, not by both', () => {
    expect(faultsOf(cells(), cells({ by: 'verified' }))).to.deep.equal([])
    expect(faultsOf(cells(), cells({ TC1: '0' }))).to.deep.equal(['3 dossier: was rated by self on line 2 already'])
  })
})
