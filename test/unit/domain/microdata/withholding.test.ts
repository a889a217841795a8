import { expect } from 'chai'
import fc from 'fast-check'
import { ladderOf } from '../../../../server/domain/microdata/withhold-in-unit.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import { planSmall, rowsOf, smallResponse } from '../../../support/microdata.js'

const K = 5
const plan = planSmall()
const quasiNames = plan.columns.flatMap(({ quasi, variable }) => (quasi === null ? [] : [variable.name]))

const many = (count: number, changes: Parameters<typeof smallResponse>[0] = {}) =>
  Array.from({ length: count }, () => smallResponse(changes))

const withAnswers = (answers: NewResponse['answers']) => ({ answers: { ...smallResponse().answers, ...answers } })

const anyResponse: fc.Arbitrary<NewResponse> = fc
  .record({
    unitUid: fc.constantFrom('phuong-sai-gon', 'phuong-tan-dinh', 'quan-1'),
    service: fc.constantFrom('HT', 'DAT'),
    language: fc.constantFrom('vi' as const, 'vi' as const, 'vi' as const, 'en' as const),
    transactionOn: fc.constantFrom('2026-01-01', '2025-12-01', '2025-08-01'),
    day: fc.constantFrom('2026-02-10', '2026-01-20'),
    S2: fc.constantFrom(1, 2),
    S3: fc.constantFrom(1, 2),
    P5: fc.constantFrom('phuong-sai-gon', 'phuong-tan-dinh', undefined),
  })
  .map(({ S2, S3, P5, ...facts }) =>
    smallResponse({ ...facts, answers: { S1: 1, S2, S3, ...(P5 === undefined ? {} : { P5 }) } }),
  )

/** How many rows share each combination of what others may know, as it stands in the file. */
function groupSizes(rows: ReturnType<typeof rowsOf>['rows']): readonly number[] {
  const sizes = new Map<string, number>()
  for (const row of rows) {
    const key = JSON.stringify(quasiNames.map((name) => row[name]))
    sizes.set(key, (sizes.get(key) ?? 0) + 1)
  }
  return [...sizes.values()]
}

describe('withholding in microdata', () => {
  it('knows by which columns somebody could be recognised', () => {
    expect(quasiNames).to.deep.equal([
      'unit_uid',
      'unit_name',
      'unit_gso_code',
      'service',
      'transaction_month',
      'answered_month',
      'language',
      'flag_out_of_scope',
      'S2',
      'S3',
      'P5',
      'P5_NAME',
    ])
  })

  it('leaves no combination with fewer rows than k, whatever was answered', () => {
    const cases = fc.tuple(fc.array(anyResponse, { minLength: K, maxLength: 60 }), fc.integer({ min: 2, max: 7 }))
    fc.assert(
      fc.property(cases, ([responses, k]) => {
        const { outcome, rows } = rowsOf(plan, responses, k)
        expect(outcome.kind).to.equal(responses.length < k ? 'too_few' : 'decided')
        if (outcome.kind === 'too_few') return
        expect(rows).to.have.length(responses.length)
        expect(Math.min(...groupSizes(rows))).to.be.at.least(k)
      }),
      { numRuns: 300 },
    )
  })

  it('decides the same in whatever order the responses are read', () => {
    fc.assert(
      fc.property(fc.array(anyResponse, { minLength: K, maxLength: 40 }), (responses) => {
        const sorted = (list: readonly NewResponse[]) =>
          rowsOf(planSmall(), list, K)
            .rows.map((row) => JSON.stringify(row))
            .sort()
        expect(sorted(responses.toReversed())).to.deep.equal(sorted(responses))
      }),
    )
  })

  it('withholds nothing where enough are alike', () => {
    const { outcome, rows } = rowsOf(plan, many(K), K)
    expect(outcome).to.have.nested.property('withholding.untouched', K)
    expect(rows[0]).to.include({ S2: 1, S3: 1, P5: 'phuong-tan-dinh', transaction_month: '2026-01', service: 'HT' })
  })

  it('gives up the least: the place of residence before the age', () => {
    // Four rows and one that differs in residence: without residence all five are alike, and nothing else need go.
    const responses = [...many(4), smallResponse(withAnswers({ P5: 'phuong-sai-gon' }))]
    const { outcome, rows } = rowsOf(plan, responses, K)
    for (const row of rows) expect(row).to.include({ P5: null, P5_NAME: null, S2: 1, S3: 1, language: 'vi' })
    if (outcome.kind !== 'decided') throw new Error('Enough rows')
    expect(Object.fromEntries(outcome.withholding.counts)).to.include({ unit: 0, P5: 5, S2: 0, service: 0, time: 0 })
  })

  it('takes a group along when those left over are too few for one', () => {
    // Six alike and two that share nothing with each other or with them in age, filter, service and month.
    const odd = smallResponse({ service: 'DAT', transactionOn: '2025-08-01', ...withAnswers({ S2: 2, S3: 2 }) })
    const { rows } = rowsOf(plan, [...many(6), odd, { ...odd, language: 'en' }], K)
    expect(groupSizes(rows)).to.deep.equal([8])
    expect(rows[0]).to.include({ unit_uid: 'phuong-sai-gon', service: null, S2: 95, transaction_month: null })
  })

  it('withholds the unit where it has fewer than k responses, and gives them company', () => {
    const { outcome, rows } = rowsOf(plan, [...many(6), ...many(2, { unitUid: 'phuong-tan-dinh' })], K)
    expect(rows.map(({ unit_uid }) => unit_uid)).to.deep.equal(Array(8).fill(null))
    expect(groupSizes(rows)).to.deep.equal([8])
    expect(outcome.kind === 'decided' && outcome.withholding.counts.get('unit')).to.equal(8)
  })

  it('gives out nothing of fewer than k responses', () => {
    expect(rowsOf(plan, many(K - 1), K).outcome).to.deep.equal({ kind: 'too_few', rows: 4 })
  })

  it('names a unit as on the reference day where the month is withheld', () => {
    const renamed = {
      ...planSmall().source.registry,
      nameOf: (_uid: string, on: string) => ({
        vi: on < '2026-01-01' ? 'cũ' : 'mới',
        en: on < '2026-01-01' ? 'old' : 'new',
      }),
    }
    const own = planSmall({ registry: renamed, wave: { ...planSmall().source.wave, referenceOn: '2026-01-01' } })
    const responses = [...many(4, { transactionOn: '2025-12-01' }), smallResponse()]
    expect(new Set(rowsOf(own, responses, K).rows.map(({ unit_name }) => unit_name))).to.deep.equal(new Set(['mới']))
    expect(rowsOf(own, many(K, { transactionOn: '2025-12-01' }), K).rows[0]).to.include({ unit_name: 'cũ' })
  })

  it('orders what may be withheld by what is lost', () => {
    const free = [
      { key: 'service', slots: [0], cost: 4 },
      { key: 'age', slots: [1], cost: 3 },
      { key: 'home', slots: [2], cost: 1 },
    ]
    // Sums of costs: nothing 0, home 1, age 3, service 4 and age + home 4 (one before two), service + home 5, 7, 8.
    expect(ladderOf(free)).to.deep.equal([0b000, 0b100, 0b010, 0b001, 0b110, 0b101, 0b011, 0b111])
  })

  it('refuses an item whose option means withheld', () => {
    const { questionnaire, hash } = planSmall().source.published
    const sections = questionnaire.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        item.code === 'S3' && item.kind === 'choice' ? { ...item, options: [{ code: 95, label: item.text }] } : item,
      ),
    }))
    const published = { hash, questionnaire: { ...questionnaire, sections } }
    expect(() => planSmall({ published })).to.throw(RangeError, 'S3 has an option 95')
  })
})
