import { Decimal128, type Document, Double, Int32 } from 'bson'
import { expect } from 'chai'
import { compileFilter } from '../../query/filter.js'
import { indexValues } from '../../values/path.js'
import { bruteForce } from '../support/brute-force.js'
import { plainDocument, plainValue } from '../support/random-filters.js'
import { randomFrom } from '../support/random-values.js'

describe('conditions', () => {
  it('find the same in a long list, looked up by key, as in a short one', () => {
    const random = randomFrom(3)
    const filler = Array.from({ length: 20 }, (_, i) => `none ${i}`)
    for (let i = 0; i < 3000; i++) {
      const wanted = [plainValue(random, 1), plainValue(random, 1)]
      const doc = plainDocument(random, 2)
      for (const name of ['$in', '$nin']) {
        const filter = { a: { [name]: [...filler, ...wanted] } }
        expect(compileFilter(filter)(doc), JSON.stringify([filter, doc])).to.equal(
          bruteForce(doc, { a: { [name]: wanted } }),
        )
      }
    }
  })

  it('join numbers of all types in a long list', () => {
    const list = [...Array.from({ length: 20 }, (_, i) => new Int32(100 + i)), Decimal128.fromString('7.0')]
    expect(compileFilter({ a: { $in: list } })({ a: new Double(7) })).to.equal(true)
  })

  it('are not misled by names that every object has', () => {
    expect(compileFilter({ constructor: null })({ a: 1 })).to.equal(true)
    expect(compileFilter({ 'a.length': 2 })({ a: [1, 2] })).to.equal(false)
    expect(() => compileFilter({ a: { $gt: 1, constructor: 1 } })).to.throw('unknown operator: constructor')
  })

  it('take a document with a field "_bsontype" for a document', () => {
    const doc = { a: { _bsontype: 'ObjectId', id: 'x' } } as Document
    expect(compileFilter({ 'a.id': 'x', a: { $gt: {} } })(doc)).to.equal(true)
  })
})

describe('the index keys of a document', () => {
  it('hold null for what is missing, undefined for an empty array, and each value once', () => {
    expect(indexValues({}, ['a'])).to.deep.equal({ keys: [[null]], multikey: false })
    expect(indexValues({ a: [] }, ['a'])).to.deep.equal({ keys: [[undefined]], multikey: true })
    expect(indexValues({ a: [] }, ['a.b'])).to.deep.equal({ keys: [[null]], multikey: true })
    expect(indexValues({ a: [1, 1, 2] }, ['a']).keys).to.deep.equal([[1], [2]])
    expect(indexValues({ a: [[1, 2]] }, ['a']).keys).to.deep.equal([[[1, 2]]])
    expect(indexValues({ a: [1, { b: 2 }] }, ['a.b']).keys).to.deep.equal([[null], [2]])
  })

  it('are refused where two fields lead to arrays, also to the same', () => {
    expect(() => indexValues({ a: [1], b: [2] }, ['a', 'b'])).to.throw('cannot index parallel arrays')
    expect(() => indexValues({ a: [{ x: 1, y: 2 }] }, ['a.x', 'a.y'])).to.throw('cannot index parallel arrays')
  })
})
