import { expect } from 'chai'
import { createTryLimiter } from '../../../../server/features/accounts/limit-tries.js'

describe('the limit of tries', () => {
  let at = 0
  const limiter = () => createTryLimiter({ tries: 2, windowMs: 1000, now: () => new Date(at) })
  beforeEach(() => {
    at = 0
  })

  it('refuses the try after the last allowed one, for that key only', () => {
    const tries = limiter()
    expect([tries.take('a'), tries.take('a'), tries.take('a'), tries.take('b')]).to.deep.equal([
      true,
      true,
      false,
      true,
    ])
  })

  it('begins anew when the window ends, counted from the first try', () => {
    const tries = limiter()
    tries.take('a')
    at = 999
    tries.take('a')
    expect(tries.take('a')).to.equal(false)
    at = 1000
    expect(tries.take('a')).to.equal(true)
  })

  it('is not lengthened by refused tries', () => {
    const tries = limiter()
    for (at = 0; at < 1000; at += 100) tries.take('a')
    expect(tries.take('a')).to.equal(true)
  })

  it('does not count a try that was given back', () => {
    const tries = limiter()
    for (let i = 0; i < 5; i++) {
      expect(tries.take('a')).to.equal(true)
      tries.giveBack('a')
    }
  })

  it('starts from nothing for a forgotten key', () => {
    const tries = limiter()
    tries.take('a')
    tries.take('a')
    tries.forget('a')
    expect(tries.take('a')).to.equal(true)
  })

  it('keeps a recent key while a flood of other keys is dropped', () => {
    const tries = limiter()
    for (let i = 0; i < 60_000; i++) tries.take(`flood ${i}`)
    tries.take('recent')
    tries.take('recent')
    expect(tries.take('recent')).to.equal(false)
    expect(tries.take('flood 0'), 'dropped, so it starts anew').to.equal(true)
  })
})
