import { expect } from 'chai'
import { acceptanceCase, faultsOfCase } from '../../support/acceptance/check-case.js'
import { comparisonCases } from '../../support/acceptance/comparison-cases.js'
import { INDEX_CASES } from '../../support/acceptance/index-cases.js'
import { alphaCase, designCases, wilsonCase } from '../../support/acceptance/reference-cases.js'
import { SAMPLING_CASES } from '../../support/acceptance/sampling-cases.js'
import { goldenFile } from '../../support/golden-file.js'

const FILES = ['index-acceptance.json', 'methods-acceptance.json', 'statistics-acceptance.json']
const statistics = goldenFile<Parameters<typeof comparisonCases>[0]>('statistics-acceptance.json')
const cases = new Map(Object.entries({ ...INDEX_CASES, ...SAMPLING_CASES, ...comparisonCases(statistics) }))

describe('the acceptance values of the methodology', () => {
  for (const file of FILES) {
    for (const [name, values] of Object.entries(goldenFile<Record<string, unknown>>(file))) {
      it(`${name} of ${file}: every value is given to the code or computed by it`, () => {
        const held = cases.get(name)
        if (!held) throw new Error(`Nothing computes ${name}`)
        expect(faultsOfCase(values, held)).to.deep.equal([])
      })
    }
  }

  it('every case that is computed stands in a file', () => {
    const named = new Set(FILES.flatMap((file) => Object.keys(goldenFile<object>(file))))
    expect([...cases.keys()].filter((name) => !named.has(name))).to.deep.equal([])
  })
})

describe('the reference estimates of R', () => {
  const { source, ...survey } = goldenFile<Parameters<typeof designCases>[0] & { source: string }>(
    'design-based-survey.json',
  )
  const held = new Map(Object.entries(designCases(survey)))

  for (const [name, values] of Object.entries(survey)) {
    it(`${name} of ${source.split(',')[0]}: every value is given to the code or computed by it`, () => {
      const one = held.get(name)
      if (!one) throw new Error(`Nothing computes ${name}`)
      expect(faultsOfCase(values, one)).to.deep.equal([])
    })
  }

  it('psych and Hmisc: every value is given to the code or computed by it', () => {
    expect(faultsOfCase(goldenFile('cronbach-psych.json'), alphaCase)).to.deep.equal([])
    expect(faultsOfCase(goldenFile('wilson-hmisc.json'), wilsonCase)).to.deep.equal([])
  })
})

describe('the check of acceptance values', () => {
  const golden = { given: [1, 2], unread: 5, sum: 3, product: 2 }
  const sum = ({ given }: { given: readonly number[] }) => given[0]! + given[1]!

  it('passes when all inputs are read and all other values computed', () => {
    const whole = acceptanceCase<{ given: readonly number[]; unread: number }>(
      ['given', 'unread'],
      ({ given, unread }) => ({
        sum: sum({ given }),
        product: unread - sum({ given }),
      }),
    )
    expect(faultsOfCase(golden, whole)).to.deep.equal([])
  })

  it('names inputs never read, values never computed, wrong ones and ones that are not in the case', () => {
    const poor = acceptanceCase<{ given: readonly number[] }>(['given', 'unread'], ({ given }) => ({
      sum: sum({ given }) + 1,
      other: 4,
    }))
    expect(faultsOfCase(golden, poor)).to.deep.equal([
      'unread: given, but never read',
      'sum: expected 3, got 4',
      'product: expected 2, but nothing computes it',
      'other: computed, not in the case',
    ])
  })

  it('shows a computation nothing but its inputs', () => {
    const cheat = acceptanceCase<{ sum?: number }>([], (all) => ({ sum: all.sum ?? Number.NaN }))
    expect(faultsOfCase({ sum: 3 }, cheat)).to.deep.equal(['sum: expected 3, got NaN'])
  })
})
