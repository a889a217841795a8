import { expect } from 'chai'
import type { Wave } from '../../../../server/domain/survey/wave.js'
import { createRecentWaves } from '../../../../server/features/waves/recent-waves.js'
import { wave } from '../../../support/builders.js'

function setup() {
  const stored: Wave[] = [wave({ id: 'first', unitUids: ['a'] })]
  const state = { nowMs: 0, lists: 0, isAway: false }
  const source = {
    list: async () => {
      state.lists += 1
      if (state.isAway) throw new Error('away')
      return [...stored]
    },
    byId: async (id: string) => stored.find((one) => one.id === id),
    ofUnit: async (uid: string) => stored.filter(({ unitUids }) => unitUids.includes(uid)),
  }
  return { stored, state, waves: createRecentWaves(source, () => state.nowMs) }
}

describe('recently read waves', () => {
  it('are read once a second however often they are asked for', async () => {
    const { state, waves } = setup()
    for (let i = 0; i < 5; i += 1) expect((await waves.byId('first'))?.id).to.equal('first')
    expect((await waves.ofUnit('a')).map(({ id }) => id)).to.deep.equal(['first'])
    expect(state.lists).to.equal(1)
    state.nowMs = 1000
    await waves.byId('first')
    expect(state.lists).to.equal(2)
  })

  it('show a new wave at once where there was none, and within a second beside an older one', async () => {
    const { stored, state, waves } = setup()
    await waves.byId('first')
    stored.push(wave({ id: 'second', unitUids: ['a', 'b'] }))
    expect((await waves.byId('second'))?.id).to.equal('second')
    expect((await waves.ofUnit('b')).map(({ id }) => id)).to.deep.equal(['second'])
    state.nowMs = 1000
    expect((await waves.ofUnit('a')).map(({ id }) => id)).to.deep.equal(['first', 'second'])
  })

  it('forget when a wave was made here', async () => {
    const { stored, waves } = setup()
    await waves.byId('first')
    stored.push(wave({ id: 'second', unitUids: ['a'] }))
    waves.forget()
    expect((await waves.ofUnit('a')).length).to.equal(2)
  })

  it('do not keep a failure', async () => {
    const { state, waves } = setup()
    state.isAway = true
    const failure = await waves.byId('first').catch((error: Error) => error.message)
    expect(failure).to.equal('away')
    state.isAway = false
    expect((await waves.byId('first'))?.id).to.equal('first')
  })

  it('are nobody’s where there is none', async () => {
    const { waves } = setup()
    expect(await waves.byId('none')).to.equal(undefined)
    expect(await waves.ofUnit('z')).to.deep.equal([])
  })
})
