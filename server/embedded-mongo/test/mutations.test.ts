import { once } from 'node:events'
import { connect } from 'node:net'
import { serialize } from 'bson'
import { expect } from 'chai'
import { pick, type Random, randomFrom } from './support/random-values.js'
import { type Running, run } from './support.js'
import { opMsg, sequence } from './wire-client.js'

/** All of them by `MUTATIONS=100000 npx mocha server/embedded-mongo/test/mutations.test.ts`. */
const MUTATIONS = Number(process.env.MUTATIONS ?? 4000)
const CONNECTIONS = 8
const MAX_GROWTH_BYTES = 300 * 1024 * 1024

const $db = 'mutated'
const things = [1, 2, 3].map((_id) =>
  serialize({ _id, name: `thing ${_id}`, tags: ['a', { b: _id }], at: new Date(0) }),
)
const MESSAGES = [
  opMsg({ hello: 1, $db }),
  opMsg({ insert: 'things', ordered: false, $db }, 0, sequence('documents', things)),
  opMsg({
    find: 'things',
    filter: { name: { $gte: 'a' }, 'tags.b': { $in: [1, 2] } },
    sort: { name: -1 },
    limit: 3,
    $db,
  }),
  opMsg({
    update: 'things',
    updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 }, $push: { tags: 4 } }, upsert: true }],
    $db,
  }),
  opMsg({ delete: 'things', deletes: [{ q: { name: /x/ }, limit: 1 }], $db }),
  opMsg({ findAndModify: 'things', query: { _id: 2 }, update: { $set: { 'a.b': null } }, new: true, $db }),
  opMsg({
    aggregate: 'things',
    pipeline: [{ $match: { n: { $gt: 0 } } }, { $group: { _id: '$name', n: { $sum: 1 } } }],
    cursor: {},
    $db,
  }),
  opMsg({ createIndexes: 'things', indexes: [{ key: { name: 1 }, name: 'name', unique: true }], $db }),
]

function mutated(random: Random): Buffer {
  const at = (length: number) => Math.floor(random() * length)
  let message = Buffer.from(pick(random, MESSAGES))
  for (let changes = 1 + at(4); changes > 0; changes--)
    message[at(message.length)] = pick(random, [0, 1, 0x7f, 0x80, 0xff, at(256)])
  const kind = random()
  if (kind < 0.2) message = message.subarray(0, 1 + at(message.length))
  else if (kind < 0.3) message = Buffer.concat([message, message.subarray(at(message.length))])
  // Most of them with a right length: a wrong one is found at once, and nothing behind it is looked at.
  if (random() < 0.8 && message.length >= 4) message.writeInt32LE(message.length, 0)
  return message
}

async function send(path: string, message: Buffer): Promise<void> {
  const socket = connect(path)
  socket.on('error', () => {})
  socket.resume()
  socket.end(message)
  await once(socket, 'close').catch(() => {})
}

describe('the engine, sent mutated messages', () => {
  let running: Running
  before(async () => {
    running = await run()
  })
  after(() => running.stop())

  it(`lives through ${MUTATIONS}, with bounded memory, whole data and no failure of its own`, async function () {
    this.timeout(60_000 + MUTATIONS * 10)
    const random = randomFrom(20261122)
    const path = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(running.engine.uri(''))![1]!)
    await running.db.collection('kept').insertMany(Array.from({ length: 100 }, (_, i) => ({ i })))
    const before = process.memoryUsage().rss
    let left = MUTATIONS
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (left-- > 0) await send(path, mutated(random))
      }),
    )
    expect(process.memoryUsage().rss - before).to.be.lessThan(MAX_GROWTH_BYTES)
    expect(await running.db.collection('kept').countDocuments()).to.equal(100)
    for (const { name } of await running.client.db($db).listCollections().toArray()) {
      expect((await running.client.db($db).command({ validate: name })).errors).to.deep.equal([])
    }
    expect(running.lines.filter((line) => line.startsWith('Command failed'))).to.deep.equal([])
  })
})
