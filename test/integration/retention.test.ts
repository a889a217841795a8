import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { wholeCity } from '../../server/domain/access/scope.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { ResponseVoid } from '../../server/domain/voids/void.js'
import { checkAudit, createAudit } from '../../server/features/audit/index.js'
import { toPublished } from '../../server/features/questionnaires/index.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { makeEraseWithdrawn, makePurgeWords } from '../../server/features/retention/index.js'
import { createSigner, newSigningKey } from '../../server/platform/signing.js'
import { analysisQuestionnaire } from '../support/analysis-city.js'
import { response, wave } from '../support/builders.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const signer = createSigner(newSigningKey())
const published = toPublished(analysisQuestionnaire())
const MINUTE_MS = 60_000
const IN_SEAL = 4
const of = (id: string, closesOn: string, more: Partial<Wave> = {}) =>
  wave({ id, closesOn, questionnaireHash: published.hash, isSimulated: false, ...more })
/** Closed long enough ago, not yet, and simulated. */
const OLD = of('2020-web', '2020-07-01')
const RECENT = of('2026-web', '2026-07-01')
const SIMULATED = of('2019-web', '2019-07-01', { isSimulated: true })

describe('words past their time', () => {
  let database: TestDatabase
  let connection: Connection
  const auditOf = (key: typeof signer | null = signer) => {
    // Sealed is what is ten minutes old: the clock of the log is ahead of that of the ids.
    const now = () => new Date(Date.now() + 11 * MINUTE_MS)
    return createAudit({ connection, signer: key, now, mostInSeal: IN_SEAL })
  }
  const purgeOf = (audit = auditOf(), waves: readonly Wave[] = [OLD, RECENT, SIMULATED]) =>
    makePurgeWords({
      waves: { list: async () => waves },
      questionnaires: { byHash: async () => published },
      audit,
      now: () => new Date('2026-11-26T03:00:00Z'),
    })
  const wordsOf = async (waveId: string) => {
    const found: string[] = []
    for await (const { answers } of createResponseRepository(connection).streamWave(wholeCity('a test'), waveId))
      if (typeof answers.H7 === 'string') found.push(answers.H7)
    return found
  }
  const faultsNow = async () =>
    (await checkAudit(connection, [signer.publicKey])).faults.map(({ kind }) => kind).join(' ')
  const responses = () => connection.collection('responses')
  const log = () => connection.collection('audit_events')
  const events = (kind: string) => log().find({ kind }).sort({ _id: 1 }).toArray()

  beforeEach(async () => {
    database = await openTestDatabase()
    connection = database.connection
    const repository = createResponseRepository(connection)
    const audit = auditOf()
    await database.buildIndexes()
    const all = [OLD, RECENT, SIMULATED].flatMap(({ id }) =>
      [1, 2, 3, 4].map((n) =>
        response({
          waveId: id,
          submissionId: `${id}-${n}`,
          questionnaireHash: published.hash,
          answers: n === 4 ? { A1: n } : { A1: n, H7: `lời ${n} của ${id}` },
        }),
      ),
    )
    await repository.insertBatch(all)
    await audit.seal()
  })
  afterEach(() => database.close())

  it('are removed from the wave whose time is over, and from no other; every other answer stays', async () => {
    expect(await purgeOf()()).to.deep.equal({ done: [OLD.id], removed: 3, altered: [] })
    expect(await wordsOf(OLD.id)).to.deep.equal([])
    expect([(await wordsOf(RECENT.id)).length, (await wordsOf(SIMULATED.id)).length]).to.deep.equal([3, 3])
    const left = await responses().find({ waveId: OLD.id }).sort({ submissionId: 1 }).toArray()
    expect(left.map(({ answers }) => answers)).to.deep.equal([{ A1: 1 }, { A1: 2 }, { A1: 3 }, { A1: 4 }])
  })

  it('leave a log that holds, with how many and no word, and are looked for once', async () => {
    await purgeOf()()
    expect(await faultsNow()).to.equal('')
    const removed = await events('answers_removed')
    expect(removed.reduce((sum, { details }) => sum + details.removed, 0)).to.equal(3)
    expect(JSON.stringify(removed)).to.not.include('lời')
    expect((await events('words_removed')).map(({ subject }) => subject)).to.deep.equal([OLD.id])
    expect(await purgeOf()()).to.deep.equal({ done: [], removed: 0, altered: [] })
    expect(await events('answers_removed')).to.have.length(removed.length)
  })

  it('go in the next run where a crash came between the event and the act', async () => {
    const kept = (await responses().findOne({ submissionId: `${OLD.id}-2` }))!
    await purgeOf()()
    // As after such a crash: the event is there, a response still has its words, and nothing says that the wave is done.
    await responses().updateOne({ _id: kept._id }, { $set: { answers: kept.answers } })
    const last = (await events('words_removed'))[0]!
    await log().deleteMany({ _id: { $gte: last._id as never } })
    expect(await faultsNow()).to.equal('removal_unfinished')
    expect(await purgeOf()()).to.deep.equal({ done: [OLD.id], removed: 1, altered: [] })
    expect([await faultsNow(), await wordsOf(OLD.id)]).to.deep.equal(['', []])
  })

  it('are left where somebody altered the responses before: a removal covers nothing', async () => {
    for (const n of [1, 2, 3]) {
      await responses().updateOne({ submissionId: `${OLD.id}-${n}` }, { $set: { 'answers.A1': 5 } })
    }
    const outcome = await purgeOf()()
    expect(outcome).to.deep.equal({ done: [], removed: 0, altered: [OLD.id] })
    expect(await wordsOf(OLD.id)).to.have.length(3)
    expect(await faultsNow()).to.include('responses_differ')
  })

  it('are missed where somebody removes them behind the application’s back', async () => {
    await responses().updateMany({ waveId: OLD.id }, { $unset: { 'answers.H7': '' } })
    expect(await faultsNow()).to.include('responses_differ')
  })

  it('let no other answer be changed after them', async () => {
    await purgeOf()()
    await responses().updateOne({ submissionId: `${OLD.id}-1` }, { $set: { 'answers.A1': 5 } })
    expect(await faultsNow()).to.include('responses_differ')
  })

  it('cannot be feigned by who has the database and not the key', async () => {
    await purgeOf(auditOf(createSigner(newSigningKey())))()
    expect(await faultsNow()).to.include('bad_removal')
  })

  it('stay without a key, and the run says so', async () => {
    let message = ''
    await purgeOf(auditOf(null))().catch((error: Error) => {
      message = error.message
    })
    expect(message).to.include('SIGNING_KEY')
    expect(await wordsOf(OLD.id)).to.have.length(3)
  })

  it('have their own time where the wave says so', async () => {
    const short = of('2026-web', '2026-07-01', { retention: { textMonths: 3 } })
    const notYet = of('2020-web', '2022-07-01', { retention: { textMonths: 60 } })
    const long = of('2020-web', '2020-07-01', { retention: { textMonths: 60 } })
    expect((await purgeOf(auditOf(), [short])()).removed).to.equal(3)
    expect((await purgeOf(auditOf(), [notYet])()).removed).to.equal(0)
    expect((await purgeOf(auditOf(), [long])()).removed).to.equal(3)
  })

  describe('answers whose consent was withdrawn', () => {
    const NOW = new Date('2026-11-26T03:00:00Z')
    const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
    const idOf = async (submissionId: string) => String((await responses().findOne({ submissionId }))!._id)
    const voidOf = (id: string, more: Partial<ResponseVoid> = {}): ResponseVoid => ({
      id,
      rule: { waveId: RECENT.id, unitUid: 'w1', service: null, channel: null, from: '2026-01-01', to: '2026-12-31' },
      lifts: null,
      reason: 'consent_withdrawn',
      explanation: 'theo yêu cầu',
      responseCount: 1,
      state: 'approved',
      proposedBy: 'an',
      proposedAt: daysAgo(20),
      decidedBy: 'binh',
      decidedAt: daysAgo(12),
      note: '',
      appliedAt: daysAgo(12),
      ...more,
    })
    const eraseOf = (list: readonly ResponseVoid[], ids: readonly string[]) =>
      makeEraseWithdrawn({
        voids: { list: async () => list, responsesOf: async () => ids },
        audit: auditOf(),
        now: () => NOW,
      })

    it('are erased after ten days, whole and of that response alone, and the log holds', async () => {
      const id = await idOf(`${RECENT.id}-2`)
      expect(await eraseOf([voidOf('v')], [id])()).to.deep.equal({ erased: 1, altered: 0 })
      const left = await responses().find({ waveId: RECENT.id }).sort({ submissionId: 1 }).toArray()
      expect(left.map(({ answers }) => Object.keys(answers))).to.deep.equal([['A1', 'H7'], [], ['A1', 'H7'], ['A1']])
      expect(await faultsNow()).to.equal('')
      expect(await eraseOf([voidOf('v')], [id])()).to.deep.equal({ erased: 0, altered: 0 })
    })

    it('stay while a mistake can be taken back, once it is, and where many were taken out at once', async () => {
      const id = await idOf(`${RECENT.id}-2`)
      const lift = voidOf('l', { lifts: 'v', state: 'proposed', appliedAt: null })
      for (const list of [
        [voidOf('v', { appliedAt: daysAgo(9) })],
        [voidOf('v', { appliedAt: null, state: 'proposed' })],
        [voidOf('v'), lift],
        [voidOf('v', { responseCount: 300 })],
        [voidOf('v', { reason: 'stuffed' })],
      ])
        expect((await eraseOf(list, [id])()).erased, JSON.stringify(list)).to.equal(0)
      expect((await eraseOf([voidOf('v'), { ...lift, state: 'rejected' }], [id])()).erased).to.equal(1)
    })

    it('cannot hide that the response was altered before', async () => {
      const id = await idOf(`${RECENT.id}-2`)
      await responses().updateOne({ submissionId: `${RECENT.id}-2` }, { $set: { 'answers.A1': 5 } })
      expect(await eraseOf([voidOf('v')], [id])()).to.deep.equal({ erased: 0, altered: 1 })
    })

    it('go with words of the same stretch in either order', async () => {
      const id = await idOf(`${OLD.id}-2`)
      await eraseOf([voidOf('v')], [id])()
      expect((await purgeOf()()).done).to.deep.equal([OLD.id])
      expect(await faultsNow()).to.equal('')
      expect((await events('answers_removed')).length).to.equal(2)
    })
  })
})
