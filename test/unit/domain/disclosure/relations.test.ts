import { expect } from 'chai'
import fc from 'fast-check'
import { estimateOf } from '../../../../server/domain/disclosure/estimate.js'
import { DISCLOSURE_POLICIES, primaryReason } from '../../../../server/domain/disclosure/policy.js'
import { hideRecoverable } from '../../../../server/domain/disclosure/relations.js'

const cell = (key: string, base: number) => ({ key, base })

describe('hiding what could be worked out', () => {
  const cells = [cell('city', 300), cell('a', 12), cell('b', 200), cell('c', 88)]
  const relation = { total: 'city', parts: ['a', 'b', 'c'] }

  it('hides the part with the fewest respondents beside a single hidden part', () => {
    expect(hideRecoverable(cells, [relation], new Set(['a']), 5)).to.deep.equal(['c'])
  })

  it('hides nothing when none or several parts are hidden', () => {
    expect(hideRecoverable(cells, [relation], new Set(), 5)).to.deep.equal([])
    expect(hideRecoverable(cells, [relation], new Set(['a', 'b']), 5)).to.deep.equal([])
  })

  it('hides one more where the hidden units together are fewer people than may be told apart', () => {
    // City 300 less b and c leaves four people.
    const few = [cell('city', 300), cell('a1', 2), cell('a2', 2), cell('b', 200), cell('c', 96)]
    const units = { total: 'city', parts: ['a1', 'a2', 'b', 'c'] }
    expect(hideRecoverable(few, [units], new Set(['a1', 'a2']), 5)).to.deep.equal(['c'])
    expect(hideRecoverable(few, [units], new Set(['a1', 'a2']), 4)).to.deep.equal([])
  })

  it('counts the people behind two criteria once, since they are the same', () => {
    const few = [cell('factor', 90), cell('c1', 90), cell('c2', 4), cell('c3', 4)]
    const criteria = { total: 'factor', parts: ['c1', 'c2', 'c3'], sharesRespondents: true }
    expect(hideRecoverable(few, [criteria], new Set(['c2', 'c3']), 5)).to.deep.equal(['c1'])
  })

  it('hides the total of a single part', () => {
    const single = { total: 'city', parts: ['a'] }
    expect(hideRecoverable(cells, [single], new Set(['a']), 5)).to.deep.equal(['city'])
  })

  it('hides a part when the total is hidden, since the parts give it', () => {
    expect(hideRecoverable(cells, [relation], new Set(['city']), 5)).to.deep.equal(['a'])
  })

  it('passes over relations whose total nobody answered', () => {
    const other = { total: 'nobody', parts: ['a', 'nobody-either'] }
    expect(hideRecoverable(cells, [other], new Set(['a']), 5)).to.deep.equal([])
  })

  it('leaves no relation with exactly one hidden figure, whatever stood where', () => {
    const grid = fc.record({
      bases: fc.array(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 4, maxLength: 4 }), {
        minLength: 1,
        maxLength: 6,
      }),
    })
    fc.assert(
      fc.property(grid, ({ bases }) => {
        // Units by criteria; each unit has a factor (mean of its criteria), each criterion a city total.
        const all = bases.flatMap((row, u) => [
          ...row.map((base, c) => cell(`u${u} c${c}`, base)),
          cell(`u${u} f`, Math.max(...row)),
        ])
        const columns = [0, 1, 2, 3].map((c) => bases.reduce((sum, row) => sum + row[c]!, 0))
        const everything = [
          ...all,
          ...columns.map((base, c) => cell(`city c${c}`, base)),
          cell('city f', Math.max(...columns)),
        ]
        const owners = [...bases.keys()].map((u) => `u${u}`)
        const relations = [
          ...[...owners, 'city'].map((owner) => ({
            total: `${owner} f`,
            parts: [0, 1, 2, 3].map((c) => `${owner} c${c}`),
          })),
          ...[0, 1, 2, 3].map((c) => ({ total: `city c${c}`, parts: owners.map((owner) => `${owner} c${c}`) })),
        ]
        const primary = new Set(everything.filter(({ base }) => base < 30).map(({ key }) => key))
        const hidden = new Set([...primary, ...hideRecoverable(everything, relations, primary, 5)])
        for (const { total, parts } of relations) {
          expect([total, ...parts].filter((key) => hidden.has(key))).not.to.have.length(1)
        }
      }),
    )
  })
})

describe('thresholds', () => {
  const { internal, public: open } = DISCLOSURE_POLICIES

  it('hide under 5 inside and under 10 in public as too few, under 30 as unreliable', () => {
    expect([4, 5, 29, 30].map((base) => primaryReason(base, internal))).to.deep.equal([
      'too_few',
      'unreliable',
      'unreliable',
      null,
    ])
    expect([9, 10].map((base) => primaryReason(base, open))).to.deep.equal(['too_few', 'unreliable'])
  })

  it('flag 30 to 59, and say of nobody that nobody answered', () => {
    const reliability = (base: number) => {
      const estimate = estimateOf({ base }, internal)
      return estimate.kind === 'published' ? estimate.reliability : estimate.kind
    }
    expect([29, 30, 59, 60].map(reliability)).to.deep.equal(['suppressed', 'flagged', 'flagged', 'reliable'])
    expect(estimateOf(null, internal)).to.deep.equal({ kind: 'empty' })
  })
})
