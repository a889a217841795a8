import { expect } from 'chai'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { makeData, makeEvent, makeUnit, part, whole } from '../../../support/unit-fixtures.js'

const [D1, D2] = ['2020-01-01', '2022-01-01']
const dayBefore = '2019-12-31'

describe('unit registry', () => {
  const registry = createUnitRegistry(
    makeData(
      [
        makeUnit('a', { validTo: D1, codes: [{ scheme: 'GSO', value: '769', from: null, to: D1 }] }),
        makeUnit('b', {
          validFrom: D1,
          codes: [{ scheme: 'GSO', value: '769', from: D1, to: null }],
          names: [
            { vi: 'Cũ', en: 'Old', from: D1, to: D2 },
            { vi: 'Mới', en: 'New', from: D2, to: null },
          ],
        }),
        makeUnit('ward', {
          kind: 'phuong',
          parents: [
            { uid: 'a', from: null, to: D1 },
            { uid: 'b', from: D1, to: null },
          ],
        }),
        makeUnit('giver'),
        makeUnit('taker'),
      ],
      [makeEvent(D2, part('giver', 'giver'), part('giver', 'taker')), makeEvent(D1, whole('a', 'b'))],
    ),
  )

  it('takes the first day of a life in and its end out', () => {
    expect([registry.isValid('a', dayBefore), registry.isValid('a', D1)]).to.deep.equal([true, false])
    expect([registry.isValid('b', dayBefore), registry.isValid('b', D1)]).to.deep.equal([false, true])
    expect(registry.isValid('nobody', D1)).to.equal(false)
  })

  it('resolves a uid to the unit, or says why not', () => {
    expect(registry.resolve('b', D1)).to.deep.include({ kind: 'found' })
    expect(registry.resolve('b', dayBefore)).to.deep.include({ kind: 'not_yet', validFrom: D1 })
    const ended = registry.resolve('a', D1)
    expect(ended.kind === 'ended' && ended.successors.map(({ uid }) => uid)).to.deep.equal(['b'])
    expect(registry.resolve('__proto__', D1)).to.deep.equal({ kind: 'unknown' })
  })

  it('tells who carried a reused code on a day', () => {
    expect(registry.byCode('GSO', '769', dayBefore)?.uid).to.equal('a')
    expect(registry.byCode('GSO', '769', D1)?.uid).to.equal('b')
    expect(registry.byCode('other', '769', D1)).to.equal(undefined)
  })

  it('finds by the name of the day, in either language, without diacritics', () => {
    expect(registry.byName('cu', D1).map(({ uid }) => uid)).to.deep.equal(['b'])
    expect(registry.byName('MỚI', D1)).to.deep.equal([])
    expect(registry.byName('new', D2).map(({ uid }) => uid)).to.deep.equal(['b'])
  })

  it('names a unit as it was called on the day, and by its last name afterwards', () => {
    expect(registry.nameOf('b', D1).vi).to.equal('Cũ')
    expect(registry.nameOf('b', D2).vi).to.equal('Mới')
    expect(registry.nameOf('b', '1999-01-01').vi).to.equal('Mới')
    expect(() => registry.nameOf('nobody', D1)).to.throw(RangeError)
  })

  it('moves a ward with its parent', () => {
    expect(registry.childrenOf('a', dayBefore).map(({ uid }) => uid)).to.deep.equal(['ward'])
    expect(registry.childrenOf('a', D1)).to.deep.equal([])
    expect(registry.parentOf('ward', D1)?.uid).to.equal('b')
    expect(registry.subtreeOf('b', D1).map(({ uid }) => uid)).to.deep.equal(['b', 'ward'])
    expect(registry.subtreeOf('b', dayBefore)).to.deep.equal([])
  })

  it('does not count the rest of a divided unit among its successors', () => {
    expect(registry.successorsOf('giver').map(({ unit }) => unit.uid)).to.deep.equal(['taker'])
    expect(registry.predecessorsOf('giver')).to.deep.equal([])
  })

  it('lists events oldest first, whatever their order in the data', () => {
    expect(registry.events().map(({ on }) => on)).to.deep.equal([D1, D2])
  })

  it('does not pass on what arrived the same day', () => {
    const [x, y, z] = [makeUnit('x', { validTo: D1 }), makeUnit('y'), makeUnit('z')]
    const events = [makeEvent(D1, whole('x', 'y'), part('y', 'y'), part('y', 'z'))]
    const same = createUnitRegistry(makeData([x, y, z], events))
    expect(same.lineageForward('x', D1).map(({ unit }) => unit.uid)).to.deep.equal(['y'])
    expect(same.lineageBack('z', dayBefore).map(({ unit }) => unit.uid)).to.deep.equal(['y'])
  })
})
