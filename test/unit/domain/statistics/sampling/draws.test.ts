import { expect } from 'chai'
import fc from 'fast-check'
import { createSeededStream } from '../../../../../server/domain/statistics/random/seeded-stream.js'
import { baseWeight } from '../../../../../server/domain/statistics/sampling/base-weight.js'
import {
  type DrawPlan,
  drawCommitment,
  drawSample,
} from '../../../../../server/domain/statistics/sampling/sample-draw.js'
import { drawSimpleRandom } from '../../../../../server/domain/statistics/sampling/simple-random-draw.js'
import { drawSystematicPps } from '../../../../../server/domain/statistics/sampling/systematic-pps.js'
import { goldenFile } from '../../../../support/golden-file.js'

const { D4_pps_systematic: d4 } = goldenFile<{
  D4_pps_systematic: Record<'k' | 'interval' | 'start', number> &
    Record<'sizes' | 'selected_index0' | 'pi_selected' | 'base_weight_if_20_of_size', number[]>
}>('statistics-acceptance.json')
const frame = d4.sizes.map((size, i) => ({ id: `W${i + 1}`, size }))

describe('systematic draw with probability proportional to size', () => {
  it('gives acceptance value D4, with self-weighting base weights', () => {
    const { units, interval, start } = drawSystematicPps(frame, d4.k, d4.start / d4.interval)
    expect([interval, start]).to.deep.equal([d4.interval, d4.start])
    expect(units.map(({ id }) => id)).to.deep.equal(d4.selected_index0.map((i) => `W${i + 1}`))
    expect(units.map(({ probability }) => probability)).to.deep.equal(d4.pi_selected)
    const weights = units.map(({ id, probability }) =>
      baseWeight([probability, 20 / frame.find((u) => u.id === id)!.size]),
    )
    weights.forEach((weight, i) => {
      expect(weight).to.be.closeTo(d4.base_weight_if_20_of_size[i]!, 1e-9)
    })
  })

  it('takes units of an interval or more for certain and draws the rest anew', () => {
    // 100 of 160 with 3 to draw: 100 ≥ 160/3; then 60 of the rest with 2 to draw, I = 30: 40 ≥ 30; then one of 20.
    const lopsided = [
      { id: 'big', size: 100 },
      { id: 'middle', size: 40 },
      { id: 'small', size: 15 },
      { id: 'tiny', size: 5 },
    ]
    const { units, interval } = drawSystematicPps(lopsided, 3, 1)
    expect(interval).to.equal(20)
    expect(units).to.deep.equal([
      { id: 'big', probability: 1 },
      { id: 'middle', probability: 1 },
      { id: 'tiny', probability: 0.25 },
    ])
  })

  it('takes the whole frame when as many are asked for', () => {
    const { units, interval } = drawSystematicPps(frame, frame.length, 0.3)
    expect(units.every(({ probability }) => probability === 1)).to.equal(true)
    expect([units.length, interval]).to.deep.equal([6, null])
  })

  it('draws exactly the count, each unit once, with chances above 0 up to 1', () => {
    const sizes = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(sizes, share, share, (all, countShare, u) => {
        const units = all.map((size, i) => ({ id: String(i), size }))
        const count = 1 + Math.floor(countShare * (units.length - 1))
        const drawn = drawSystematicPps(units, count, 1 - u * 0.999).units
        expect(new Set(drawn.map(({ id }) => id)).size).to.equal(count)
        expect(drawn.every(({ probability }) => probability > 0 && probability <= 1)).to.equal(true)
      }),
    )
  })

  it('hits each unit in proportion to its size over many starts', () => {
    const hits = new Map<string, number>()
    const starts = 8000
    for (let i = 1; i <= starts; i++) {
      for (const { id } of drawSystematicPps(frame, 2, i / starts).units) hits.set(id, (hits.get(id) ?? 0) + 1)
    }
    for (const { id, size } of frame) expect(hits.get(id)! / starts).to.be.closeTo(size / 4000, 1e-3)
  })

  it('refuses counts, sizes, starts and frames that make no draw', () => {
    expect(() => drawSystematicPps(frame, 0, 0.5)).to.throw(RangeError)
    expect(() => drawSystematicPps(frame, 7, 0.5)).to.throw(RangeError)
    expect(() => drawSystematicPps(frame, 2, 0)).to.throw(RangeError)
    expect(() => drawSystematicPps([{ id: 'a', size: 0 }], 1, 0.5)).to.throw(RangeError)
    expect(() => drawSystematicPps([frame[0]!, frame[0]!], 1, 0.5)).to.throw(RangeError)
  })
})

describe('simple random draw', () => {
  it('takes distinct items, each about equally often', () => {
    const stream = createSeededStream('fair')
    const counts = new Map<number, number>()
    for (let round = 0; round < 5000; round++) {
      const drawn = drawSimpleRandom([0, 1, 2, 3, 4], 2, stream)
      expect(new Set(drawn).size).to.equal(2)
      for (const item of drawn) counts.set(item, (counts.get(item) ?? 0) + 1)
    }
    // Expected 2000 each, standard deviation √(5000 · 0.4 · 0.6) = 35; four of those.
    for (const item of [0, 1, 2, 3, 4]) expect(counts.get(item)).to.be.within(1860, 2140)
  })

  it('leaves the frame as it was and refuses to draw more than it holds', () => {
    const items = ['a', 'b', 'c']
    drawSimpleRandom(items, 3, createSeededStream('x'))
    expect(items).to.deep.equal(['a', 'b', 'c'])
    expect(() => drawSimpleRandom(items, 4, createSeededStream('x'))).to.throw(RangeError)
  })
})

describe('draw by a plan', () => {
  const plan: DrawPlan = { method: 'systematic_pps', seed: 'lottery 2026-03-01: 48213', count: 2, frame }

  it('gives the same units each time, and a text to commit to that any change changes', () => {
    expect(drawSample(plan)).to.deep.equal(drawSample(plan))
    const text = drawCommitment(plan)
    const others: DrawPlan[] = [
      { ...plan, seed: 'another' },
      { ...plan, count: 3 },
      { ...plan, method: 'simple_random' },
      { ...plan, frame: [...frame].reverse() },
    ]
    expect(new Set([text, ...others.map(drawCommitment)]).size).to.equal(5)
    const { generator, ...said } = JSON.parse(text)
    expect(said).to.deep.equal(plan)
    expect(generator).to.equal(drawSample(plan).generator)
  })

  it('gives every unit of a simple random draw the same chance', () => {
    const { units } = drawSample({ ...plan, method: 'simple_random', count: 3 })
    expect(units.map(({ probability }) => probability)).to.deep.equal([0.5, 0.5, 0.5])
  })
})

describe('base weight', () => {
  it('refuses no stages and chances out of range', () => {
    for (const stages of [[], [0], [1.2], [Number.NaN]]) expect(() => baseWeight(stages)).to.throw(RangeError)
  })
})
