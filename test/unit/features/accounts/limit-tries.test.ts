import { expect } from 'chai'
import { createTryLimiter } from '../../../../server/features/accounts/limit-tries.js'
import { memoryCounters } from '../../../../server/platform/limits/counters.js'

describe('the limit of tries', () => {
  let at = 0
  const limiter = (counters = memoryCounters(), name = 'test') =>
    createTryLimiter({ name, tries: 2, windowMs: 1000, counters, now: () => new Date(at) })
  beforeEach(() => {
    at = 0
  })

  it('refuses the try after the last allowed one, for that key only', async () => {
    const tries = limiter()
    const taken = [await tries.take('a'), await tries.take('a'), await tries.take('a'), await tries.take('b')]
    expect(taken).to.deep.equal([true, true, false, true])
  })

  it('begins anew with the next window, however many were refused', async () => {
    const tries = limiter()
    for (at = 0; at < 1000; at += 100) await tries.take('a')
    at = 999
    expect(await tries.take('a')).to.equal(false)
    at = 1000
    expect(await tries.take('a')).to.equal(true)
  })

  it('does not count a try that was given back', async () => {
    const tries = limiter()
    for (let i = 0; i < 5; i++) {
      expect(await tries.take('a')).to.equal(true)
      await tries.giveBack('a')
    }
  })

  it('starts from nothing for a forgotten key', async () => {
    const tries = limiter()
    await tries.take('a')
    await tries.take('a')
    await tries.forget('a')
    expect(await tries.take('a')).to.equal(true)
  })

  it('is one for all who share the counters, and its own by name', async () => {
    const counters = memoryCounters()
    const [here, there, other] = [limiter(counters), limiter(counters), limiter(counters, 'other')]
    expect([await here.take('a'), await there.take('a')]).to.deep.equal([true, true])
    expect([await here.take('a'), await there.take('a'), await other.take('a')]).to.deep.equal([false, false, true])
  })

  it('refuses a try that cannot be counted', async () => {
    const away = async () => {
      throw new Error('away')
    }
    const failure = await limiter({ add: away, takeBack: away, forget: away })
      .take('a')
      .catch((error: Error) => error.message)
    expect(failure).to.equal('away')
  })

  it('keeps a recent key while a flood of other keys is dropped', async () => {
    const tries = limiter()
    for (let i = 0; i < 60_000; i++) await tries.take(`flood ${i}`)
    await tries.take('recent')
    await tries.take('recent')
    expect(await tries.take('recent')).to.equal(false)
    expect(await tries.take('flood 0'), 'dropped, so it starts anew').to.equal(true)
  })
})
