import { expect } from 'chai'
import { keepForAWhile, type Reuse } from '../../../server/platform/keep-for-a-while.js'

/** A clock that a test moves, and things that count how often they are looked at and made. */
function setUp({ limit = 3, costlyMs = 1000, longestMs = 120_000 }: { readonly limit?: number } & Partial<Reuse> = {}) {
  let clock = 0
  let looks = 0
  const made: string[] = []
  return {
    keep: keepForAWhile<string>(limit, { costlyMs, longestMs }, () => clock),
    made,
    looks: () => looks,
    wait: (ms: number) => {
      clock += ms
    },
    /** Something of a state that takes so many milliseconds to make. */
    thing:
      (state: string, tookMs = 0) =>
      async () => {
        looks += 1
        const make = async () => {
          made.push(state)
          await new Promise((resolve) => setImmediate(resolve))
          clock += tookMs
          return `of ${state}`
        }
        return { state, make }
      },
  }
}

describe('keeping costly results for a while', () => {
  it('makes what was quick anew with each change, and not without', async () => {
    const { keep, thing, made, looks } = setUp()
    expect(await keep('a', thing('1', 999))).to.equal('of 1')
    expect(await keep('a', thing('1', 999))).to.equal('of 1')
    expect(await keep('a', thing('2', 999))).to.equal('of 2')
    expect(await keep('b', thing('2', 999))).to.equal('of 2')
    expect(made).to.deep.equal(['1', '2', '2'])
    expect(looks()).to.equal(4)
  })

  it('gives what was costly for ten times as long without a look, then looks', async () => {
    const { keep, thing, made, looks, wait } = setUp()
    await keep('a', thing('1', 1000))
    wait(9999)
    expect(await keep('a', thing('2'))).to.equal('of 1')
    expect(looks()).to.equal(1)
    wait(1)
    expect(await keep('a', thing('2'))).to.equal('of 2')
    expect(made).to.deep.equal(['1', '2'])
  })

  it('takes anything for costly where told so', async () => {
    const { keep, thing, wait } = setUp({ costlyMs: 0 })
    await keep('a', thing('1', 100))
    wait(999)
    expect(await keep('a', thing('2'))).to.equal('of 1')
    wait(1)
    expect(await keep('a', thing('2'))).to.equal('of 2')
  })

  it('gives nothing for longer than told, and again after a look that found no change', async () => {
    const { keep, thing, made, wait } = setUp()
    await keep('a', thing('1', 60_000))
    wait(120_000)
    await keep('a', thing('1'))
    wait(119_999)
    expect(await keep('a', thing('2'))).to.equal('of 1')
    wait(1)
    expect(await keep('a', thing('2'))).to.equal('of 2')
    expect(made).to.deep.equal(['1', '2'])
  })

  it('makes one at a time for a key: those who wait take it when it is of their state, or costly', async () => {
    const quick = setUp()
    const given = await Promise.all(['1', '1', '2'].map((state) => quick.keep('a', quick.thing(state, 5))))
    expect(given).to.deep.equal(['of 1', 'of 1', 'of 2'])
    expect(quick.made).to.deep.equal(['1', '2'])
    const costly = setUp()
    const same = await Promise.all(['1', '2', '3'].map((state) => costly.keep('a', costly.thing(state, 5000))))
    expect(same).to.deep.equal(['of 1', 'of 1', 'of 1'])
    expect(costly.made).to.deep.equal(['1'])
  })

  it('keeps no failure, and leaves it to its own caller', async () => {
    const { keep, thing } = setUp()
    const fails = async () => ({ state: '1', make: () => Promise.reject(new Error('no database')) })
    const [first, second] = await Promise.allSettled([keep('a', fails), keep('a', thing('1'))])
    expect([first.status, second.status]).to.deep.equal(['rejected', 'fulfilled'])
    expect(await keep('a', thing('1'))).to.equal('of 1')
  })

  it('forgets what nobody has asked for longest', async () => {
    const { keep, thing, made } = setUp({ limit: 2 })
    for (const key of ['a', 'b', 'a', 'c']) await keep(key, thing(key))
    expect(made).to.deep.equal(['a', 'b', 'c'])
    await keep('a', thing('a'))
    await keep('b', thing('b'))
    expect(made).to.deep.equal(['a', 'b', 'c', 'b'])
  })
})
