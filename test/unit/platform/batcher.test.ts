import { expect } from 'chai'
import { createBatcher } from '../../../server/platform/batcher.js'

describe('a batcher', () => {
  it('does together what comes in while it is busy, and gives each its own result', async () => {
    const batches: number[][] = []
    const double = createBatcher(async (values: readonly number[]) => {
      batches.push([...values])
      await new Promise((resolve) => setImmediate(resolve))
      return values.map((value) => 2 * value)
    })
    const first = double(1)
    await new Promise((resolve) => setImmediate(resolve))
    const later = [double(2), double(3)]
    expect(await Promise.all([first, ...later])).to.deep.equal([2, 4, 6])
    expect(batches).to.deep.equal([[1], [2, 3]])
    expect(await double(4)).to.equal(8)
  })

  it('never does more at once than it may', async () => {
    const sizes: number[] = []
    const count = createBatcher(
      async (values: readonly number[]) => {
        sizes.push(values.length)
        return values
      },
      { most: 3 },
    )
    expect(await Promise.all([1, 2, 3, 4, 5, 6, 7].map(count))).to.deep.equal([1, 2, 3, 4, 5, 6, 7])
    expect(sizes).to.deep.equal([3, 3, 1])
  })

  it('tells all of a batch that failed, and goes on with the next', async () => {
    let isBroken = true
    const store = createBatcher(async (values: readonly string[]) => {
      if (isBroken) throw new Error('away')
      return values
    })
    const failures = await Promise.allSettled([store('a'), store('b')])
    expect(failures.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    isBroken = false
    expect(await store('c')).to.equal('c')
  })

  it('tells one of a batch alone that it failed', async () => {
    const store = createBatcher(async (values: readonly string[]) =>
      values.map((value) => (value === 'bad' ? new Error('no') : value)),
    )
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map(store))
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('tells nobody that it was done when it is not said for each', async () => {
    const store = createBatcher(async (values: readonly string[]) => values.slice(1))
    const outcomes = await Promise.allSettled(['a', 'b'].map(store))
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
  })

  it('goes on without work that does not come to its end, and says so to those who wait for it', async () => {
    const calls: string[] = []
    const store = createBatcher(
      async (values: readonly string[]) => {
        calls.push(...values)
        if (values.includes('stuck')) await new Promise(() => {})
        return values
      },
      { limitMs: 20 },
    )
    const stuck = await store('stuck').catch((error: { status?: number }) => error.status)
    expect([stuck, await store('next'), calls]).to.deep.equal([503, 'next', ['stuck', 'next']])
  })
})
