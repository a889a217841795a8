import { expect } from 'chai'
import { compare } from '../../chaos/city.js'
import { DOWN, liesIn, type Sample, UP, WITHOUT_DATABASE } from '../../chaos/support/health-watch.js'

const ids = (...list: string[]) => new Set(list)
const sample = (changes: Partial<Sample>): Sample => ({
  server: 0,
  endpoint: 'ready',
  fromMs: 10,
  toMs: 20,
  status: 200,
  ...changes,
})

describe('the audit of the chaos run', () => {
  it('finds what is lost, stored twice, never sent, and half sent', () => {
    const testimony = {
      sent: ids('kept', 'lost', 'twice', 'unsure'),
      acknowledged: ids('kept', 'lost', 'twice'),
      halved: ids('half'),
    }
    const stored = new Map([
      ['kept', 1],
      ['twice', 2],
      ['half', 1],
      ['stranger', 1],
    ])
    expect(compare(testimony, stored)).to.deep.equal({
      stored: 4,
      lost: ['lost'],
      doubled: ['twice'],
      foreign: ['half', 'stranger'],
    })
  })

  it('lets be what was sent and never acknowledged, stored or not', () => {
    const testimony = { sent: ids('a', 'b'), acknowledged: ids(), halved: ids() }
    const { lost, doubled, foreign } = compare(testimony, new Map([['a', 1]]))
    expect([lost, doubled, foreign]).to.deep.equal([[], [], []])
  })

  it('holds an answer of the health endpoints against what was true all the while', () => {
    const truths = [
      { server: 0, fromMs: 0, toMs: 100, allowed: UP },
      { server: 0, fromMs: 100, toMs: 200, allowed: null },
      { server: 0, fromMs: 200, toMs: 300, allowed: WITHOUT_DATABASE },
      { server: 0, fromMs: 300, toMs: 400, allowed: DOWN },
    ]
    const lies = [
      sample({ status: 503 }),
      sample({ endpoint: 'live', status: 0 }),
      sample({ fromMs: 210, toMs: 220 }),
      sample({ fromMs: 310, toMs: 320 }),
    ]
    const trueOnes = [
      sample({}),
      sample({ fromMs: 90, toMs: 110, status: 503 }),
      sample({ fromMs: 110, toMs: 120, status: 0 }),
      sample({ fromMs: 210, toMs: 220, status: 503 }),
      sample({ fromMs: 310, toMs: 320, status: 0 }),
      sample({ server: 1, status: 503 }),
    ]
    expect(liesIn([...lies, ...trueOnes], truths)).to.deep.equal(lies)
  })

  it('believes a server that waited its two seconds for the database', () => {
    const truths = [{ server: 0, fromMs: 0, toMs: 9000, allowed: UP }]
    expect(liesIn([sample({ fromMs: 10, toMs: 2015, status: 503 })], truths)).to.deep.equal([])
  })
})
