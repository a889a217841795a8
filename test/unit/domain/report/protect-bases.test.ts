import { expect } from 'chai'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { createSeededStream } from '../../../../server/domain/statistics/random/seeded-stream.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const K = 5
const PARENTS = { q1: 'city', w1: 'q1', w2: 'q1', w3: 'q1', q2: 'city', w4: 'q2', w5: 'q2', q3: 'city' }
const UNITS = ['w1', 'w2', 'w3', 'w4', 'w5', 'q3'] as const

/** Respondents that each shown roll-up has over its shown parts, line by line, where some part is hidden. */
function remaindersOf({ blocks }: IndexReport): readonly number[] {
  const pooled = blocks.filter(({ rollup }) => rollup !== 'simple_mean')
  const byKey = new Map(pooled.map((block) => [block.group.key, block]))
  const baseOf = (key: string, line: number): number | null => {
    const { estimate } = byKey.get(key)!.cells[line]!
    if (estimate.kind === 'empty') return 0
    return estimate.kind === 'published' ? estimate.figures.base : null
  }
  return pooled.flatMap(({ group, cells }) =>
    cells.flatMap((_, line) => {
      const total = group.parts.length === 0 ? null : baseOf(group.key, line)
      const parts = group.parts.map((key) => baseOf(key, line))
      if (total === null || parts.every((base) => base !== null)) return []
      return [total - parts.reduce<number>((sum, base) => sum + (base ?? 0), 0)]
    }),
  )
}

const cityOf = (sizes: readonly number[]) =>
  unitReport(
    UNITS.map((key, i) => part(key, responses(sizes[i]!, sizes[i]! >> 1))),
    PARENTS,
  )

describe('people behind what a roll-up leaves', () => {
  it('are k or more where the city less its shown parts would tell of three', () => {
    // w3 is 3 people. Its district less w1 and w2 would tell of them, and so would the city less all that is shown.
    const report = cityOf([60, 70, 3, 80, 90, 100])
    const shown = report.blocks.flatMap(({ cells }) => cells).filter(({ estimate }) => estimate.kind === 'published')
    expect(shown.length).to.be.greaterThan(0)
    expect(remaindersOf(report).filter((left) => left < K)).to.deep.equal([])
  })

  it('are k or more, or nobody, in 60 random cities of two levels', () => {
    let looked = 0
    for (let seed = 1; seed <= 60; seed += 1) {
      const stream = createSeededStream(`bases ${seed}`)
      const report = cityOf(UNITS.map(() => (stream.below(3) === 0 ? 1 + stream.below(4) : 30 + stream.below(60))))
      const left = remaindersOf(report)
      looked += left.length
      expect(
        left.filter((people) => people > 0 && people < K),
        String(seed),
      ).to.deep.equal([])
    }
    expect(looked).to.be.greaterThan(100)
  })
})
