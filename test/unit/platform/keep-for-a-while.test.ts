import { expect } from 'chai'
import { keepForAWhile } from '../../../server/platform/keep-for-a-while.js'

describe('keeping costly results for a while', () => {
  let clock = 0
  let made: string[] = []
  let looks = 0
  beforeEach(() => {
    clock = 0
    made = []
    looks = 0
  })
  const keeper = (limit = 3) => keepForAWhile<string>(limit, () => clock)
  /** Something whose making takes so many milliseconds. */
  const thing = (state: string, tookMs: number) => async () => {
    looks += 1
    const make = async () => {
      await Promise.resolve()
      made.push(state)
      clock += tookMs
      return `of ${state}`
    }
    return { state, make }
  }

  it('makes what was quick anew with each change, and not without', async () => {
    const keep = keeper()
    expect(await keep('a', thing('1', 999))).to.equal('of 1')
    expect(await keep('a', thing('1', 999))).to.equal('of 1')
    expect(await keep('a', thing('2', 999))).to.equal('of 2')
    expect([made, looks]).to.deep.equal([['1', '2'], 3])
  })

  it('gives what was costly for ten times as long without a look, then looks', async () => {
    const keep = keeper()
    await keep('a', thing('1', 1000))
    clock += 9999
    expect(await keep('a', thing('2', 1000))).to.equal('of 1')
    expect(looks).to.equal(1)
    clock += 1
    expect(await keep('a', thing('2', 1000))).to.equal('of 2')
    expect(made).to.deep.equal(['1', '2'])
  })

  it('waits for two minutes at most, and again after a look that found no change', async () => {
    const keep = keeper()
    await keep('a', thing('1', 60_000))
    clock += 120_000
    await keep('a', thing('1', 60_000))
    clock += 119_999
    expect(await keep('a', thing('2', 1))).to.equal('of 1')
    clock += 1
    expect(await keep('a', thing('2', 1))).to.equal('of 2')
    expect(made).to.deep.equal(['1', '2'])
  })

  it('lets callers of the same state share one making, and those of another not', async () => {
    const keep = keeper()
    const given = await Promise.all([keep('a', thing('1', 5)), keep('a', thing('1', 5)), keep('a', thing('2', 5))])
    expect(given).to.deep.equal(['of 1', 'of 1', 'of 2'])
    expect(made).to.deep.equal(['1', '2'])
  })

  it('keeps no failure, and no more than the limit', async () => {
    const keep = keeper(2)
    const fails = async () => ({ state: '1', make: () => Promise.reject(new Error('no')) })
    expect(await keep('a', fails).catch((error: Error) => error.message)).to.equal('no')
    expect(await keep('a', thing('1', 5))).to.equal('of 1')
    await keep('b', thing('1', 5))
    await keep('a', thing('1', 5))
    await keep('c', thing('1', 5))
    made = []
    await keep('a', thing('1', 5))
    expect(made).to.deep.equal([])
    await keep('b', thing('1', 5))
    expect(made).to.deep.equal(['1'])
  })
})
