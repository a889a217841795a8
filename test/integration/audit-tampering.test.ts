import { expect } from 'chai'
import type { Connection } from 'mongoose'
import type { AuditEvent } from '../../server/domain/audit/audit-event.js'
import { linkAfter } from '../../server/domain/audit/chain.js'
import type { AuditHead } from '../../server/domain/audit/head.js'
import { checkAudit, createAudit } from '../../server/features/audit/index.js'
import { sha256 } from '../../server/features/questionnaires/hash-questionnaire.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { createSigner, newSigningKey } from '../../server/platform/signing.js'
import { response } from '../support/builders.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const signer = createSigner(newSigningKey())
const MINUTE_MS = 60_000

type Documents = ReturnType<Connection['collection']>
type Attack = (events: Documents, responses: Documents, heads: Documents) => Promise<unknown>

/** Each goes to the database past the application, as somebody with its password would. */
const ATTACKS: readonly (readonly [what: string, faults: readonly string[], Attack])[] = [
  ['edits an event', ['changed 2'], (events) => events.updateOne({ _id: 2 as never }, { $set: { subject: 'other' } })],
  [
    'edits a detail of an event',
    ['changed 3'],
    (events) => events.updateOne({ _id: 3 as never }, { $set: { 'details.n': 9 } }),
  ],
  ['adds a field to an event', ['changed 3'], (events) => events.updateOne({ _id: 3 as never }, { $set: { more: 1 } })],
  ['deletes an event', ['missing 4'], (events) => events.deleteOne({ _id: 3 as never })],
  ['deletes the first event', ['missing 2'], (events) => events.deleteOne({ _id: 1 as never })],
  ['cuts off the end', ['head_not_in_log 5'], (events) => events.deleteOne({ _id: 5 as never })],
  ['deletes everything', ['head_not_in_log 5'], (events) => events.deleteMany({})],
  ['swaps two events', ['changed 2', 'changed 3'], (events) => swap(events, 2, 3)],
  ['puts an event in', ['changed 2'], (events) => putIn(events)],
  ['writes the chain anew from an event on', ['head_not_in_log 5'], (events) => rewrite(events, 2)],
  ['signs with another key', ['bad_signature 5'], (events, _, heads) => signAnew(events, heads)],
  ['edits an answer', ['responses_differ 5'], (_, responses) => responses.updateOne({}, { $set: { 'answers.C1': 5 } })],
  ['adds a field to a response', ['responses_differ 5'], (_, responses) => responses.updateOne({}, { $set: { x: 1 } })],
  ['deletes a response', ['responses_differ 5'], (_, responses) => responses.deleteOne({})],
  ['puts a response in', ['responses_differ 5'], (_, responses) => copyOne(responses, 'sealed')],
  ['puts a response in under an id of its own', ['foreign_responses'], (_, responses) => copyOne(responses, 'own')],
  ['swaps the answers of two responses', ['responses_differ 5'], (_, responses) => swapAnswers(responses)],
]

async function swap(events: Documents, one: number, other: number) {
  const [a, b] = (await events.find({ _id: { $in: [one, other] as never[] } }).toArray()) as Record<string, unknown>[]
  await events.deleteMany({ _id: { $in: [one, other] as never[] } })
  await events.insertMany([
    { ...a, _id: other as never },
    { ...b, _id: one as never },
  ])
}

/** At the place of the second, with all after it moved up. */
async function putIn(events: Documents) {
  const later = await events
    .find({ _id: { $gte: 2 as never } })
    .sort({ _id: 1 })
    .toArray()
  await events.deleteMany({ _id: { $gte: 2 as never } })
  const moved = [{ ...later[0]!, subject: 'mine' }, ...later].map((one, i) => ({ ...one, _id: (i + 2) as never }))
  await events.insertMany(moved)
}

/** With hashes that fit, as somebody who knows how the log is made. */
async function rewrite(events: Documents, from: number) {
  const all = (await events.find().sort({ _id: 1 }).toArray()) as unknown as (AuditEvent & { _id: number })[]
  let end = { seq: from - 1, hash: all[from - 2]!.hash }
  for (const event of all.slice(from - 1)) {
    const { seq, ...rest } = linkAfter(end, { ...event, subject: 'mine' }, event.at, sha256)
    await events.replaceOne({ _id: seq as never }, rest)
    end = { seq, hash: rest.hash }
  }
}

async function signAnew(events: Documents, heads: Documents) {
  const last = (await events.findOne({ _id: 5 as never })) as unknown as AuditEvent
  const forger = createSigner(newSigningKey())
  const signature = forger.sign(Buffer.from(last.hash)).toString('base64')
  await heads.updateOne({}, { $set: { signature } })
}

async function copyOne(responses: Documents, id: 'sealed' | 'own') {
  const { _id, ...fields } = (await responses.findOne({}))!
  const beside = id === 'own' ? 'an id of my own' : nextTo(_id)
  await responses.insertOne({ ...fields, submissionId: 'forged', _id: beside as never })
}

/** An id of the same second. */
function nextTo(id: { toHexString(): string; constructor: unknown }) {
  const Id = id.constructor as new (hex: string) => unknown
  return new Id(`${id.toHexString().slice(0, 8)}${'f'.repeat(16)}`)
}

async function swapAnswers(responses: Documents) {
  const [a, b] = await responses.find().sort({ _id: 1 }).limit(2).toArray()
  await responses.updateOne({ _id: a!._id }, { $set: { answers: b!.answers } })
  await responses.updateOne({ _id: b!._id }, { $set: { answers: a!.answers } })
}

describe('tampering with the database', () => {
  let database: TestDatabase
  let kept: readonly AuditHead[]
  const collection = (name: string) => database.connection.collection(name)
  const faultsNow = async (heads: readonly AuditHead[] = []) => {
    const { faults } = await checkAudit(database.connection, [signer.publicKey], heads)
    return faults.map((fault) => ('seq' in fault ? `${fault.kind} ${fault.seq}` : fault.kind))
  }

  beforeEach(async () => {
    database = await openTestDatabase()
    const { connection } = database
    // Sealed is what is ten minutes old: the clock of the log is ahead of that of the ids.
    const audit = createAudit({ connection, signer, now: () => new Date(Date.now() + 11 * MINUTE_MS) })
    const responses = createResponseRepository(connection)
    await database.buildIndexes()
    const answers = [1, 2, 3, 4].map((code) => ({ C1: code, C2: 2 }))
    await responses.insertBatch(answers.map((one, i) => response({ submissionId: `s${i}`, answers: one })))
    for (let n = 1; n <= 4; n += 1) {
      const actor = { type: 'account', name: 'an' } as const
      await audit.recordEvent({ kind: 'signed_in', actor, subject: `page ${n}`, details: { n } })
    }
    await audit.seal()
    kept = await audit.log.heads(1)
  })
  afterEach(() => database.close())

  it('is not found where there was none', async () => {
    const check = await checkAudit(database.connection, [signer.publicKey], kept)
    expect(check).to.deep.include({ faults: [], eventCount: 5, sealedCount: 4, unsealedCount: 0 })
  })

  it('is found in seals of a few responses each, which follow on each other', async () => {
    const later = () => new Date(Date.now() + 30 * MINUTE_MS)
    const { connection } = database
    const answers = [1, 2, 3, 4, 5].map((code) => ({ C1: code }))
    const repository = createResponseRepository(connection)
    await repository.insertBatch(answers.map((one, i) => response({ submissionId: `t${i}`, answers: one })))
    // They were stored in a stretch that is sealed already, so that is told; a new log seals them two by two.
    expect(await faultsNow()).to.deep.equal(['responses_differ 5'])
    await collection('audit_events').deleteMany({})
    await collection('audit_heads').deleteMany({})
    const audit = createAudit({ connection, signer, now: later, mostInSeal: 2 })
    await audit.seal()
    const check = await checkAudit(connection, [signer.publicKey])
    expect(check).to.deep.include({ faults: [], eventCount: 5, sealedCount: 9, unsealedCount: 0 })
    await collection('responses').updateOne({ submissionId: 't1' }, { $set: { 'answers.C1': 1 } })
    expect(await faultsNow()).to.deep.equal(['responses_differ 3'])
  })

  for (const [what, expected, attack] of ATTACKS) {
    it(`is found and named when somebody ${what}`, async () => {
      await attack(collection('audit_events'), collection('responses'), collection('audit_heads'))
      const found = await faultsNow()
      for (const fault of expected) expect(found.join(', ')).to.include(fault)
    })
  }

  it('is found by a head kept elsewhere when the log and its heads are cut off together', async () => {
    await collection('audit_events').deleteMany({ _id: { $gte: 4 as never } })
    await collection('audit_heads').deleteMany({})
    expect(await faultsNow()).to.deep.equal([])
    expect(await faultsNow(kept)).to.deep.equal(['head_not_in_log 5'])
  })
})
