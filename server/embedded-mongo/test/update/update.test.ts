import { type Document, Int32, Long } from 'bson'
import { expect } from 'chai'
import type { CommandError } from '../../errors.js'
import { compileUpdate, seedFromFilter } from '../../update/update.js'

function apply(doc: Document, update: Document, isInsert = false) {
  const after = compileUpdate(update)(doc, isInsert)
  return { doc: after, changed: after !== doc }
}

function codeOf(run: () => unknown): number {
  try {
    run()
  } catch (error) {
    return (error as CommandError).code
  }
  return 0
}

describe('updates', () => {
  it('leave the given document as it is', () => {
    const doc = { _id: 1, a: { b: [1] } }
    expect(apply(doc, { $push: { 'a.b': 2 } }).doc).to.deep.equal({ _id: 1, a: { b: [1, 2] } })
    expect(doc).to.deep.equal({ _id: 1, a: { b: [1] } })
  })

  const unchanging: [Document, Document][] = [
    [{ a: 1 }, { $set: { a: 1 } }],
    [{ a: 1 }, { $unset: { b: 1 } }],
    [{ a: new Int32(1) }, { $inc: { a: new Int32(0) } }],
    [{ a: 1 }, { $max: { a: 0 } }],
    [{ a: [1] }, { $addToSet: { a: 1 } }],
    [{ a: [1] }, { $pull: { a: 2 } }],
    [{ a: [1] }, { $push: { a: { $each: [] } } }],
    [{ a: 1 }, { a: 1 }],
    [{ a: 1 }, { $setOnInsert: { a: 2 } }],
  ]
  for (const [doc, update] of unchanging) {
    it(`report no change of ${JSON.stringify(doc)} by ${JSON.stringify(update)}`, () =>
      expect(apply(doc, update).changed).to.equal(false))
  }

  it('report a change when only the type of a number changes', () => {
    expect(apply({ a: new Int32(1) }, { $set: { a: Long.ONE } }).changed).to.equal(true)
  })

  it('put the id first, also when an operator of an upsert sets it', () => {
    expect(Object.keys(apply({ a: 1 }, { $set: { _id: 5 } }, true).doc)).to.deep.equal(['_id', 'a'])
    expect(Object.keys(apply({ _id: 1, b: 1 }, { a: 1, _id: 1 }).doc)).to.deep.equal(['_id', 'a'])
  })

  it('do not reach the prototype of objects', () => {
    const update = { $set: JSON.parse('{"__proto__.x": 1}') }
    const { doc } = apply({ _id: 1 }, update)
    expect(Object.hasOwn(doc, '__proto__')).to.equal(true)
    expect(({} as { x?: number }).x).to.equal(undefined)
  })

  const refused: [Document, number][] = [
    [{ $set: { 'a.$.b': 1 } }, 2],
    [{ $set: { 'a.$[].b': 1 } }, 2],
    [{ $set: { $x: 1 } }, 52],
    [{ $rename: { a: 'b' } }, 9],
    [{ $bit: { a: { and: 1 } } }, 9],
    [{ $set: { a: 1 }, b: 1 }, 9],
    [{ a: 1, $set: { b: 1 } }, 52],
    [{ $inc: { 'a.b': 1 }, $set: { a: 1 } }, 40],
    [{ $currentDate: { a: true } }, 9],
    [{ $mul: { a: 2 } }, 9],
    [{ $pop: { a: 1 } }, 9],
    [{ $push: { a: { $each: [1], $slice: 1 } } }, 2],
  ]
  for (const [update, code] of refused) {
    it(`refuse ${JSON.stringify(update)} with ${code}`, () =>
      expect(codeOf(() => compileUpdate(update))).to.equal(code))
  }

  it('refuse a list of stages, and a replacement of many', () => {
    expect(codeOf(() => compileUpdate([{ $set: { a: 1 } }]))).to.equal(9)
    expect(codeOf(() => compileUpdate({ a: 1 }, true))).to.equal(9)
  })

  it('refuse to fill an array with millions of nulls', () => {
    expect(codeOf(() => apply({ a: [] }, { $set: { 'a.2000000': 1 } }))).to.equal(2)
  })
})

describe('the seed of an upsert', () => {
  it('takes equalities in the order of their paths, the id first', () => {
    const seed = seedFromFilter({ b: 1, a: { $eq: 2 }, _id: 3, $and: [{ c: { $in: [4] } }], d: { $gt: 1 } })
    expect(Object.entries(seed)).to.deep.equal([
      ['_id', 3],
      ['a', 2],
      ['b', 1],
      ['c', 4],
    ])
  })

  it('is refused when a path is set twice', () => {
    expect(codeOf(() => seedFromFilter({ a: 1, $and: [{ a: 1 }] }))).to.equal(54)
    expect(codeOf(() => seedFromFilter({ a: { b: 1 }, 'a.b': 1 }))).to.equal(54)
  })
})
