import { expect } from 'chai'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import type { Submission } from '../../../../server/features/responses/submission.js'
import { makeSubmitResponse } from '../../../../server/features/responses/submit-response.js'
import {
  NOON,
  smallQuestionnaires,
  smallRegistry,
  smallServices,
  smallWave,
  smallWaves,
} from '../../../support/small-city.js'

const SUBMISSION: Submission = {
  submissionId: 'f3b0c6de-0000-4000-8000-000000000001',
  waveId: '2026-web-citizen',
  unitUid: 'phuong-sai-gon',
  service: 'HT',
  language: 'vi',
  channel: 'link',
  month: '2026-01',
  startedAt: new Date(NOON.getTime() - 120_000),
  consentVersion: '2026-01',
  rawAnswers: { S2: '1980', S3: '1', C1: '4', C2: '5', E0: '2', H7: ' Tốt ' },
  whenHidden: 'refuse',
}

function intake(overrides: { readonly now?: Date; readonly closesOn?: string } = {}) {
  const stored: NewResponse[] = []
  const marked: string[] = []
  const submit = makeSubmitResponse({
    registry: smallRegistry,
    services: smallServices,
    waves: smallWaves([smallWave({ closesOn: overrides.closesOn ?? '2026-04-01' })]),
    questionnaires: smallQuestionnaires,
    responses: {
      insert: async (response) => {
        if (stored.some(({ submissionId }) => submissionId === response.submissionId)) return 'duplicate'
        stored.push(response)
        return 'stored'
      },
      findBySubmission: async (id) => stored.find(({ submissionId }) => submissionId === id),
    },
    tallies: { markStale: async (cell) => void marked.push(`${cell.unitUid} ${cell.service} ${cell.day}`) },
    receiptOf: (id) => `receipt of ${id.slice(-1)}`,
    now: () => overrides.now ?? NOON,
  })
  return { submit, stored, marked }
}

describe('submitting a response', () => {
  it('stores the case in stored form, marks its cell and gives a receipt', async () => {
    const { submit, stored, marked } = intake()
    const outcome = await submit(SUBMISSION)
    expect(outcome).to.deep.equal({ kind: 'stored', receipt: 'receipt of 1', disposition: 'complete' })
    expect(stored).to.deep.equal([
      {
        submissionId: SUBMISSION.submissionId,
        waveId: '2026-web-citizen',
        questionnaireHash: 'a'.repeat(64),
        consentVersion: '2026-01',
        respondentType: 'citizen',
        unitUid: 'phuong-sai-gon',
        service: 'HT',
        language: 'vi',
        mode: 'web',
        channel: 'link',
        transactionOn: '2026-01-01',
        startedAt: SUBMISSION.startedAt,
        submittedAt: NOON,
        day: '2026-02-10',
        disposition: 'complete',
        // 2026 - 1980 = 46 years: band 2, not the year
        answers: { S1: 1, S2: 2, S3: 1, C1: 4, C2: 5, E0: 2, H6: [], H7: 'Tốt' },
        isSimulated: false,
      },
    ])
    expect(marked).to.deep.equal(['phuong-sai-gon HT 2026-02-10'])
  })

  it('counts to the day of the city, not of Greenwich', async () => {
    const { submit, stored } = intake({ now: new Date('2026-02-10T17:30:00Z') })
    await submit(SUBMISSION)
    expect(stored[0]?.day).to.equal('2026-02-11')
  })

  it('answers a retry with the first receipt, marks again and stores nothing more', async () => {
    const { submit, stored, marked } = intake()
    await submit(SUBMISSION)
    expect(await submit(SUBMISSION)).to.include({ kind: 'repeated', receipt: 'receipt of 1' })
    expect(stored).to.have.length(1)
    expect(marked).to.have.length(2)
  })

  it('says so when a used id comes with other answers, and keeps the first', async () => {
    const { submit, stored } = intake()
    await submit(SUBMISSION)
    const outcome = await submit({ ...SUBMISSION, rawAnswers: { ...SUBMISSION.rawAnswers, C1: '1' } })
    expect(outcome).to.include({ kind: 'duplicate', receipt: 'receipt of 1' })
    expect(stored.map(({ answers }) => answers.C1)).to.deep.equal([4])
  })

  it('gives a retry its receipt even after the wave has closed', async () => {
    const { submit, stored } = intake()
    await submit(SUBMISSION)
    const late = intake({ now: new Date('2026-04-01T00:00:00Z') })
    late.stored.push(...stored)
    expect((await late.submit(SUBMISSION)).kind).to.equal('repeated')
  })

  const refused: readonly (readonly [string, Partial<Submission>, object])[] = [
    ['an unknown wave', { waveId: 'x' }, { kind: 'unknown', what: 'wave' }],
    ['a unit outside the wave', { unitUid: 'x' }, { kind: 'out_of_scope' }],
    ['a service that is not offered', { service: 'HQ' }, { kind: 'out_of_scope' }],
    ['a person under 18', { rawAnswers: { S2: '2010' } }, { kind: 'stopped', item: 'S2', reason: 'under_age' }],
  ]
  for (const [what, change, expected] of refused) {
    it(`refuses ${what} and stores nothing`, async () => {
      const { submit, stored, marked } = intake()
      expect(await submit({ ...SUBMISSION, ...change })).to.deep.equal(expected)
      expect([stored, marked]).to.deep.equal([[], []])
    })
  }

  it('is closed from the closing day on', async () => {
    const { submit, stored } = intake({ now: new Date('2026-03-31T17:00:00Z') })
    expect(await submit(SUBMISSION)).to.deep.equal({ kind: 'closed', closedOn: '2026-04-01' })
    expect(stored).to.deep.equal([])
  })

  it('leads on to the successors of a unit that had ended by the month of the transaction', async () => {
    const outcome = await intake().submit({ ...SUBMISSION, unitUid: 'quan-1', month: '2025-07' })
    if (outcome.kind !== 'unit_not_valid') throw new Error(outcome.kind)
    expect(outcome).to.include({ reason: 'ended', changedOn: '2025-07-01' })
    expect(outcome.others.map(({ uid }) => uid)).to.deep.equal(['phuong-sai-gon', 'phuong-tan-dinh'])
  })

  it('names the predecessor of a unit that did not exist yet', async () => {
    const outcome = await intake().submit({ ...SUBMISSION, month: '2025-06' })
    if (outcome.kind !== 'unit_not_valid') throw new Error(outcome.kind)
    expect(outcome.others.map(({ uid }) => uid)).to.deep.equal(['quan-1'])
  })

  it('names every fault of answers and envelope at once', async () => {
    const outcome = await intake().submit({
      ...SUBMISSION,
      month: '2026-03',
      startedAt: new Date(NOON.getTime() + 3_600_000),
      consentVersion: 'old',
      rawAnswers: { ...SUBMISSION.rawAnswers, C1: '6', E3: '4', ZZ: '1' },
    })
    if (outcome.kind !== 'invalid') throw new Error(outcome.kind)
    expect(outcome.errors.map(({ item, code }) => `${item} ${code}`)).to.deep.equal([
      'C1 unknown_code',
      'E3 not_asked',
      'ZZ unknown_item',
    ])
    expect(outcome.envelope.map(({ field, code }) => `${field} ${code}`)).to.deep.equal([
      'transactionOn out_of_range',
      'startedAt out_of_range',
      'consent.version outdated',
    ])
  })

  it('never lets a case begin after it ended, whatever a clock says', async () => {
    const { submit, stored } = intake()
    await submit({ ...SUBMISSION, startedAt: new Date(NOON.getTime() + 60_000) })
    expect(stored[0]?.startedAt).to.deep.equal(NOON)
  })
})
