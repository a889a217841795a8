import { expect } from 'chai'
import { createSeededStream, xoshiro128 } from '../../../../../server/domain/statistics/random/seeded-stream.js'

describe('seeded stream', () => {
  it("is xoshiro128**: state 1, 2, 3, 4 starts as the authors' C code does", () => {
    // Worked out with the published recurrence in big-integer arithmetic.
    const next = xoshiro128([1, 2, 3, 4])
    expect(Array.from({ length: 5 }, next)).to.deep.equal([11520, 0, 5927040, 70819200, 2031721883])
  })

  it('repeats for a seed and differs for another', () => {
    const draws = (seed: string) => {
      const stream = createSeededStream(seed)
      return Array.from({ length: 8 }, () => stream.below(1000))
    }
    expect(draws('wave-2026')).to.deep.equal(draws('wave-2026'))
    expect(draws('wave-2026')).to.not.deep.equal(draws('wave-2027'))
  })

  it('spreads evenly: chi-square over ten classes stays below its 99.9 % point 27.88', () => {
    const stream = createSeededStream('even')
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) counts[stream.below(10)]! += 1
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).to.be.below(27.88)
    const uniforms = Array.from({ length: 10_000 }, () => stream.uniform())
    expect(uniforms.every((u) => u >= 0 && u < 1)).to.equal(true)
    // Standard error of the mean of 10,000 uniforms is 0.0029.
    expect(uniforms.reduce((sum, u) => sum + u, 0) / 10_000).to.be.closeTo(0.5, 0.012)
  })

  it('throws away words that would favour small numbers', () => {
    // Below 2^31 + 1 nearly half of the words have no equal share; those are passed over.
    const [words, drawn] = [createSeededStream('x'), createSeededStream('x')]
    const raw = Array.from({ length: 200 }, () => words.below(2 ** 32)).filter((word) => word < 2 ** 31 + 1)
    expect(raw.length).to.be.below(150)
    expect(raw.map(() => drawn.below(2 ** 31 + 1))).to.deep.equal(raw)
  })

  it('refuses an empty seed and limits it cannot draw below', () => {
    expect(() => createSeededStream('')).to.throw(RangeError)
    for (const limit of [0, 1.5, 2 ** 33, Number.NaN]) {
      expect(() => createSeededStream('x').below(limit)).to.throw(RangeError)
    }
  })
})
