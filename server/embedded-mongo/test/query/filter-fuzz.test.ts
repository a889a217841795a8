import type { Document } from 'bson'
import { expect } from 'chai'
import { servedConditions } from '../../plan/plan.js'
import { type Condition, compileFilter, readFilter } from '../../query/filter.js'
import { compareValues } from '../../values/key.js'
import { indexValues } from '../../values/path.js'
import { typeOf } from '../../values/types.js'
import { bruteForce } from '../support/brute-force.js'
import { plainDocument, randomFilter } from '../support/random-filters.js'
import { randomFrom } from '../support/random-values.js'

const FILTERS = 40_000

function keyServes(key: unknown, { op, values }: Condition): boolean {
  if (op === 'in') return values.some((one) => compareValues(key, one) === 0)
  const order = compareValues(key, values[0])
  const isInside = op.startsWith('gt') ? order >= Number(op === 'gt') : order <= -Number(op === 'lt')
  return typeOf(key).rank === typeOf(values[0]).rank && isInside
}

function brokenBound(doc: Document, filter: Document): string | undefined {
  for (const condition of servedConditions(readFilter(filter))) {
    const { keys } = indexValues(doc, [condition.path])
    if (!keys.some(([key]) => keyServes(key, condition))) return JSON.stringify(condition)
  }
  return undefined
}

describe('filters on random documents', function () {
  this.timeout(60_000)
  const random = randomFrom(20260402)
  const pool = Array.from({ length: 4_000 }, () => plainDocument(random, 3))
  const someDocs = (i: number, count = 8) =>
    Array.from({ length: count }, (_, j) => pool[(i * 7 + j * 501) % pool.length] as Document)

  it(`match what a second evaluation matches, ${FILTERS} filters on 8 documents each`, () => {
    let matched = 0
    for (let i = 0; i < FILTERS; i++) {
      const filter = randomFilter(random)
      const test = compileFilter(filter)
      for (const doc of someDocs(i)) {
        const isMatch = test(doc)
        if (isMatch !== bruteForce(doc, filter))
          expect.fail(`${JSON.stringify(filter)} on ${JSON.stringify(doc)}: ${isMatch}`)
        if (isMatch) matched++
      }
    }
    // A generator that matches nothing or everything would prove little.
    expect(matched).to.be.within(FILTERS, FILTERS * 7)
  })

  it(`give bounds that an index key of every matching document satisfies, ${FILTERS} filters`, () => {
    let checked = 0
    for (let i = 0; i < FILTERS; i++) {
      const filter = randomFilter(random)
      const docs =
        servedConditions(readFilter(filter)).length === 0
          ? []
          : someDocs(i, 32).filter((doc) => bruteForce(doc, filter))
      checked += docs.length
      const broken = docs.find((doc) => brokenBound(doc, filter))
      if (broken) expect.fail(`${JSON.stringify(filter)} on ${JSON.stringify(broken)}: ${brokenBound(broken, filter)}`)
    }
    expect(checked).to.be.above(10_000)
  })
})
