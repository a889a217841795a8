import { expect } from 'chai'
import { figureAt, judge, readBudgets } from '../../bench/support/budgets.js'
import { readResults } from '../../bench/support/results.js'

const calibration = { loopMegaSteps: 500, syncsPerSecond: 1000 }
const kept = (result: unknown, budget: Parameters<typeof judge>[1][number]) => judge(result, [budget], calibration)[0]

describe('budgets of the benches', () => {
  it('hold a time against what the machine does in it', () => {
    // 4 ms at 500 million steps a second are 2 million steps.
    const budget = { figure: 'api.cpuMs', of: 'loop', atMost: 2 } as const
    expect(kept({ api: { cpuMs: 4 } }, budget)).to.deep.include({ ratio: 2, isKept: true })
    expect(kept({ api: { cpuMs: 4.1 } }, budget)).to.deep.include({ ratio: 2.05, isKept: false })
  })

  it('hold a rate against the syncs of the disk, and a ratio as it is', () => {
    const rate = { figure: 'perSecond', of: 'sync', atLeast: 0.8 } as const
    expect(kept({ perSecond: 800 }, rate)).to.deep.include({ ratio: 0.8, isKept: true })
    expect(kept({ perSecond: 799 }, rate)).to.deep.include({ isKept: false })
    const within = { figure: 'sizes.1.percent', of: 'itself', atLeast: 93, atMost: 97 } as const
    expect([92, 93, 97, 98].map((percent) => kept({ sizes: [0, { percent }] }, within)?.isKept)).to.deep.equal([
      false,
      true,
      true,
      false,
    ])
  })

  it('say that a figure was left out of a run, and do not fail it', () => {
    const budget = { figure: 'a.b', of: 'itself', atMost: 1 } as const
    for (const result of [{}, { a: null }, { a: { b: 'x' } }, { a: [] }]) {
      expect(kept(result, budget)).to.deep.include({ ratio: null, isKept: true })
    }
  })

  it('name figures that the kept results have', () => {
    const results = readResults()
    const missing = Object.entries(readBudgets()).flatMap(([bench, budgets]) =>
      budgets.filter(({ figure }) => results[bench] && figureAt(results[bench], figure) === null),
    )
    expect(missing.map(({ figure }) => figure)).to.deep.equal([])
  })
})
