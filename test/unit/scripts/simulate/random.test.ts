import { expect } from 'chai'
import { createRandom } from '../../../../scripts/simulate/random.js'

const draws = (name: string, count: number) => {
  const random = createRandom(name)
  return Array.from({ length: count }, () => random.uniform())
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('random numbers that repeat', () => {
  it('are the same for the same name and others for another', () => {
    expect(draws('a/1', 5)).to.deep.equal(draws('a/1', 5))
    expect(draws('a/1', 5)).not.to.deep.equal(draws('a/2', 5))
  })

  it('spread evenly, also over the first draw of many names', () => {
    // Standard error of the mean of 10000 uniforms: 0.2887 / 100 = 0.0029; four of them allowed.
    expect(mean(draws('stream', 10_000))).to.be.closeTo(0.5, 0.012)
    const firsts = Array.from({ length: 10_000 }, (_, i) => createRandom(`name/${i}`).uniform())
    expect(mean(firsts)).to.be.closeTo(0.5, 0.012)
  })

  it('have a normal with mean 0 and variance 1', () => {
    const random = createRandom('normal')
    const values = Array.from({ length: 10_000 }, () => random.normal())
    // Standard error of the variance: sqrt(2 / 10000) = 0.014; four of them allowed.
    expect(mean(values)).to.be.closeTo(0, 0.04)
    expect(mean(values.map((value) => value * value))).to.be.closeTo(1, 0.057)
  })

  it('choose by weight and never what weighs nothing', () => {
    const random = createRandom('weights')
    const chosen = Array.from({ length: 4000 }, () =>
      random.weighted([
        ['never', 0],
        ['one', 1],
        ['three', 3],
      ]),
    )
    expect(chosen).not.to.include('never')
    // Share 0.75, standard error 0.0068; four of them allowed.
    expect(chosen.filter((value) => value === 'three').length / 4000).to.be.closeTo(0.75, 0.028)
    expect(() => random.weighted([])).to.throw(RangeError)
    expect(() => random.pick([])).to.throw(RangeError)
  })
})
