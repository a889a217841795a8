import { Binary, type Document, Long, serialize } from 'bson'
import { expect } from 'chai'
import { failure, type Running, run } from './support.js'
import { opMsg, sequence, wireClient } from './wire-client.js'

const PING = { ping: 1, $db: 'test' }

function nested(levels: number): Document {
  let doc: Document = {}
  for (let i = 1; i < levels; i++) doc = { a: doc }
  return doc
}

function withLength(message: Buffer, length: number): Buffer {
  message.writeInt32LE(length, 0)
  return message
}

/** A document with one text whose bytes aren't UTF-8. */
function invalidUtf8(): Buffer {
  const raw = Buffer.from(serialize({ insert: 'a', documents: [{ text: 'abc' }], $db: 'test' }))
  raw[raw.indexOf('abc')] = 0xff
  return raw
}

describe('the engine, sent what it should not be', () => {
  let running: Running
  before(async () => {
    running = await run()
  })
  after(() => running.stop())
  afterEach('the other connections go on', async () => {
    expect((await running.db.command({ ping: 1 })).ok).to.equal(1)
  })

  async function ask(bytes: Uint8Array): Promise<Document | undefined> {
    const client = await wireClient(running.engine.uri('test'))
    const reply = await client.ask(bytes)
    client.socket.destroy()
    return reply
  }

  const truncated = Buffer.from(serialize({ ping: 1, text: 'abc' })).subarray(0, -4)
  const closing: [string, Buffer][] = [
    ['a negative length', withLength(opMsg(PING), -1)],
    ['a length below the header', withLength(opMsg(PING), 15)],
    ['a length above 48 MB', withLength(opMsg(PING), 48_000_001)],
    ['text instead of a message', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    [
      'an unknown operation',
      Buffer.concat([opMsg(PING).subarray(0, 12), Buffer.of(0xd4, 7, 0, 0), opMsg(PING).subarray(16)]),
    ],
    ['unknown required flags', opMsg(PING, 4)],
    ['a checksum, which no driver sends', opMsg(PING, 1, Buffer.alloc(4))],
    ['a body cut short', opMsg(truncated)],
    ['a body that claims too much', opMsg(Buffer.concat([Buffer.of(0, 1, 0, 0), serialize(PING).subarray(4)]))],
    ['two bodies', opMsg(PING, 0, Buffer.concat([Buffer.of(0), serialize(PING)]))],
    ['no body', Buffer.concat([opMsg(PING).subarray(0, 20), sequence('documents', [serialize({})])]).fill(0, 0, 0)],
  ]
  for (const [what, bytes] of closing) {
    it(`closes the connection on ${what}`, async () => {
      if (what === 'no body') bytes.writeInt32LE(bytes.length, 0)
      expect(await ask(bytes)).to.equal(undefined)
    })
  }

  const insert = (doc: Document | Uint8Array) =>
    opMsg({ insert: 'a', $db: 'test' }, 0, sequence('documents', [doc instanceof Uint8Array ? doc : serialize(doc)]))
  const brokenInside = Buffer.from(serialize({ _id: 1, list: [{ a: 1 }] }))
  brokenInside.writeInt32LE(500, brokenInside.indexOf('list\0') + 5)
  const refused: [string, Buffer, number][] = [
    ['nesting of 201 levels', opMsg({ find: 'a', filter: nested(201), $db: 'test' }), 15],
    ['a document of 200 levels', insert(nested(200)), 15],
    ['invalid UTF-8', opMsg(invalidUtf8()), 22],
    ['a length inside that reaches out', insert(brokenInside), 22],
    [
      'a field both in body and sequence',
      opMsg({ insert: 'a', documents: [], $db: 'test' }, 0, sequence('documents', [])),
      9,
    ],
    ['JavaScript', insert(Buffer.from('\x10\0\0\0\x0da\0\x04\0\0\0abc\0\0', 'latin1')), 2],
    ['a boolean that is neither', insert(Buffer.from('\x09\0\0\0\x08a\0\x02\0', 'latin1')), 22],
    ['a date that JavaScript can not hold', insert(serialize({ at: Long.MAX_VALUE }).fill(9, 4, 5)), 2],
    ['a reference', insert({ by: { $ref: 'people', $id: 1 } }), 2],
    ['no database', opMsg({ find: 'a' }), 73],
    ['an empty command', opMsg({}), 59],
    ['a command named like a property of objects', opMsg({ constructor: 1, $db: 'test' }), 59],
  ]
  for (const [what, bytes, code] of refused) {
    it(`refuses ${what} with code ${code} and keeps the connection`, async () => {
      const client = await wireClient(running.engine.uri('test'))
      const reply = await client.ask(bytes)
      expect([reply?.ok, reply?.code ?? reply?.writeErrors?.[0].code]).to.deep.equal([reply?.writeErrors ? 1 : 0, code])
      expect((await client.ask(opMsg(PING)))?.ok).to.equal(1)
      client.socket.destroy()
    })
  }

  it('refuses a document of 17 MB and takes one of 16 MB', async () => {
    const big = running.db.collection('big')
    // bson's own serialize ends at 17 MB, so the text is put together by hand.
    const text = Buffer.alloc(17 * 1024 * 1024 + 17, 'x')
    text.writeInt32LE(text.length, 0)
    text.write('\x02a\0', 4, 'latin1')
    text.writeInt32LE(text.length - 12, 7)
    text.fill(0, text.length - 2)
    const reply = await ask(insert(text))
    expect(reply?.writeErrors[0].code).to.equal(10334)
    await big.insertOne({ filler: new Binary(Buffer.alloc(16 * 1024 * 1024 - 100)) })
    expect((await failure(big.updateOne({}, { $set: { more: 'x'.repeat(200) } }))).code).to.equal(17419)
    expect((await failure(big.updateOne({}, { $set: { more: 'x'.repeat(9_000_000) } }))).code).to.equal(17419)
  })

  it('keeps keys with dots and dollars as they are, and nothing leaks into objects', async () => {
    const odd = running.db.collection('odd')
    const doc = JSON.parse('{"_id":1,"a.b":1,"x":{"$y":2,"":3},"__proto__":{"polluted":1},"constructor":4}')
    await odd.insertOne(doc)
    await odd.updateOne({ _id: 1 as never }, { $set: { n: 1 } })
    const [stored] = await odd.find().toArray()
    expect(JSON.stringify(stored)).to.equal(JSON.stringify({ ...JSON.parse(JSON.stringify(doc)), n: 1 }))
    await failure(odd.updateOne({}, { $set: { '__proto__.polluted': 2, 'constructor.prototype.polluted': 2 } })).catch(
      () => {},
    )
    const hello = await running.db.command({ hello: 1 })
    expect(hello.polluted).to.equal(undefined)
  })

  it('refuses an _id that can not be one', async () => {
    const odd = running.db.collection<{ _id: unknown }>('odd_ids')
    expect((await failure(odd.insertOne({ _id: [1] }))).code).to.equal(53)
    expect((await failure(odd.insertOne({ _id: /a/ }))).code).to.equal(53)
    expect((await failure(odd.insertOne({ _id: { $a: 1 } }))).code).to.equal(52)
    expect((await failure(odd.insertOne({ _id: 'x'.repeat(1000) }))).code).to.equal(17280)
  })

  it('puts messages together that come in pieces, and takes two that come as one', async () => {
    const client = await wireClient(running.engine.uri('test'))
    const message = opMsg(PING)
    for (const byte of message.subarray(0, -1)) client.socket.write(Buffer.of(byte))
    expect((await client.ask(message.subarray(-1)))?.ok).to.equal(1)
    const insertBoth = ['x', 'y'].map((_id) => opMsg({ insert: 'pieces', documents: [{ _id }], $db: 'test' }))
    await client.ask(Buffer.concat(insertBoth))
    await client.ask(opMsg(PING))
    expect(await running.db.collection('pieces').countDocuments()).to.equal(2)
    client.socket.destroy()
  })

  it('answers the legacy handshake as a standalone server', async () => {
    const query = Buffer.concat([
      Buffer.alloc(20),
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(8),
      serialize({ ismaster: 1, helloOk: true }),
    ])
    query.writeInt32LE(query.length, 0)
    query.writeInt32LE(2004, 12)
    const reply = await ask(query)
    expect(reply).to.include({ ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 21 })
    expect(reply).to.not.have.any.keys('setName', 'topologyVersion', 'compression')
  })
})
