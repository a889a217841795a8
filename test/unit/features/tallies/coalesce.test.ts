import { expect } from 'chai'
import { coalesce } from '../../../../server/features/tallies/coalesce.js'

describe('coalescing calls', () => {
  it('gives a call that comes during a run the result of the next run, shared by all who wait', async () => {
    const finish: ((value: number) => void)[] = []
    const shared = coalesce(() => new Promise<number>((resolve) => finish.push(resolve)))
    const calls = [shared('wave'), shared('wave'), shared('wave')]
    finish[0]!(1)
    await calls[0]
    // The next run starts once the first is over.
    await Promise.resolve()
    finish[1]!(2)
    expect(await Promise.all(calls)).to.deep.equal([1, 2, 2])
    expect(finish).to.have.length(2)
  })

  it('keeps keys apart', async () => {
    const shared = coalesce(async (key) => key)
    expect(await Promise.all([shared('a'), shared('b')])).to.deep.equal(['a', 'b'])
  })

  it('runs again after a failure', async () => {
    let runs = 0
    const shared = coalesce(async () => {
      runs += 1
      if (runs === 1) throw new Error('first run')
      return runs
    })
    const [first, second] = await Promise.allSettled([shared('a'), shared('a')])
    expect(first.status).to.equal('rejected')
    expect(second).to.deep.include({ status: 'fulfilled', value: 2 })
  })
})
