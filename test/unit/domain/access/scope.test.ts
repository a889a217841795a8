import { expect } from 'chai'
import fc from 'fast-check'
import { covers, type Part, scopeOfUnit, wholeCity, within } from '../../../../server/domain/access/scope.js'
import { loadUnitRegistry } from '../../../../server/features/units/index.js'

const registry = loadUnitRegistry('surveys/units')
const ALWAYS = { from: null, to: null }
const all: Part = { unitUids: null, services: null, period: ALWAYS }
const heldBy = (uid: string, on: string) => [...(scopeOfUnit(registry, uid, on).units as ReadonlySet<string>)].sort()

describe('the scope of a unit', () => {
  it('after a merge holds the units that went into it whole, and not those divided among several', () => {
    // Resolution 1685/NQ-UBTVQH15: Ben Thanh took Ben Thanh and Pham Ngu Lao whole, parts of Cau Ong Lanh and Nguyen Thai Binh.
    expect(heldBy('p-ben-thanh', '2026-01-01')).to.deep.equal(
      ['p-ben-thanh', 'quan-1.ben-thanh', 'quan-1.pham-ngu-lao'].sort(),
    )
  })

  it('of a unit that has ended is what it was, and nothing of its successors', () => {
    const held = heldBy('quan-1', '2026-01-01')
    expect(held).to.include.members(['quan-1', 'quan-1.ben-thanh', 'quan-1.da-kao'])
    expect(held.filter((uid) => !uid.startsWith('quan-1'))).to.deep.equal([])
    expect(heldBy('quan-1.ben-thanh', '2026-01-01')).to.deep.equal(['quan-1.ben-thanh'])
  })

  it('follows whole units back over more than one event, with what stood below them', () => {
    const held = heldBy('tp-thu-duc', '2022-01-01')
    expect(held).to.include.members(['tp-thu-duc', 'quan-2', 'quan-9', 'quan-thu-duc'])
    expect(held.some((uid) => uid.startsWith('p-'))).to.equal(false)
  })
})

describe('what lies in a scope', () => {
  const scope = scopeOfUnit(registry, 'p-ben-thanh', '2026-01-01', {
    services: new Set(['HT', 'DAT']),
    period: { from: '2026-01-01', to: '2026-07-01' },
  })

  it('is the part asked for, less everything outside', () => {
    const asked: Part = {
      unitUids: ['p-ben-thanh', 'p-sai-gon'],
      services: ['HT', 'HQ'],
      period: { from: '2025-01-01', to: '2026-03-01' },
    }
    expect(within(scope, asked)).to.deep.equal({
      unitUids: ['p-ben-thanh'],
      services: ['HT'],
      period: { from: '2026-01-01', to: '2026-03-01' },
    })
    expect(within(scope, all).services).to.deep.equal(['HT', 'DAT'])
    expect(within(wholeCity('a test'), all)).to.deep.equal(all)
  })

  it('is covered only when units, services and days all lie inside; "all" never does', () => {
    const inside: Part = {
      unitUids: ['p-ben-thanh'],
      services: ['HT'],
      period: { from: '2026-01-01', to: '2026-07-01' },
    }
    expect(covers(scope, inside)).to.equal(true)
    const outside: readonly Partial<Part>[] = [
      { unitUids: null },
      { unitUids: ['p-ben-thanh', 'p-sai-gon'] },
      { services: null },
      { services: ['HQ'] },
      { period: ALWAYS },
      { period: { from: '2025-12-31', to: '2026-07-01' } },
      { period: { from: '2026-01-01', to: '2026-07-02' } },
    ]
    for (const change of outside)
      expect(covers(scope, { ...inside, ...change }), JSON.stringify(change)).to.equal(false)
    expect(covers(wholeCity('a test'), all)).to.equal(true)
  })

  it('never holds more than the scope, and what is covered is left as it is', () => {
    const subset = (of: readonly string[]) => fc.option(fc.subarray([...of]), { nil: null })
    const day = fc.constantFrom(null, '2025-06-01', '2026-01-01', '2026-05-01', '2026-07-01', '2027-01-01')
    const parts = fc.record({
      unitUids: subset(['p-ben-thanh', 'quan-1.ben-thanh', 'p-sai-gon', 'quan-1']),
      services: subset(['HT', 'DAT', 'HQ']),
      period: fc.record({ from: day, to: day }),
    })
    fc.assert(
      fc.property(parts, (asked) => {
        const inside = within(scope, asked)
        expect(covers(scope, inside)).to.equal(true)
        expect(within(scope, inside)).to.deep.equal(inside)
        if (covers(scope, asked)) expect(inside).to.deep.equal(asked)
      }),
    )
  })
})
