import { expect } from 'chai'
import { bootstrapEstimate, bootstrapWeights } from '../../../../../server/domain/statistics/estimation/bootstrap.js'
import { estimateMean } from '../../../../../server/domain/statistics/estimation/design-estimate.js'
import { rakeWeights } from '../../../../../server/domain/statistics/estimation/rake-weights.js'
import { createSampleDesign } from '../../../../../server/domain/statistics/estimation/sample-design.js'
import { createSeededStream } from '../../../../../server/domain/statistics/random/seeded-stream.js'
import { clusteredDesign, reference, schoolMargin, stratifiedDesign } from '../../../../support/survey-reference.js'

/** Weighted mean of values; `null` when no case is left. */
const meanOf = (values: readonly number[]) => (weights: readonly number[]) => {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return sum > 0 ? weights.reduce((total, weight, i) => total + weight * values[i]!, 0) / sum : null
}

describe('rescaling bootstrap', () => {
  const strata = reference.stratified.rows.map(({ ok }) => ok)
  const clusters = reference.clustered.rows.map(({ ok }) => ok)

  it('comes near the linearised standard error of a stratified and of a cluster sample', () => {
    for (const [design, values] of [
      [stratifiedDesign(false), strata],
      [clusteredDesign(), clusters],
    ] as const) {
      const { value, standardError, low, high } = bootstrapEstimate(design, meanOf(values), {
        replicates: 800,
        seed: 'near',
      })
      const linearised = estimateMean(design, values)!
      expect(value).to.be.closeTo(linearised.value, 1e-12)
      // Monte Carlo error of a standard error from 800 replicates is about 1/√1600 = 2.5 %; four of those.
      expect(standardError / linearised.standardError).to.be.within(0.88, 1.12)
      expect(low).to.be.below(value)
      expect(high).to.be.above(value)
    }
  })

  it('carries raking through when it is repeated in every replicate', () => {
    const margins = [
      schoolMargin('stype', reference.raked.margins.stype),
      schoolMargin('sch.wide', reference.raked.margins.sch_wide),
    ]
    const rakedMean = (weights: readonly number[]) => {
      const outcome = rakeWeights(weights, margins)
      return outcome.kind === 'raked' ? meanOf(clusters)(outcome.weights) : null
    }
    const { standardError } = bootstrapEstimate(clusteredDesign(), rakedMean, { replicates: 300, seed: 'raked' })
    // Without the raking it would be near 0.0334; R's linearised error of the raked mean is 0.0220.
    expect(standardError).to.be.within(0.017, 0.028)
  })

  it('repeats for a seed and keeps what is needed to repeat it', () => {
    const run = (seed: string) => bootstrapEstimate(clusteredDesign(), meanOf(clusters), { replicates: 50, seed })
    expect(run('one')).to.deep.equal(run('one'))
    expect(run('one').standardError).to.not.equal(run('two').standardError)
    expect(run('one')).to.deep.include({ seed: 'one', replicates: 50, definedReplicates: 50 })
  })

  it('draws n − 1 of n clusters, so that weights keep their stratum total for equal clusters', () => {
    const design = createSampleDesign(['a', 'b', 'c', 'd'].map((cluster) => ({ weight: 2, stratum: 'h', cluster })))
    const weights = bootstrapWeights(design, createSeededStream('total'))
    expect(weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(8, 1e-12)
  })

  it('leaves a stratum of one cluster as it is and names it', () => {
    const design = createSampleDesign([
      { weight: 1, stratum: 'h' },
      { weight: 1, stratum: 'h' },
      { weight: 5, stratum: 'g' },
    ])
    expect(bootstrapWeights(design, createSeededStream('x'))[2]).to.equal(5)
    const { lonelyStrata } = bootstrapEstimate(design, meanOf([1, 0, 1]), { replicates: 10, seed: 'x' })
    expect(lonelyStrata).to.deep.equal(['g'])
  })

  it('leaves out replicates where the statistic is undefined, and says so', () => {
    const design = createSampleDesign([{ weight: 1 }, { weight: 1 }])
    const firstOnly = (weights: readonly number[]) => (weights[0]! > 0 ? weights[0]! : null)
    const { definedReplicates } = bootstrapEstimate(design, firstOnly, { replicates: 100, seed: 'half' })
    expect(definedReplicates).to.be.within(20, 80)
  })

  it('refuses too few replicates and a statistic that is undefined', () => {
    const design = createSampleDesign([{ weight: 1 }, { weight: 1 }])
    expect(() => bootstrapEstimate(design, meanOf([1, 0]), { replicates: 1, seed: 'x' })).to.throw(RangeError)
    expect(() => bootstrapEstimate(design, () => null, { replicates: 9, seed: 'x' })).to.throw(RangeError)
    const onlyFull = (weights: readonly number[]) => (weights.every((weight) => weight === 1) ? 1 : null)
    expect(() => bootstrapEstimate(design, onlyFull, { replicates: 9, seed: 'x' })).to.throw(RangeError)
  })
})
