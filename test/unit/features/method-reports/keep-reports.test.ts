import { expect } from 'chai'
import { keepReports } from '../../../../server/features/method-reports/keep-reports.js'

/** A clock that a test moves, and a computation that counts its runs. */
function setUp(tookMs = 0) {
  let ms = 0
  let runs = 0
  const keep = keepReports<number>(() => new Date(ms))
  const compute = async () => {
    ms += tookMs
    runs += 1
    return runs
  }
  return {
    keep,
    compute,
    wait: (by: number) => {
      ms += by
    },
  }
}

describe('keeping reports', () => {
  it('computes once for a state, and anew when it has changed', async () => {
    const { keep, compute } = setUp()
    expect([await keep('a', '1', compute), await keep('a', '1', compute)]).to.deep.equal([1, 1])
    expect([await keep('a', '2', compute), await keep('b', '2', compute)]).to.deep.equal([2, 3])
  })

  it('shows an earlier state for ten times as long as it took, and no longer', async () => {
    const { keep, compute, wait } = setUp(100)
    await keep('a', '1', compute)
    wait(999)
    expect(await keep('a', '2', compute)).to.equal(1)
    wait(1)
    expect(await keep('a', '2', compute)).to.equal(2)
  })

  it('lets readers together share one run, each of which may fail by itself', async () => {
    const { keep, compute } = setUp()
    const both = await Promise.all([keep('a', '1', compute), keep('a', '1', compute)])
    expect(both).to.deep.equal([1, 1])
    const fail = () => Promise.reject(new Error('no database'))
    const [first, second] = await Promise.allSettled([keep('b', '1', fail), keep('b', '1', compute)])
    expect([first.status, second.status]).to.deep.equal(['rejected', 'fulfilled'])
  })

  it('forgets what nobody has asked for longest', async () => {
    const { keep, compute } = setUp()
    for (let key = 1; key <= 24; key++) await keep(String(key), '1', compute)
    await keep('1', '1', compute)
    await keep('25', '1', compute)
    expect(await keep('1', '1', compute)).to.equal(1)
    expect(await keep('2', '1', compute)).to.equal(26)
  })
})
