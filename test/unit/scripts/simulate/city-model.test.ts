import { expect } from 'chai'
import { createCityModel, settingsWith } from '../../../../scripts/simulate/index.js'
import { planCity } from '../../../../scripts/simulate/plan-city.js'
import { createUnitVolumes } from '../../../../scripts/simulate/unit-volumes.js'
import { projectRegistry, projectServices } from '../../../support/project-files.js'

const registry = projectRegistry()
const services = projectServices()
const model = createCityModel({ seed: 'test', registry, services })

const unit = (uid: string) => {
  const found = registry.byUid(uid)
  if (!found) throw new Error(`no ${uid}`)
  return found
}
const codesOf = (uid: string) => services.offeredBy(unit(uid)).map(({ code }) => code)
const year = { from: '2026-01-01', to: '2027-01-01' }

describe('the dossiers of a simulated city', () => {
  it('are what is expected of a unit, drawn by service and month', () => {
    const saiGon = unit('p-sai-gon')
    const cells = model.dossiers(saiGon, codesOf('p-sai-gon'), year)
    expect(cells).to.have.length(12 * codesOf('p-sai-gon').length)
    const drawn = cells.reduce((sum, { dossiers }) => sum + dossiers, 0)
    const expected = model.expectedDossiers(saiGon, year)
    // Poisson: five standard deviations.
    expect(drawn).to.be.closeTo(expected, 5 * Math.sqrt(expected))
  })

  it('are fewest in the month of Tết', () => {
    const byMonth = new Map<string, number>()
    for (const { month, dossiers } of model.dossiers(unit('p-sai-gon'), codesOf('p-sai-gon'), year)) {
      byMonth.set(month, (byMonth.get(month) ?? 0) + dossiers)
    }
    const [fewest] = [...byMonth].sort((a, b) => a[1] - b[1])
    expect(fewest?.[0]).to.equal('2026-02-01')
  })

  it('end with their unit', () => {
    expect(model.dossiers(unit('quan-1'), codesOf('quan-1'), year)).to.deep.equal([])
    const months = model.dossiers(unit('quan-1'), ['HT'], { from: '2025-05-01', to: '2026-01-01' })
    expect(months.map(({ month }) => month)).to.deep.equal(['2025-05-01', '2025-06-01'])
  })

  it('are handed on whole when the map changes', () => {
    const volumeOf = createUnitVolumes('test', registry)
    const total = (on: string, uids: readonly string[]) => uids.reduce((sum, uid) => sum + volumeOf(uid, on), 0)
    // Thủ Đức City: three districts went into one, none of their dossiers elsewhere.
    expect(volumeOf('tp-thu-duc', '2021-01-01')).to.be.closeTo(
      total('2020-12-31', ['quan-2', 'quan-9', 'quan-thu-duc']),
      1e-9,
    )
    // Districts and their wards of the old city went into new units, some of which also took in units of other provinces.
    const before = registry
      .validOn('2025-06-30')
      .filter(({ kind }) => /^(quan|huyen|tp_|phuong|xa|thi_tran)/.test(kind))
    const after = registry.validOn('2025-07-01').filter(({ kind }) => ['phuong', 'xa', 'dac_khu'].includes(kind))
    const [had, have] = [
      total(
        '2025-06-30',
        before.map(({ uid }) => uid),
      ),
      total(
        '2025-07-01',
        after.map(({ uid }) => uid),
      ),
    ]
    expect(have).to.be.closeTo(had, 1e-6 * had)
  })

  it('have officers whose parts of a service add up', () => {
    for (const { officers } of model.dossiers(unit('p-sai-gon'), codesOf('p-sai-gon'), year)) {
      expect(officers.reduce((sum, [, share]) => sum + share, 0)).to.be.closeTo(1, 1e-12)
    }
  })
})

describe('the effects of a simulated city', () => {
  it('pass from a unit to those made of it', () => {
    const pairs = registry
      .all()
      .filter(({ validFrom }) => validFrom === '2025-07-01')
      .map(({ uid }) => {
        const parents = registry.predecessorsOf(uid).filter(({ on }) => on === '2025-07-01')
        const effect = (of: string) => model.sharedEffect(of, '', '2018-07-01') - yearPart(of)
        return [
          effect(uid),
          parents.reduce((sum, { unit: from }) => sum + effect(from.uid), 0) / parents.length,
        ] as const
      })
    const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length
    const moment = (a: 0 | 1, b: 0 | 1) =>
      pairs.reduce((sum, pair) => sum + (pair[a] - mean(a)) * (pair[b] - mean(b)), 0)
    const slope = moment(0, 1) / moment(1, 1)
    // The slope on the parents' mean is `inherited`, 0.8; its standard error with 163 units is about 0.08.
    expect(slope).to.be.within(0.5, 1.1)
  })

  /** Effect of a unit in 2018 beside its lasting one, by difference to a city without yearly effects. */
  function yearPart(uid: string): number {
    const still = createCityModel({ seed: 'test', registry, services, settings: withoutYears })
    return model.sharedEffect(uid, '', '2018-07-01') - still.sharedEffect(uid, '', '2018-07-01')
  }
})

const withoutYears = settingsWith({ spread: { unitYear: 0 } })

describe('the plan of a simulated city', () => {
  const request = { years: [2024, 2026], modes: ['web', 'kiosk'], responses: 12_345 } as const
  const waves = planCity(model, registry, request)

  it('gives out exactly the responses asked for', () => {
    const counts = waves.flatMap((wave) => [...wave.counts.values()])
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(12_345)
  })

  it('has a wave for each year and mode, cut where the map changed, over the units of its first day', () => {
    expect(waves.map(({ file }) => file.id)).to.deep.equal(
      ['2024', '2025-h1', '2025-h2', '2026'].flatMap((tag) => [`sim-${tag}-web`, `sim-${tag}-kiosk`]),
    )
    for (const { file } of waves) {
      expect(file.isSimulated).to.equal(true)
      expect(
        file.units.uids.every((uid) => registry.isValid(uid, file.opensOn)),
        file.id,
      ).to.equal(true)
    }
    expect(waves[0]?.file.units.uids).to.include('quan-1').and.not.include('p-sai-gon')
    expect(waves.at(-1)?.file.units.uids).to.include('p-sai-gon').and.not.include('quan-1')
  })

  it('refuses modes that have no share', () => {
    expect(() => planCity(model, registry, { ...request, modes: ['phone'] })).to.throw(RangeError, 'phone')
  })
})
