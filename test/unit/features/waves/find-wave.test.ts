import { expect } from 'chai'
import fc from 'fast-check'
import { MODES } from '../../../../server/domain/survey/vocabulary.js'
import { chooseWave, type WaveQuery } from '../../../../server/features/waves/index.js'
import { conflictingWaves } from '../../../../server/features/waves/wave-conflicts.js'
import { smallWave } from '../../../support/small-city.js'

const query: WaveQuery = {
  unitUid: 'phuong-sai-gon',
  service: 'HT',
  respondentType: 'citizen',
  mode: 'web',
  on: '2026-03-31',
}
/** Answers are taken from 1 July 2025 up to, not on, 1 April 2026. */
const wave = smallWave()
const kiosk = smallWave({ id: 'kiosk', mode: 'kiosk', closesOn: '2027-01-01' })
const next = smallWave({ id: 'next', opensOn: '2026-09-01', closesOn: '2026-12-01' })
const choose = (overrides: Partial<WaveQuery> = {}, waves = [wave, kiosk, next]) =>
  chooseWave(waves, { ...query, ...overrides })

describe('finding the wave of a respondent', () => {
  it('finds the one that is open on the day, up to the last day', () => {
    expect(choose()).to.deep.equal({ kind: 'open', wave })
    expect(choose({ on: '2025-07-01' }).kind).to.equal('open')
    expect(choose({ on: '2026-09-01' })).to.deep.equal({ kind: 'open', wave: next })
  })

  it('says when it closed, when the next opens, and in which other way answers are taken', () => {
    expect(choose({ on: '2026-04-01' })).to.deep.equal({
      kind: 'closed',
      wave,
      closedOn: '2026-04-01',
      reopensOn: '2026-09-01',
      elsewhere: [kiosk],
    })
    expect(choose({ on: '2027-02-01' })).to.deep.include({ wave: next, reopensOn: null, elsewhere: [] })
  })

  it('says that none has been there yet, and when the first opens', () => {
    expect(choose({ on: '2025-06-30' })).to.deep.equal({ kind: 'none', reopensOn: '2025-07-01', elsewhere: [] })
    expect(choose({ mode: 'phone' })).to.deep.equal({ kind: 'none', reopensOn: null, elsewhere: [wave, kiosk] })
  })

  it('looks at unit, service and respondent type', () => {
    const narrow = [smallWave({ serviceCodes: ['DAT'] })]
    expect(choose({}, narrow).kind).to.equal('none')
    expect(choose({ service: 'DAT' }, narrow).kind).to.equal('open')
    expect(choose({ unitUid: 'so-y-te' }).kind).to.equal('none')
    expect(choose({ respondentType: 'business' })).to.deep.equal({ kind: 'none', reopensOn: null, elsewhere: [] })
  })
})

describe('waves that compete', () => {
  const ids = (other: Parameters<typeof smallWave>[0]) =>
    conflictingWaves(wave, [smallWave({ id: 'other', ...other })]).map(({ id }) => id)

  it('share a unit, a service and a day, for the same type and mode', () => {
    expect(ids({})).to.deep.equal(['other'])
    expect(ids({ opensOn: '2026-03-31', closesOn: '2026-05-01' })).to.deep.equal(['other'])
    expect(ids({ serviceCodes: ['DAT'] })).to.deep.equal(['other'])
  })

  it('do not when any of these differs', () => {
    expect(ids({ opensOn: '2026-04-01', closesOn: '2026-05-01' })).to.be.empty
    expect(ids({ mode: 'kiosk' })).to.be.empty
    expect(ids({ respondentType: 'business' })).to.be.empty
    expect(ids({ unitUids: ['so-y-te'] })).to.be.empty
    expect(conflictingWaves(smallWave({ serviceCodes: ['HT'] }), [smallWave({ id: 'b', serviceCodes: ['DAT'] })])).to.be
      .empty
  })

  it('are just those of which two could be open for one respondent', () => {
    const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']
    const waves = fc
      .record({
        mode: fc.constantFrom(...MODES.slice(0, 2)),
        unitUids: fc.subarray(['u1', 'u2'], { minLength: 1 }),
        serviceCodes: fc.subarray(['HT', 'DAT']),
        from: fc.integer({ min: 0, max: 2 }),
        length: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ from, length, ...rest }) => ({
        ...rest,
        opensOn: days[from] ?? '',
        closesOn: days[Math.min(from + length, 3)] ?? '',
      }))
    fc.assert(
      fc.property(waves, waves, (one, two) => {
        const a = smallWave({ id: 'a', ...one })
        const b = smallWave({ id: 'b', ...two })
        const bothOpen = days.some((on) =>
          ['u1', 'u2'].some((unitUid) =>
            ['HT', 'DAT'].some((service) =>
              [a, b].every((wave) => {
                const found = chooseWave([wave], { ...query, mode: a.mode, unitUid, service, on })
                return found.kind === 'open'
              }),
            ),
          ),
        )
        expect(conflictingWaves(a, [b]).length > 0).to.equal(bothOpen)
      }),
    )
  })
})
