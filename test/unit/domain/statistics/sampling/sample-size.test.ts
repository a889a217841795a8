import { expect } from 'chai'
import {
  clusterDesignEffect,
  cochranSize,
  inflateSize,
  marginOfSize,
  sizeForPopulation,
  slovinSize,
  wholeCases,
} from '../../../../../server/domain/statistics/sampling/sample-size.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const { D1_slovin: d1, D2_cochran: d2 } = goldenFile<{
  D1_slovin: { values: Record<string, [number, number]> }
  D2_cochran: Record<string, number>
}>('statistics-acceptance.json')

describe('sample size', () => {
  for (const [population, [exact, whole]] of Object.entries(d1.values)) {
    it(`by Slovin for ${population} cases gives acceptance value D1`, () => {
      const size = slovinSize(Number(population), 0.05)
      expectClose(size, exact, 1e-12)
      expect(wholeCases(size)).to.equal(whole)
    })
  }

  it('by Cochran, corrected and inflated, gives acceptance value D2', () => {
    const size = cochranSize(0.05)
    const corrected = sizeForPopulation(size, 1500)
    const inflated = inflateSize(corrected, 1.5, 0.8)
    for (const [value, key] of [
      [size, 'n0'],
      [corrected, 'fpc_1500'],
      [inflated, 'deff15_resp80'],
    ] as const) {
      expectClose(value, d2[key]!, 1e-12)
      expect(wholeCases(value)).to.equal(d2[`${key}_ceil`])
    }
  })

  it('gives the half-widths of acceptance value D2', () => {
    for (const size of [100, 200, 385]) expectClose(marginOfSize(size), d2[`e_for_n${size}`]!, 1e-12)
  })

  it('has a design effect of 1.58 for clusters of 30 with a likeness of 0.02', () => {
    expectClose(clusterDesignEffect(30, 0.02), 1.58, 1e-12)
  })

  it('does not round a whole size up for rounding noise', () => {
    expect(wholeCases(100 + 1e-12)).to.equal(100)
  })

  it('refuses arguments out of range', () => {
    const refused: (() => number)[] = [
      () => slovinSize(0, 0.05),
      () => slovinSize(100, 0),
      () => slovinSize(100, Number.NaN),
      () => cochranSize(1.1),
      () => cochranSize(0.05, 1),
      () => sizeForPopulation(100, 0),
      () => inflateSize(100, 0, 0.5),
      () => inflateSize(100, 1, 0),
      () => inflateSize(100, 1, 1.01),
      () => marginOfSize(0),
      () => marginOfSize(10, 0),
      () => clusterDesignEffect(0, 0.1),
      () => clusterDesignEffect(10, 2),
    ]
    for (const call of refused) expect(call).to.throw(RangeError)
  })
})
