import { expect } from 'chai'
import { protectTable } from '../../../../server/domain/disclosure/protect-table.js'
import { golden } from '../../../support/golden.js'
import { flat, nested, randomTable, tableOver } from '../../../support/random-tables.js'
import { type CanBe, readerOf } from '../../../support/table-attack.js'

const THRESHOLD = 5
const { counts_nam_nu, k, primary, complementary } = golden.L1_suppression
const SEXES = ['nam', 'nu'] as const

/** Table L1: districts by sex, with every total. */
const l1 = (() => {
  const places = Object.entries(counts_nam_nu).flatMap(([district, counts]) =>
    SEXES.map((sex, i) => [`${district}|${sex}`, counts[i]!] as const),
  )
  const counts = new Map<string, number>(places)
  const districts = { all: Object.keys(counts_nam_nu), ...Object.fromEntries(rowsOf(Object.keys(counts_nam_nu))) }
  const sexes = { both: [...SEXES], ...Object.fromEntries(rowsOf(SEXES)) }
  return tableOver([districts, sexes], (key) => counts.get(key)!)
})()

function rowsOf(codes: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  return codes.map((code) => [code, []])
}

type Table = ReturnType<typeof tableOver>

/** Hidden cells that a reader bounds more tightly than the threshold does. */
function tooTight({ cells }: Table, hidden: ReadonlySet<string>, threshold: number, canBe: CanBe): readonly string[] {
  const isLoose = (count: number, key: string) =>
    count < threshold
      ? canBe(key, 0, 0) && canBe(key, threshold)
      : Array.from({ length: threshold + 1 }, (_, down) => down).some(
          (down) => canBe(key, 0, count - down) && canBe(key, count - down + threshold),
        )
  return cells.filter(({ key, count }) => hidden.has(key) && !isLoose(count, key)).map(({ key }) => key)
}

const attack = (table: Table, hidden: ReadonlySet<string>, threshold = THRESHOLD) =>
  tooTight(table, hidden, threshold, readerOf({ ...table, hidden }))

const hiddenOf = ({ cells, sums }: Table) => {
  const result = protectTable(cells, sums, THRESHOLD)
  return new Set([...result.primary, ...result.complementary])
}

describe('suppression in tables with margins', () => {
  it('hides exactly the cells of acceptance value L1', () => {
    const result = protectTable(l1.cells, l1.sums, k)
    const name = (cell: readonly string[]) => cell.join('|')
    expect(result.primary).to.deep.equal(primary.map(name))
    expect(result.complementary).to.have.members(complementary.map(name))
    expect(attack(l1, new Set([...result.primary, ...result.complementary]), k)).to.deep.equal([])
  })

  it('finds that blanking the primary cell of L1 alone gives it away: 31 - 28 = 3', () => {
    const naive = new Set(['Q3|nam'])
    const canBe = readerOf({ ...l1, hidden: naive })
    expect([2, 3, 4].map((value) => canBe('Q3|nam', value, value))).to.deep.equal([false, true, false])
    expect(attack(l1, naive, k)).to.deep.equal(['Q3|nam'])
  })

  it('bounds the cells of L1 by what the hidden block leaves', () => {
    // Hidden 3 28 / 6 19: Q3-nam may fall to 0 and rise by min(28, 6) = 6 to 9.
    const hidden = new Set([...primary, ...complementary].map((cell) => cell.join('|')))
    const canBe = readerOf({ ...l1, hidden })
    const possible = Array.from({ length: 12 }, (_, value) => value).filter((value) => canBe('Q3|nam', value, value))
    expect(possible).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('lets nobody bound a hidden count more tightly than the threshold, in 1,000 tables', function () {
    this.timeout(120_000)
    const broken = Array.from({ length: 1000 }, (_, seed) => seed).flatMap((seed) => {
      const table = randomTable(seed)
      return attack(table, hiddenOf(table)).map((key) => `table ${seed}: ${key}`)
    })
    expect(broken).to.deep.equal([])
  })

  it('is needed: most of these tables give a cell away when only small counts are hidden', () => {
    const naive = Array.from({ length: 100 }, (_, seed) => randomTable(seed)).filter((table) => {
      const small = new Set(table.cells.filter(({ count }) => count < THRESHOLD).map(({ key }) => key))
      return attack(table, small).length > 0
    })
    expect(naive.length).to.be.above(50)
  })

  it('hides nothing that could be shown: each cover cell, shown alone, would make some hidden cell too tight', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const table = randomTable(seed)
      const hidden = hiddenOf(table)
      const covers = protectTable(table.cells, table.sums, THRESHOLD).complementary
      const superfluous = covers.filter((key) => {
        const without = new Set([...hidden].filter((one) => one !== key))
        return attack(table, without).length === 0
      })
      expect(superfluous, `table ${seed}`).to.deep.equal([])
    }
  })

  it('hides nothing when every count is large', () => {
    const table = tableOver([flat('a', 3), flat('b', 3)], () => 9)
    expect(protectTable(table.cells, table.sums, THRESHOLD)).to.deep.equal({ primary: [], complementary: [] })
  })

  it('hides margins where inner cells are not enough, and the grand total last', () => {
    const alone = tableOver([flat('a', 1), flat('b', 1)], () => 3)
    expect(hiddenOf(alone).size).to.equal(4)
    // 3 + 4: both small, and each could be anything from 0 to 7.
    const pair = tableOver([flat('a', 2)], (key) => (key === 'a0' ? 3 : 4))
    expect([...hiddenOf(pair)]).to.have.members(['a0', 'a1'])
    // 3 + 1: the district's own total of 4 is small too; it is hidden behind the other district, that behind a ward of its own.
    const counts: Record<string, number> = { 'a0.0': 3, 'a0.1': 1, 'a1.0': 40, 'a1.1': 50 }
    const tree = tableOver([nested('a', [2, 2])], (key) => counts[key]!)
    expect([...hiddenOf(tree)]).to.have.members(['a0', 'a0.0', 'a0.1', 'a1', 'a1.0'])
  })

  it('loses few cells of a table of real size, and does so the same way every time', function () {
    this.timeout(60_000)
    // 16 districts of 7 wards each by 3 services; every ninth ward is small.
    const countOf = (key: string) => {
      const [place, service] = key.split('|') as [string, string]
      const [district, ward] = place.slice(1).split('.').map(Number) as [number, number]
      return (district * 7 + ward) % 9 === 0
        ? (district + ward + Number(service.slice(1))) % 9
        : 30 + 7 * (ward + district)
    }
    const table = tableOver(
      [
        nested(
          'w',
          Array.from({ length: 24 }, () => 7),
        ),
        flat('s', 5),
      ],
      countOf,
    )
    const result = protectTable(table.cells, table.sums, THRESHOLD)
    expect(protectTable(table.cells, table.sums, THRESHOLD)).to.deep.equal(result)
    expect(result.primary).to.have.length.above(50)
    expect(result.complementary.length / table.cells.length).to.be.below(0.08)
    expect(attack(table, new Set([...result.primary, ...result.complementary]))).to.deep.equal([])
  })

  it('refuses what is no table of counts', () => {
    const sums = [{ total: 't', parts: ['a'] }]
    const cells = (a: number, t: number) => [
      { key: 'a', count: a },
      { key: 't', count: t },
    ]
    expect(() => protectTable(cells(1.5, 1.5), sums, 5)).to.throw(RangeError, 'whole numbers')
    expect(() => protectTable(cells(-1, -1), sums, 5)).to.throw(RangeError, 'whole numbers')
    expect(() => protectTable(cells(8, 9), sums, 5)).to.throw(RangeError, 'add up to 8, not 9')
    expect(() => protectTable(cells(8, 8), [{ total: 't', parts: ['b'] }], 5)).to.throw(RangeError, 'names b')
    expect(() => protectTable(cells(8, 8), [...sums, { total: 'a', parts: ['t'] }], 5)).to.throw(RangeError, 'itself')
  })
})
