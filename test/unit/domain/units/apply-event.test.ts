import { expect } from 'chai'
import { applyEvent, type PlannedEvent } from '../../../../server/domain/units/apply-event.js'
import { checkUnits } from '../../../../server/domain/units/check-units.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { effectsOf } from '../../../../server/domain/units/event-effects.js'
import type { UnitData } from '../../../../server/domain/units/unit.js'
import { makeData, makeUnit } from '../../../support/unit-fixtures.js'

const ON = '2027-01-01'
const act = { on: ON, legalBasis: 'NQ 9' }
const ward = (uid: string, parent = 'q1') => makeUnit(uid, { kind: 'phuong', parent })
const city = makeData([makeUnit('q1'), makeUnit('q2'), ward('a'), ward('b'), ward('c'), ward('d', 'q2')])
const fresh = (uid: string) => ({ uid, kind: 'phuong', vi: `Phường ${uid}`, en: `Ward ${uid}` }) as const

function applied(plan: PlannedEvent, data: UnitData = city) {
  const outcome = applyEvent(data, plan)
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults))
  return outcome
}

function effects(plan: PlannedEvent, touched: readonly string[]) {
  const found = effectsOf(createUnitRegistry(city), createUnitRegistry(applied(plan).data), touched, ON)
  return { ...found, begins: found.begins.map(({ uid }) => uid), ends: found.ends.map(({ uid }) => uid) }
}

/** What a unit of the new map is made of, by uid. */
const madeOf = ({ crosswalk }: ReturnType<typeof effects>) =>
  Object.fromEntries(
    crosswalk.units.map(({ uid, kind, parts }) => [
      uid,
      [kind, ...parts.map((one) => `${one.uid} ${one.share}`).sort()],
    ]),
  )

describe('an event of units, tried in memory', () => {
  describe('a merger as those of 2025: two wards whole and part of a third become one', () => {
    const plan: PlannedEvent = { ...act, event: 'merge', whole: ['a', 'b'], part: ['c'], into: fresh('n') }

    it('ends the two, makes the new one under their parent, and lets the third live on', () => {
      const { data, added, changed } = applied(plan)
      expect(checkUnits(data)).to.deep.equal([])
      expect(changed.map(({ uid, validTo }) => [uid, validTo])).to.deep.equal([
        ['a', ON],
        ['b', ON],
      ])
      expect(added.map(({ uid, validFrom, parents }) => [uid, validFrom, parents])).to.deep.equal([
        ['n', ON, [{ uid: 'q1', from: ON, to: null }]],
      ])
    })

    it('breaks the series of what got or gave a part of unknown size', () => {
      const found = effects(plan, ['a', 'b', 'c'])
      expect([found.begins, found.ends]).to.deep.equal([['n'], ['a', 'b']])
      expect(madeOf(found)).to.deep.equal({ n: ['broken', 'a 1', 'b 1', 'c null'], c: ['broken', 'c null'] })
    })

    it('without the part, adds the two series up exactly', () => {
      expect(madeOf(effects({ ...plan, part: [] }, ['a', 'b']))).to.deep.equal({ n: ['exact', 'a 1', 'b 1'] })
    })
  })

  it('a merger into a ward that lives on keeps its uid and adds what it takes in', () => {
    const plan: PlannedEvent = { ...act, event: 'merge', whole: ['a', 'b'], part: [], into: 'a' }
    expect(checkUnits(applied(plan).data)).to.deep.equal([])
    const found = effects(plan, ['a', 'b'])
    expect([found.begins, found.ends, madeOf(found)]).to.deep.equal([[], ['b'], { a: ['exact', 'a 1', 'b 1'] }])
  })

  it('a merger of districts takes their wards along', () => {
    const into = { uid: 'q12', kind: 'quan', vi: 'Quận 12', en: 'District 12', parent: 'city' } as const
    const plan: PlannedEvent = { ...act, event: 'merge', whole: ['q1', 'q2'], part: [], into }
    expect(checkUnits(applied(plan).data)).to.deep.equal([])
    expect(effects(plan, ['q1', 'q2']).moved).to.deep.equal([
      { uid: 'a', from: 'q1', to: 'q12' },
      { uid: 'b', from: 'q1', to: 'q12' },
      { uid: 'c', from: 'q1', to: 'q12' },
      { uid: 'd', from: 'q2', to: 'q12' },
    ])
  })

  describe('a division', () => {
    const into = [fresh('x'), fresh('y')]
    it('with known shares estimates: 0.4 and 0.6 of the old ward', () => {
      const plan: PlannedEvent = {
        ...act,
        event: 'split',
        unit: 'a',
        into,
        shares: { x: 0.4, y: 0.6 },
        basis: 'population',
      }
      expect(checkUnits(applied(plan).data)).to.deep.equal([])
      const found = effects(plan, ['a'])
      expect(found.ends).to.deep.equal(['a'])
      expect(madeOf(found)).to.deep.equal({ x: ['estimated', 'a 0.4'], y: ['estimated', 'a 0.6'] })
    })

    it('without shares breaks, also for a ward that lives on with the rest', () => {
      const plan: PlannedEvent = { ...act, event: 'split', unit: 'a', into: ['a', fresh('x')] }
      expect(checkUnits(applied(plan).data)).to.deep.equal([])
      const found = effects(plan, ['a'])
      expect([found.ends, madeOf(found)]).to.deep.equal([[], { a: ['broken', 'a null'], x: ['broken', 'a null'] }])
    })

    it('is for the check to find wrong when the shares do not make a whole', () => {
      const plan: PlannedEvent = {
        ...act,
        event: 'split',
        unit: 'a',
        into,
        shares: { x: 0.4, y: 0.5 },
        basis: 'population',
      }
      expect(checkUnits(applied(plan).data).map(({ code }) => code)).to.deep.equal(['shares_not_one'])
    })

    it('of a district sends each ward where it is told to', () => {
      const districts = [
        { uid: 'e', kind: 'quan', vi: 'Quận E', en: 'District E' },
        { uid: 'f', kind: 'quan', vi: 'Quận F', en: 'District F' },
      ] as const
      const children = [
        { uid: 'a', parent: 'e' },
        { uid: 'b', parent: 'e' },
        { uid: 'c', parent: 'f' },
      ]
      const plan: PlannedEvent = { ...act, event: 'split', unit: 'q1', into: districts, children }
      expect(checkUnits(applied(plan).data)).to.deep.equal([])
      expect(effects(plan, ['q1']).moved.map(({ uid, to }) => `${uid} ${to}`)).to.deep.equal(['a e', 'b e', 'c f'])
    })
  })

  it('a new name begins on the day, and the series goes on', () => {
    const plan: PlannedEvent = { ...act, event: 'rename', unit: 'a', vi: 'Phường Mới', en: 'New Ward' }
    const { data } = applied(plan)
    expect(checkUnits(data)).to.deep.equal([])
    const registry = createUnitRegistry(data)
    expect([registry.nameOf('a', '2026-12-31').en, registry.nameOf('a', ON).en]).to.deep.equal([
      'District a',
      'New Ward',
    ])
    const found = effects(plan, ['a'])
    expect([found.renamed.map(({ uid }) => uid), madeOf(found)]).to.deep.equal([['a'], { a: ['exact', 'a 1'] }])
  })

  it('a move changes the parent alone', () => {
    const plan: PlannedEvent = { ...act, event: 'move', units: ['a'], parent: 'q2' }
    expect(checkUnits(applied(plan).data)).to.deep.equal([])
    const found = effects(plan, ['a'])
    expect([found.moved, madeOf(found)]).to.deep.equal([[{ uid: 'a', from: 'q1', to: 'q2' }], { a: ['exact', 'a 1'] }])
  })

  it('an end without a successor says why in its note, and its wards go to its parent', () => {
    const plan: PlannedEvent = { ...act, event: 'end', unit: 'q2' }
    const { data, event, changed } = applied(plan)
    expect([checkUnits(data), event]).to.deep.equal([[], null])
    expect(changed.find(({ uid }) => uid === 'q2')?.note).to.include('NQ 9')
    const found = effects(plan, ['q2'])
    expect([found.moved, found.crosswalk.lost]).to.deep.equal([[{ uid: 'd', from: 'q2', to: 'city' }], ['q2']])
  })

  it('a unit can begin without a predecessor', () => {
    const plan: PlannedEvent = { ...act, event: 'create', unit: { ...fresh('n'), parent: 'q1' } }
    expect(checkUnits(applied(plan).data)).to.deep.equal([])
    expect(effects(plan, []).begins).to.deep.equal(['n'])
  })

  it('is refused for units that do not exist, have ended, or are there already', () => {
    const ended = applied({ ...act, event: 'end', unit: 'd' }).data
    const faults = (plan: PlannedEvent) => {
      const outcome = applyEvent(ended, plan)
      return outcome.kind === 'refused' ? outcome.faults.map(({ code, uid }) => `${code} ${uid}`) : []
    }
    expect(faults({ ...act, event: 'rename', unit: 'zz', vi: 'Z', en: 'Z' })).to.deep.equal(['unknown_unit zz'])
    expect(faults({ ...act, event: 'move', units: ['d'], parent: 'q1' })).to.deep.equal(['not_living d'])
    expect(faults({ ...act, event: 'create', unit: fresh('a') })).to.deep.equal(['uid_taken a'])
    expect(faults({ ...act, event: 'merge', whole: ['a'], part: [], into: 'a' })).to.deep.equal(['no_links a'])
  })
})
