import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../../../../server/domain/survey/day.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import type { UnitKind } from '../../../../server/domain/units/unit.js'
import { readUnitFiles } from '../../../../server/features/units/index.js'
import { UNITS_DIR } from '../../../support/project-files.js'

describe('the real units', () => {
  const { data, problems } = readUnitFiles(UNITS_DIR)
  const registry = createUnitRegistry(data)
  const units = registry.all()
  const city = data.cityUid
  /** 2011-01-01 to about the end of 2026. */
  const anyDay = fc.integer({ min: 0, max: 5800 }).map((days) => addDays('2011-01-01', days))
  const anyUnit = fc.constantFrom(...units)
  const below = (on: string, ...kinds: UnitKind[]) =>
    registry.subtreeOf(city, on).filter(({ kind }) => kinds.includes(kind))
  const districts = (on: string) => below(on, 'quan', 'huyen', 'tp_truc_thuoc').length
  const communes = (on: string) => below(on, 'phuong', 'xa', 'thi_tran', 'dac_khu').length

  it('are without fault', () => expect(problems).to.deep.equal([]))

  // methodology 7.1 and 7.3: 24/322 in 2011, 22/312 from 2021, 273 communes from 2025-01-01, 168 from 2025-07-01
  const counts = [
    ['2011-01-01', 24, 322],
    ['2020-12-31', 24, 322],
    ['2021-01-01', 22, 312],
    ['2024-12-31', 22, 312],
    ['2025-01-01', 22, 273],
    ['2025-06-30', 22, 273],
    ['2025-07-01', 0, 168],
    ['2026-06-01', 0, 168],
  ] as const
  for (const [on, districtCount, communeCount] of counts) {
    it(`number ${districtCount} districts and ${communeCount} communes on ${on}`, () => {
      expect([districts(on), communes(on)]).to.deep.equal([districtCount, communeCount])
    })
  }

  it('are 19 urban and 5 rural districts in 2011, 113 + 54 + 1 communes in July 2025', () => {
    expect([below('2011-01-01', 'quan').length, below('2011-01-01', 'huyen').length]).to.deep.equal([19, 5])
    const kinds = (['phuong', 'xa', 'dac_khu'] as const).map((kind) => below('2025-07-01', kind).length)
    expect(kinds).to.deep.equal([113, 54, 1])
  })

  it('come 102 from the old city, 36 from Bình Dương, 30 from Bà Rịa - Vũng Tàu', () => {
    const origin = (uid: string) => {
      const before = registry.isValid(uid, '2025-06-30')
        ? [uid]
        : registry.lineageBack(uid, '2025-06-30').map(({ unit }) => unit.uid)
      return new Set(
        before.map((one) =>
          registry.subtreeOf(city, '2025-06-30').some((unit) => unit.uid === one)
            ? city
            : registry.parentOf(one, '2025-06-30')?.uid,
        ),
      )
    }
    const tally: Record<string, number> = {}
    for (const { uid } of below('2025-07-01', 'phuong', 'xa', 'dac_khu')) {
      const origins = [...origin(uid)]
      expect(origins, uid).to.have.length(1)
      tally[origins[0] ?? ''] = (tally[origins[0] ?? ''] ?? 0) + 1
    }
    expect(tally).to.deep.equal({ [city]: 102, 'tinh-binh-duong': 36, 'tinh-ba-ria-vung-tau': 30 })
  })

  it('have the 34 wards of Thủ Đức City, which reuses the code of Quận 2', () => {
    expect(registry.childrenOf('tp-thu-duc', '2022-01-01')).to.have.length(34)
    expect(registry.byCode('GSO', '769', '2020-12-31')?.uid).to.equal('quan-2')
    expect(registry.byCode('GSO', '769', '2021-01-01')?.uid).to.equal('tp-thu-duc')
    expect(registry.byCode('GSO', '26740', '2025-06-30')?.uid).to.equal('quan-1.ben-nghe')
    expect(registry.byCode('GSO', '26740', '2025-07-01')?.uid).to.equal('p-sai-gon')
  })

  it('lead Đa Kao in parts to Tân Định and Sài Gòn, and Bến Nghé whole to Sài Gòn', () => {
    const steps = (uid: string) =>
      registry.successorsOf(uid).map(({ unit, link }) => [unit.uid, link.extent, link.share])
    expect(steps('quan-1.da-kao')).to.have.deep.members([
      ['p-tan-dinh', 'part', null],
      ['p-sai-gon', 'part', null],
    ])
    expect(steps('quan-1.ben-nghe')).to.deep.equal([['p-sai-gon', 'whole', 1]])
  })

  it('lead Quận 2 to Thủ Đức City in 2022 and to the three wards on its ground today', () => {
    const heirs = (on: string) => {
      const resolution = registry.resolve('quan-2', on)
      return resolution.kind === 'ended' ? resolution.successors.map(({ uid }) => uid) : []
    }
    expect(heirs('2022-01-01')).to.deep.equal(['tp-thu-duc'])
    expect(heirs('2026-01-01')).to.have.members(['p-an-khanh', 'p-binh-trung', 'p-cat-lai'])
  })

  it('lead every ended unit of the city to at least one that exists', () => {
    for (const { uid, validTo } of units) {
      if (validTo === null) continue
      const resolution = registry.resolve(uid, '2026-01-01')
      expect(resolution.kind === 'ended' && resolution.successors.length > 0, uid).to.equal(true)
    }
  })

  it('resolve to at most one unit per scheme and code on any day', () => {
    fc.assert(
      fc.property(anyDay, (on) => {
        const carried = registry
          .validOn(on)
          .flatMap(({ codes }) =>
            codes
              .filter(({ from, to }) => (from ?? '') <= on && (to === null || on < to))
              .map(({ scheme, value }) => `${scheme} ${value}`),
          )
        expect(new Set(carried).size).to.equal(carried.length)
      }),
      { numRuns: 60 },
    )
  })

  it('agree on who is whose child and parent on any day', () => {
    fc.assert(
      fc.property(anyUnit, anyDay, ({ uid }, on) => {
        for (const child of registry.childrenOf(uid, on)) expect(registry.parentOf(child.uid, on)?.uid).to.equal(uid)
        const parent = registry.parentOf(uid, on)
        if (!parent || !registry.isValid(uid, on)) return
        expect(registry.isValid(parent.uid, on), `${parent.uid} on ${on}`).to.equal(true)
        expect(registry.childrenOf(parent.uid, on).map((child) => child.uid)).to.include(uid)
      }),
      { numRuns: 500 },
    )
  })

  it('lead back to the start from wherever they lead forward', () => {
    fc.assert(
      fc.property(anyUnit, anyDay, anyDay, ({ uid }, one, other) => {
        const [start, end] = one <= other ? [one, other] : [other, one]
        if (!registry.isValid(uid, start)) return
        for (const { unit } of registry.lineageForward(uid, end)) {
          // What a unit gave away before the start is not looked for after it.
          if (registry.events().some(({ on, links }) => on <= start && links.some(({ from }) => from === uid))) continue
          expect(registry.lineageBack(unit.uid, start).map((step) => step.unit.uid)).to.include(uid)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are found first, or among their namesakes, by their own name', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const name = unit.names.at(-1)?.vi ?? ''
        expect(registry.search(name, { limit: 60 }), name).to.include(unit)
      }),
      { numRuns: 200 },
    )
  })
})
