import { expect } from 'chai'
import { ACKNOWLEDGED_FIRST, killRounds } from './kill-rounds.js'

/** More rounds by `KILL_ROUNDS=30 npx mocha server/embedded-mongo/test/kill.test.ts`. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3)

describe('the engine, killed under 16 writers', () => {
  it(`has every acknowledged document, none by half, and indexes that agree, ${ROUNDS} times`, async function () {
    this.timeout(ROUNDS * 60_000)
    const { acknowledged, errors } = await killRounds(ROUNDS)
    expect(errors).to.deep.equal([])
    expect(acknowledged).to.be.least(ROUNDS * ACKNOWLEDGED_FIRST)
  })
})
