import { expect } from 'chai'
import fc from 'fast-check'
import { DISCLOSURE_POLICIES } from '../../../../server/domain/disclosure/policy.js'
import { mergeTallies } from '../../../../server/domain/index/tally.js'
import type { CountedResponse } from '../../../../server/domain/index/tally-responses.js'
import { withStandings } from '../../../../server/domain/report/rank-units.js'
import { type ServiceTally, withStandardised } from '../../../../server/domain/report/standardise-units.js'
import { expectClose } from '../../../support/close.js'
import { part, responses, treeRegistry, unitReport } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

/** What each unit was told, by service. */
type City = Readonly<Record<string, Readonly<Record<string, readonly CountedResponse[]>>>>

function standardised(city: City) {
  const parents = Object.fromEntries(Object.keys(city).map((uid) => [uid, 'city']))
  const tallies: readonly ServiceTally[] = Object.entries(city).flatMap(([unitUid, services]) =>
    Object.entries(services).map(([service, counted]) => ({ unitUid, service, tally: part(unitUid, counted).tally })),
  )
  const parts = Object.keys(city).map((key) => ({
    key,
    tally: mergeTallies(tallies.filter(({ unitUid }) => unitUid === key).map(({ tally }) => tally)),
  }))
  const ranked = withStandings(
    unitReport(parts, parents, 'single_item'),
    (uid) => treeRegistry(parents).byUid(uid)?.kind,
  )
  const report = withStandardised(ranked, tallies, tinyQuestionnaire(), DISCLOSURE_POLICIES.internal)
  return (uid: string) => report.blocks.find(({ group }) => group.key === `unit ${uid}`)?.standardised
}

/** The part of a result that a test expects to be shown. */
function shown(result: ReturnType<ReturnType<typeof standardised>>) {
  if (result?.kind !== 'shown') throw new Error(`Not shown: ${JSON.stringify(result)}`)
  return result
}

describe('index at the common service mix of a league', () => {
  // q1 does easy work (80 of 100 certified copies), q2 hard work (20 of 100). Both satisfy 90 % there and 50 % with land.
  const city: City = {
    q1: { copies: responses(160, 144), land: responses(40, 20) },
    q2: { copies: responses(40, 36), land: responses(160, 80) },
  }

  it('takes away the advantage of easy work, and says that all of the gap is mix', () => {
    const of = standardised(city)
    // As observed 82 % and 58 %. Common mix 200 : 200. Both 0.5·90 + 0.5·50 = 70, and so is the reference.
    expect(shown(of('q1'))).to.deep.include({ percent: 70, gapPoints: 12, mixPoints: 12, performancePoints: 0 })
    expect(shown(of('q2'))).to.deep.include({ percent: 70, gapPoints: -12, mixPoints: -12, performancePoints: 0 })
    expect(shown(of('q1'))).to.deep.include({ coveredPercent: 100, serviceCount: 2 })
  })

  it('has the interval of the weighted services', () => {
    // q1: SE² = 0.25·(0.9·0.1/160) + 0.25·(0.5·0.5/40) = 0.000140625 + 0.0015625 = 0.001703125; n_eff = 0.7·0.3/that = 123.3028.
    // Wilson(0.7, 123.3028): centre (0.7 + 3.841459/246.6056)/1.0311547 = 0.693957, half 1.9007470·√(0.001703125 + 6.3166e-5) = 0.079883.
    const { interval, performanceLowPoints, performanceHighPoints } = shown(standardised(city)('q1'))
    expect(interval).to.deep.equal({ lowPercent: 61.4, highPercent: 77.4 })
    // Reference: 180 of 200 and 100 of 200: SE² = 0.25·(0.09/200) + 0.25·(0.25/200) = 0.000425. √(0.001703125 + 0.000425)·1.96 = 0.09042.
    expectClose(performanceHighPoints, 9, 1e-9)
    expectClose(performanceLowPoints, -9, 1e-9)
  })

  it('leaves what is better at the same work in the performance', () => {
    // q2 now satisfies 70 % with land: 112 of 160. Reference land (20 + 112)/200 = 66 %, copies 90 %: 78 at the common mix.
    const of = standardised({ ...city, q2: { copies: responses(40, 36), land: responses(160, 112) } })
    // q1: observed 82, standardised 70: gap 82 − 78 = 4 = mix 12 + performance −8.
    expect(shown(of('q1'))).to.deep.include({ percent: 70, gapPoints: 4, mixPoints: 12, performancePoints: -8 })
    // q2: observed (36 + 112)/200 = 74, standardised 80: gap −4 = mix −6 + performance 2.
    expect(shown(of('q2'))).to.deep.include({ percent: 80, gapPoints: -4, mixPoints: -6, performancePoints: 2 })
  })

  it('is missing where the services used cover less than 80 % of the common mix', () => {
    // Common mix: 240 copies, 160 land: q1 has copies alone, 60 % of it.
    const of = standardised({
      q1: { copies: responses(200, 180) },
      q2: { copies: responses(40, 36), land: responses(160, 80) },
    })
    expect(of('q1')).to.deep.equal({ kind: 'uncovered', coveredPercent: 60 })
    expect(of('q2')?.kind).to.equal('shown')
  })

  it('compares wards with wards: another league has a mix of its own', () => {
    const of = standardised({ ...city, w1: { health: responses(100, 90) }, w2: { health: responses(100, 70) } })
    expect(shown(of('q1')).percent).to.equal(70)
    expect(shown(of('w1'))).to.deep.include({ percent: 90, gapPoints: 10, mixPoints: 0, performancePoints: 10 })
  })

  it('uses no service on which fewer than 5 answered, and none at a unit whose index is hidden', () => {
    // Two small services together are five people, so that nothing needs to be left out for them.
    const withSmall = (satisfied: boolean): City => {
      const few = (n: number) => responses(n, satisfied ? n : 0)
      return {
        ...city,
        q1: { ...city.q1, taxes: few(3), cards: few(2) },
        q2: { ...city.q2, taxes: few(2), cards: few(3) },
      }
    }
    const [good, bad] = [standardised(withSmall(true)), standardised(withSmall(false))]
    expect(good('q1')).to.deep.equal(bad('q1'))
    expect(shown(good('q1')).serviceCount).to.equal(2)
    expect(standardised({ ...city, q3: { land: responses(29, 0) } })('q3')).to.equal(undefined)
  })

  it('leaves a further service out where the rest of a unit would be a figure about fewer than 5', () => {
    // q1: 160 copies, 40 land and 3 about taxes. With the unit's index known, copies and land would give the three away.
    const of = standardised({ ...city, q1: { ...city.q1, taxes: responses(3, 3) } })
    expect(of('q1')).to.deep.equal({ kind: 'uncovered', coveredPercent: 50 })
  })

  it('leaves a unit out where the rest of a service would be a figure about fewer than 5', () => {
    // Land: q1 40, q2 160, q3 3. Left out is the smallest, that of q1.
    const of = standardised({ ...city, q3: { copies: responses(60, 50), land: responses(3, 3) } })
    expect(of('q1')?.kind).to.equal('uncovered')
    expect(of('q2')?.kind).to.equal('shown')
  })

  it('is hidden on an effective base under 30 and flagged under 60', () => {
    const thin = standardised({
      q1: { copies: responses(18, 9), land: responses(12, 6) },
      q2: { copies: responses(94, 47), land: responses(100, 50) },
    })
    // Mix 112 : 112. SE² = 0.25·0.25/18 + 0.25·0.25/12 = 0.0086806; n_eff = 0.25/that = 28.8.
    expect(thin('q1')).to.deep.equal({ kind: 'unreliable', coveredPercent: 100 })
    const more = standardised({
      q1: { copies: responses(20, 10), land: responses(20, 10) },
      q2: { copies: responses(90, 45), land: responses(90, 45) },
    })
    // SE² = 2·0.25·0.25/20, n_eff = 40.
    expect(shown(more('q1')).isFlagged).to.equal(true)
    expect(shown(more('q2')).isFlagged).to.equal(false)
  })

  it('does not change with the answers of whoever is not used (property)', () => {
    const size = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 12, 30, 45, 120)
    const sizes = fc.array(fc.tuple(size, size, size), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(sizes, fc.boolean(), (units, isGood) => {
        // Cells under 5 answer all well or all badly; the others always half and half. Indices of units do change.
        const cityWith = (satisfied: boolean): City =>
          Object.fromEntries(
            units.map((cells, i) => [
              `q${i}`,
              Object.fromEntries(
                cells.map((n, s) => [`s${s}`, responses(n, n < 5 ? (satisfied ? n : 0) : Math.floor(n / 2))]),
              ),
            ]),
          )
        const [one, other] = [standardised(cityWith(isGood)), standardised(cityWith(!isGood))]
        for (const i of units.keys()) expect(one(`q${i}`)).to.deep.equal(other(`q${i}`))
      }),
      { numRuns: 40, seed: 53 },
    )
  })
})
