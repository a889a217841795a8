import { expect } from 'chai'
import { READER_CLASSES, type ReaderClass } from '../../../../server/domain/disclosure/policy.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { createSeededStream } from '../../../../server/domain/statistics/random/seeded-stream.js'
import { type City, confidentialPlaces, equationsOf, seenIn } from '../../../support/answers-attack.js'
import { determinedBy, type KnownSum } from '../../../support/linear-attack.js'
import { part, responses, unitReport } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const parents = { q1: 'city', q2: 'city', q3: 'city', q4: 'city' }

function randomCity(seed: number): City {
  const stream = createSeededStream(`city ${seed}`)
  const upTo = (limit: number) => stream.below(limit + 1)
  return Object.keys(parents).map((key) => {
    const size = 1 + upTo(70)
    const rare = upTo(6)
    const answers = Array.from({ length: size }, (_, i) => {
      const score = () => (upTo(9) < 6 ? 5 : 2)
      const often = { C1: score(), C3: upTo(9) < 7 ? score() : 96, C4: score(), C5: score(), G1: score() }
      return { answers: { ...often, C2: i < rare ? score() : 96 }, disposition: 'complete' as const }
    })
    return { key, tally: tallyOf(tinyQuestionnaire(), answers) }
  })
}

describe('answers behind hidden figures', () => {
  it('follow from no roll-up and no composite of any rule, all taken together, in 120 random cities', () => {
    let confidential = 0
    const check = (seed: number, reader: ReaderClass) => {
      const city = randomCity(seed)
      const reports = seenIn(city, reader)
      const known = equationsOf(reports, city)
      const places = confidentialPlaces(reports[0]!)
      confidential += places.length
      expect(
        places.filter((place) => determinedBy(known, place)),
        `${seed} ${reader}`,
      ).to.deep.equal([])
    }
    for (let seed = 1; seed <= 40; seed += 1) for (const reader of READER_CLASSES) check(seed, reader)
    expect(confidential).to.be.above(200)
  }).timeout(120_000)

  it('would follow if nothing but the thresholds were applied', () => {
    // 40, 50, 60 and 3 people: the city less three units gives the fourth.
    const known: KnownSum[] = [[{ key: 'city', weight: 1 }]]
    for (const key of ['q1', 'q2', 'q3']) known.push([{ key, weight: 1 }])
    known.push([
      { key: 'city', weight: -153 },
      ...['q1', 'q2', 'q3', 'q4'].map((key, i) => ({ key, weight: [40, 50, 60, 3][i]! })),
    ])
    expect(determinedBy(known, 'q4')).to.equal(true)
  })

  it('are not known from the whole being satisfied to the last: such a whole is hidden', () => {
    const all = (n: number) => responses(n, n)
    const report = unitReport(
      [part('q1', all(3)), part('q2', all(40)), part('q3', all(4)), part('q4', all(50))],
      parents,
    )
    const estimateAt = (code: string) => report.blocks[0]!.cells.find(({ line }) => line.code === code)!.estimate
    expect(estimateAt('C1')).to.deep.equal({ kind: 'suppressed', reason: 'complementary' })
    expect(estimateAt('overall')).to.deep.equal({ kind: 'suppressed', reason: 'complementary' })
  })
})
