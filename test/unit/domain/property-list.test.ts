import { expect } from 'chai'
import fc from 'fast-check'
import { protectTable } from '../../../server/domain/disclosure/protect-table.js'
import { figuresOfCriterion } from '../../../server/domain/index/criterion.js'
import { instrumentOf } from '../../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../../server/domain/index/line-figures.js'
import { linesOf } from '../../../server/domain/index/lines.js'
import { type ScaleCounts, scoreOf } from '../../../server/domain/index/scoring.js'
import { mergeTallies, type Tally } from '../../../server/domain/index/tally.js'
import { tallyOf } from '../../../server/domain/index/tally-responses.js'
import { reverseCode } from '../../../server/domain/method/transformations.js'
import { rankSets } from '../../../server/domain/statistics/comparison/rank-sets.js'
import { estimateMean } from '../../../server/domain/statistics/estimation/design-estimate.js'
import { rakeWeights } from '../../../server/domain/statistics/estimation/rake-weights.js'
import { createSampleDesign } from '../../../server/domain/statistics/estimation/sample-design.js'
import { shapleyShares } from '../../../server/domain/statistics/instruments/shapley-shares.js'
import { wilsonInterval } from '../../../server/domain/statistics/wilson.js'
import { createUnitRegistry } from '../../../server/domain/units/create-unit-registry.js'
import { mapForward } from '../../../server/domain/units/map-forward.js'
import { expectClose } from '../../support/close.js'
import { isDeterminedBySums, withTotals } from '../../support/linear-attack.js'
import { projectRegistry } from '../../support/project-files.js'
import { tinyQuestionnaire } from '../../support/tiny-questionnaire.js'
import { makeData, makeEvent, makeUnit, whole } from '../../support/unit-fixtures.js'

/** The properties that methodology 10.8 asks for, in its order. */
const ASKED = [
  'weights all 1: weighted = unweighted',
  'index invariant to respondent order and to splitting data into batches',
  'merging two units forward equals pooling raw rows',
  'adding NA rows changes n_na only',
  'Wilson inside [0, 100] and narrower with n',
  'raking leaves totals on target',
  'sum of LMG = R²',
  'reversing a negative item twice is the identity',
  'resolving any unit at any date yields at most one unit per (scheme, code)',
  'rank sets contain the point rank',
  'suppressed table cannot be solved by totals (linear check)',
] as const

const questionnaire = tinyQuestionnaire()
const instrument = instrumentOf(questionnaire)
const code = fc.constantFrom(1, 2, 3, 4, 5, 96, 97, 98, 99)
const answers = fc.record({ C1: code, C2: code, C3: code, C4: code, C5: code, G1: code })
const responses = fc.array(
  answers.map((given) => ({ answers: given, disposition: 'complete' as const })),
  { minLength: 1, maxLength: 30 },
)
const indexOf = (tally: Tally) =>
  (['mean_of_children', 'pooled', 'single_item'] as const).map((rule) =>
    linesOf(instrument, rule, questionnaire.overallItem).map((line) => figuresOfLine(line, tally, instrument, rule)),
  )
const score = fc.integer({ min: 1, max: 5 })
const group = fc.constantFrom('a', 'b', 'c')
const count = fc.tuple(fc.nat(50), fc.nat(50)).map(([hits, others]) => [hits, hits + others] as const)
const table = fc
  .record({ rows: fc.integer({ min: 2, max: 5 }), columns: fc.integer({ min: 2, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.oneof(fc.nat(8), fc.nat(60)), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

const PROPERTIES: Readonly<Record<(typeof ASKED)[number], () => fc.IProperty<unknown>>> = {
  'weights all 1: weighted = unweighted': () =>
    fc.property(fc.array(score, { minLength: 2, maxLength: 60 }), (scores) => {
      const hits = scores.map((value) => (value >= 4 ? 1 : 0))
      const weighted = estimateMean(createSampleDesign(scores.map(() => ({ weight: 1 }))), hits)!
      const at = (value: number) => scores.filter((one) => one === value).length
      const counts: ScaleCounts = [at(1), at(2), at(3), at(4), at(5)]
      expectClose(100 * weighted.value, figuresOfCriterion(counts)!.topTwoBoxPercent, 1e-12)
      expect(weighted.base).to.equal(scores.length)
    }),

  'index invariant to respondent order and to splitting data into batches': () =>
    fc.property(responses, fc.nat(30), fc.nat(30), (all, cut, turn) => {
      const whole = indexOf(tallyOf(questionnaire, all))
      const turned = [...all.slice(turn), ...all.slice(0, turn)]
      expect(indexOf(tallyOf(questionnaire, turned))).to.deep.equal(whole)
      const batches = [all.slice(cut), all.slice(0, cut)].map((batch) => tallyOf(questionnaire, batch))
      expect(indexOf(mergeTallies(batches))).to.deep.equal(whole)
    }),

  'merging two units forward equals pooling raw rows': () =>
    fc.property(count, count, ([hitsA, validA], [hitsB, validB]) => {
      const ends = { validTo: '2020-01-01' }
      const units = [makeUnit('a', ends), makeUnit('b', ends), makeUnit('ab', { validFrom: '2020-01-01' })]
      const registry = createUnitRegistry(
        makeData(units, [makeEvent('2020-01-01', whole('a', 'ab'), whole('b', 'ab'))]),
      )
      const counts = [
        { uid: 'a', numerator: hitsA, denominator: validA },
        { uid: 'b', numerator: hitsB, denominator: validB },
      ]
      const merged = mapForward(registry, counts, { asOf: '2019-06-01', on: '2020-06-01' })
      const rows = [...Array<number>(hitsA + hitsB).fill(1), ...Array<number>(validA + validB - hitsA - hitsB).fill(0)]
      expect(merged.units).to.have.length(1)
      expect(merged.units[0]).to.deep.include({
        uid: 'ab',
        kind: 'exact',
        numerator: rows.filter((hit) => hit === 1).length,
        denominator: rows.length,
      })
    }),

  'adding NA rows changes n_na only': () =>
    fc.property(responses, fc.integer({ min: 1, max: 9 }), (all, extra) => {
      const nobody = { C1: 96, C2: 96, C3: 96, C4: 96, C5: 96, G1: 96 }
      const rows = Array.from({ length: extra }, () => ({ answers: nobody, disposition: 'complete' as const }))
      const before = indexOf(tallyOf(questionnaire, all)).flat()
      const after = indexOf(tallyOf(questionnaire, [...all, ...rows])).flat()
      for (const [i, line] of before.entries()) {
        const later = after[i]!
        // A line that nobody answered stays without figures.
        expect(later === null).to.equal(line === null)
        if (line === null || later === null) continue
        const { nonresponse, ...rest } = line
        const { nonresponse: grown, ...unchanged } = later
        expect(unchanged).to.deep.equal(rest)
        expect(grown.notApplicable).to.be.above(nonresponse.notApplicable)
        expect({ ...grown, notApplicable: 0 }).to.deep.equal({ ...nonresponse, notApplicable: 0 })
      }
    }),

  'Wilson inside [0, 100] and narrower with n': () =>
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.5, max: 1e6, noNaN: true }),
      fc.double({ min: 1.01, max: 100, noNaN: true }),
      (share, base, factor) => {
        const [small, large] = [wilsonInterval(share, base), wilsonInterval(share, base * factor)]
        expect(small.lowPercent).to.be.at.least(0)
        expect(small.highPercent).to.be.at.most(100)
        expect(large.highPercent - large.lowPercent).to.be.below(small.highPercent - small.lowPercent)
      },
    ),

  'raking leaves totals on target': () =>
    fc.property(
      fc.array(fc.tuple(group, group, fc.double({ min: 0.5, max: 5, noNaN: true })), { minLength: 9, maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 }),
      (sampled, sizes) => {
        // Every pair of groups occurs once more, so that any totals can be met.
        const pairs = ['a', 'b', 'c'].flatMap((one) => ['a', 'b', 'c'].map((other) => [one, other, 1] as const))
        const cases = [...sampled, ...pairs]
        const margin = (part: 0 | 1) => {
          const own = sizes.slice(3 * part, 3 * part + 3)
          const all = own.reduce((sum, size) => sum + size, 0)
          const totals = new Map(own.map((size, i) => ['abc'[i]!, (1000 * size) / all]))
          return { name: String(part), groupOf: cases.map((one) => one[part]), totals }
        }
        const margins = [margin(0), margin(1)]
        const outcome = rakeWeights(
          cases.map(([, , weight]) => weight),
          margins,
          { maxCycles: 2000 },
        )
        if (outcome.kind !== 'raked') throw new Error(outcome.kind)
        for (const { groupOf, totals } of margins) {
          for (const [name, total] of totals) {
            const reached = outcome.weights.reduce((sum, weight, i) => (groupOf[i] === name ? sum + weight : sum), 0)
            expectClose(reached, total, 1e-8)
          }
        }
      },
    ),

  'sum of LMG = R²': () =>
    fc.property(fc.array(fc.tuple(score, score, score, score), { minLength: 6, maxLength: 40 }), (rows) => {
      const column = (j: number) => rows.map((row) => row[j]!)
      const result = shapleyShares([column(0), column(1), column(2)], column(3))
      if (result === null) return
      const sum = result.shares.reduce((all, { lmg }) => all + lmg, 0)
      expect(sum).to.be.closeTo(result.rSquared, 1e-9)
    }),

  'reversing a negative item twice is the identity': () =>
    fc.property(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 10 }), code, (lowest, length, answer) => {
      const scale = { lowest, highest: lowest + length }
      expect(reverseCode(reverseCode(answer, scale), scale)).to.equal(answer)
      const turned = scoreOf(answer, { isReversed: true })
      if (turned !== null) expect(scoreOf(turned, { isReversed: true })).to.equal(answer)
    }),

  'resolving any unit at any date yields at most one unit per (scheme, code)': () => {
    const registry = projectRegistry()
    const units = registry.all()
    const days = [...new Set(registry.events().map(({ on }) => on)), '2010-01-01', '2021-01-01', '2026-03-01']
    const coded = units.flatMap(({ codes }) => codes.map(({ scheme, value }) => [scheme, value] as const))
    return fc.property(fc.constantFrom(...coded), fc.constantFrom(...days), ([scheme, value], day) => {
      const carries = ({ from, to }: { from: string | null; to: string | null }) =>
        (from === null || from <= day) && (to === null || day < to)
      const bearers = units.filter(({ codes }) =>
        codes.some((one) => one.scheme === scheme && one.value === value && carries(one)),
      )
      expect(bearers.length).to.be.at.most(1)
      expect(registry.byCode(scheme, value, day)?.uid).to.equal(bearers[0]?.uid)
    })
  },

  'rank sets contain the point rank': () =>
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.1, noNaN: true })), {
        maxLength: 15,
      }),
      (values) => {
        const units = values.map(([value, standardError], i) => ({ id: String(i), value, standardError }))
        for (const { rank, bestRank, worstRank } of rankSets(units)) expect(rank).to.be.within(bestRank, worstRank)
      },
    ),

  'suppressed table cannot be solved by totals (linear check)': () =>
    fc.property(table, (counts) => {
      const names = (prefix: string, items: readonly unknown[]) => items.map((_, i) => `${prefix}${i}`)
      const { cells, sums } = withTotals(counts, names('r', counts), names('c', counts[0]!))
      const { primary, complementary } = protectTable(cells, sums, 5)
      const hidden = [...primary, ...complementary]
      for (const key of hidden) expect(isDeterminedBySums(hidden, sums, key), key).to.equal(false)
    }),
}

describe('the property tests that methodology 10.8 asks for', () => {
  for (const name of ASKED) {
    it(name, () => {
      fc.assert(PROPERTIES[name]())
    })
  }

  it('the linear check solves a table in which only the primary cell is blank', () => {
    const { sums } = withTotals(
      [
        [34, 41],
        [3, 28],
      ],
      ['Q1', 'Q3'],
      ['nam', 'nu'],
    )
    expect(isDeterminedBySums(['Q3|nam'], sums, 'Q3|nam')).to.equal(true)
  })
})
