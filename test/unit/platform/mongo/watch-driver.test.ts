import { expect } from 'chai'
import { watchDriver } from '../../../../server/platform/mongo/watch-driver.js'

const fails = async () => Promise.reject(new Error('away'))
const hangs = () => new Promise<never>(() => {})
const works = async () => 1
const QUICK = { everyMs: 1, limitMs: 10 }
const PENDING_MS = 150

/** What becomes of a watch: `lost`, or `pending` for a good while. */
async function fateOf(ping: () => Promise<unknown>, pingAfresh: () => Promise<unknown>): Promise<string> {
  const watch = watchDriver({ ping, pingAfresh, ...QUICK })
  const pending = new Promise<string>((resolve) => setTimeout(() => resolve('pending'), PENDING_MS))
  const fate = await Promise.race([watch.lost.then(undefined, () => 'lost'), pending])
  watch.stop()
  return fate ?? 'settled'
}

describe('the watch on the driver', () => {
  it('gives it up when it fails, or hangs, while a fresh connection works', async () => {
    expect([await fateOf(fails, works), await fateOf(hangs, works)]).to.deep.equal(['lost', 'lost'])
  })

  it('waits when the database is away for everybody', async () => {
    expect(await fateOf(fails, fails)).to.equal('pending')
    expect(await fateOf(hangs, hangs)).to.equal('pending')
  })

  it('forgives failures that do not come in a row', async () => {
    let asked = 0
    const uneven = async () => {
      asked += 1
      if (asked % 3 !== 0) throw new Error('away')
    }
    expect(await fateOf(uneven, works)).to.equal('pending')
    expect(asked).to.be.greaterThan(6)
  })
})
