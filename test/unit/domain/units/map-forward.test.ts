import { expect } from 'chai'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { describeBasis } from '../../../../server/domain/units/describe-basis.js'
import { mapForward } from '../../../../server/domain/units/map-forward.js'
import { golden } from '../../../support/golden.js'
import { projectRegistry } from '../../../support/project-files.js'
import { makeData, makeEvent, makeUnit, part, whole } from '../../../support/unit-fixtures.js'

const [D1, D2] = ['2020-01-01', '2022-01-01']
const count = (uid: string, numerator = 30, denominator = 40) => ({ uid, numerator, denominator })

describe('counts on a later map', () => {
  const real = projectRegistry()

  it('M1: pools the three districts of Thủ Đức City and prints the basis', () => {
    const { Q2, Q9, QThuDuc } = golden.M1_crosswalk.units as Record<'Q2' | 'Q9' | 'QThuDuc', [number, number]>
    const counts = [count('quan-2', ...Q2), count('quan-9', ...Q9), count('quan-thu-duc', ...QThuDuc)]
    const { units, lost } = mapForward(real, counts, { asOf: '2020-06-01', on: '2021-06-01' })
    const [city] = units
    if (city?.kind !== 'exact') throw new Error('Thủ Đức City was not pooled')
    const percent = (city.numerator / city.denominator) * 100
    expect({ uid: city.uid, count: units.length, lost }).to.deep.equal({ uid: 'tp-thu-duc', count: 1, lost: [] })
    expect(percent).to.be.closeTo(golden.M1_crosswalk.pooled_TPThuDuc, 1e-6)
    expect(percent).to.not.be.closeTo(golden.M1_crosswalk.mean_of_pct, 0.5)
    expect(describeBasis(real, city, '2020-06-01')).to.deep.equal({
      vi: 'Gộp nguyên đơn vị: Quận 2 (80/100), Quận 9 (60/120), Quận Thủ Đức (90/150)',
      en: 'Whole units pooled: District 2 (80/100), District 9 (60/120), Thu Duc District (90/150)',
    })
  })

  it('names the district that was not counted', () => {
    const { units } = mapForward(real, [count('quan-2'), count('quan-9')], { asOf: '2020-06-01', on: '2021-06-01' })
    expect(units[0]?.missing).to.deep.equal(['quan-thu-duc'])
    if (units[0]) expect(describeBasis(real, units[0], '2020-06-01').vi).to.match(/Quận Thủ Đức \(chưa có số liệu\)$/)
  })

  it('breaks the series of every ward that took a part of unknown size', () => {
    const counts = [count('quan-1.ben-nghe'), count('quan-1.da-kao')]
    const { units } = mapForward(real, counts, { asOf: '2025-06-01', on: '2025-07-01' })
    expect(units.map(({ uid, kind }) => [uid, kind])).to.have.deep.members([
      ['p-sai-gon', 'broken'],
      ['p-tan-dinh', 'broken'],
    ])
    expect(units[0]).to.not.have.property('numerator')
  })

  it('knows the whole again when all parts of a ward meet (Phường 5 of Quận 6 in Bình Tây)', () => {
    const { units } = mapForward(real, [count('quan-6.p5')], { asOf: '2024-06-01', on: '2025-07-01' })
    expect(units).to.have.length(1)
    expect(units[0]).to.include({ uid: 'p-binh-tay', kind: 'exact', numerator: 30, denominator: 40 })
  })

  const registry = createUnitRegistry(
    makeData(
      [
        makeUnit('a', { validTo: D1 }),
        ...['b', 'c'].map((uid) => makeUnit(uid, { validFrom: D1, validTo: D2 })),
        makeUnit('d', { validFrom: D2 }),
        makeUnit('e'),
      ],
      [
        makeEvent(D1, part('a', 'b', 0.25), part('a', 'c', 0.75)),
        makeEvent(D2, whole('b', 'd'), part('c', 'd', 0.5), part('c', 'e', 0.5)),
      ],
    ),
  )

  it('takes the known share of both counts and says that it is an estimate', () => {
    const { units } = mapForward(registry, [count('a', 40, 80)], { asOf: '2019-01-01', on: D1 })
    expect(units.map((unit) => ({ ...unit, basis: unit.basis.length }))).to.deep.equal([
      { kind: 'estimated', uid: 'b', basis: 1, missing: [], numerator: 10, denominator: 20 },
      { kind: 'estimated', uid: 'c', basis: 1, missing: [], numerator: 30, denominator: 60 },
    ])
  })

  it('multiplies shares along the way and adds what a unit had of its own', () => {
    // d: 0.25 + 0.75 * 0.5 = 0.625 of a; e: 0.75 * 0.5 = 0.375 of a, and all of e
    const { units } = mapForward(registry, [count('a', 80, 160), count('e', 1, 2)], { asOf: '2019-01-01', on: D2 })
    const totals = units.map((unit) => [unit.uid, unit.kind === 'broken' ? null : unit.numerator])
    expect(Object.fromEntries(totals)).to.deep.equal({ d: 50, e: 31 })
  })

  it('knows the whole again when all known shares of a unit meet', () => {
    // All of c goes to d in one registry, so that both shares of a are in it: 0.25 + 0.75.
    const rejoined = createUnitRegistry(
      makeData(
        [
          makeUnit('a', { validTo: D1 }),
          ...['b', 'c'].map((uid) => makeUnit(uid, { validFrom: D1, validTo: D2 })),
          makeUnit('d', { validFrom: D2 }),
        ],
        [makeEvent(D1, part('a', 'b', 0.25), part('a', 'c', 0.75)), makeEvent(D2, whole('b', 'd'), whole('c', 'd'))],
      ),
    )
    const { units } = mapForward(rejoined, [count('a', 40, 80)], { asOf: '2019-01-01', on: D2 })
    expect(units).to.deep.equal([
      {
        kind: 'exact',
        uid: 'd',
        basis: [{ uid: 'a', numerator: 40, denominator: 80, share: 1 }],
        missing: [],
        numerator: 40,
        denominator: 80,
      },
    ])
  })

  it('names a unit that lived on and was not counted itself', () => {
    const data = makeData(
      [makeUnit('kept'), makeUnit('joined', { validTo: D1 })],
      [makeEvent(D1, whole('joined', 'kept'))],
    )
    const { units } = mapForward(createUnitRegistry(data), [count('joined')], { asOf: '2019-01-01', on: D1 })
    expect(units.map(({ uid, missing }) => [uid, missing])).to.deep.equal([['kept', ['kept']]])
  })

  it('names the provinces that joined the city and were not counted', () => {
    const { units } = mapForward(real, [count('tp-ho-chi-minh')], { asOf: '2025-06-01', on: '2025-07-01' })
    expect(units[0]?.missing).to.have.members(['tinh-binh-duong', 'tinh-ba-ria-vung-tau'])
  })

  it('leaves counts alone when nothing happened between the days', () => {
    const { units } = mapForward(registry, [count('e')], { asOf: '2021-01-01', on: '2021-06-01' })
    expect(units[0]).to.include({ uid: 'e', kind: 'exact', numerator: 30, denominator: 40 })
  })

  it('lists counted units that lead to nothing', () => {
    const data = makeData([makeUnit('gone', { validTo: D1, note: 'Closed' })])
    const { units, lost } = mapForward(createUnitRegistry(data), [count('gone')], { asOf: '2019-01-01', on: D1 })
    expect({ units, lost }).to.deep.equal({ units: [], lost: ['gone'] })
  })

  it('refuses what it cannot tell', () => {
    const days = { asOf: '2019-01-01', on: D2 }
    expect(() => mapForward(registry, [count('a'), count('a')], days)).to.throw(RangeError, 'twice')
    expect(() => mapForward(registry, [count('d')], days)).to.throw(RangeError, 'not valid on 2019-01-01')
    expect(() => mapForward(registry, [], { asOf: D2, on: D1 })).to.throw(RangeError, 'earlier map')
  })
})
