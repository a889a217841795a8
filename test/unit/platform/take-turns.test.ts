import { expect } from 'chai'
import { finish, type Steps } from '../../../server/domain/steps.js'
import { takeTurns } from '../../../server/platform/take-turns.js'

/** Adds up 1 to `n`, one step each, and notes each. */
function* sumTo(n: number, notes: string[]): Steps<number> {
  let sum = 0
  for (let i = 1; i <= n; i += 1) {
    yield
    notes.push(`step ${i}`)
    sum += i
  }
  return sum
}

describe('a long computation', () => {
  it('lets others run after 15 ms, and gives the same as when it is run through at once', async () => {
    const notes: string[] = []
    let time = 0
    // Each look at the clock is 5 ms after the last: the turn ends with the third step.
    const clock = () => {
      time += 5
      return time
    }
    setImmediate(() => notes.push('other'))
    expect(await takeTurns(sumTo(4, notes), clock)).to.equal(finish(sumTo(4, [])))
    expect(notes).to.deep.equal(['step 1', 'step 2', 'other', 'step 3', 'step 4'])
  })

  it('fails with the fault of a step', async () => {
    function* failing(): Steps<never> {
      yield
      throw new RangeError('no such thing')
    }
    const outcome = await takeTurns(failing()).catch((error: unknown) => error)
    expect(outcome).to.be.instanceOf(RangeError)
  })
})
