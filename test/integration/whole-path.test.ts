import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { CITY } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient, type Page } from '../support/http-client.js'
import { openWave } from '../support/open-wave.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const UNIT = 'p-ben-thanh'
const FORM = 'form.survey-form'

type Row = Readonly<Record<string, string | number | null>>

/** Counts by code of one item, straight from the raw responses: the slow and obvious way. */
function recount(responses: readonly NewResponse[], item: string): readonly number[] {
  const counted = responses.filter(({ disposition }) => disposition === 'complete')
  return [1, 2, 3, 4, 5].map((code) => counted.filter(({ answers }) => answers[item] === code).length)
}

/** Fills in a served page as it stands: 4 on scales, else the first option; the year of birth; nothing to the rest. */
function fieldsOf({ $ }: Page): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const input of $(`${FORM} input[type=radio]`).get()) {
    const name = String($(input).attr('name'))
    const value = String($(input).attr('value'))
    if (!(name in fields) || (value === '4' && $(input).closest('.scale').length > 0)) fields[name] = value
  }
  if ($(`${FORM} [name=S2]`).length > 0) fields.S2 = '1985'
  if ($(`${FORM} [name=consent]`).length > 0) fields.consent = '1'
  return fields
}

describe('the whole path, without a browser', () => {
  let app: TestApp
  let wave: Wave
  let token: string
  before(async () => {
    app = await startApp()
    wave = await openWave(app)
    await fillWave(app, wave, { [UNIT]: 70, 'p-sai-gon': 64, 'p-cho-lon': 45, 'p-go-vap': 3 })
    const account = { login: 'an', name: 'An', role: 'analyst' as const, password: 'mot-cau-that-dai-2026' }
    await app.accounts.createAccount(account)
    const outcome = await app.accounts.createToken({ login: 'an', name: 'script', validDays: 30 })
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    token = outcome.token
  })
  after(() => app.stop())

  const read = (path: string, accept = 'application/json') =>
    fetch(app.url + path, { headers: { authorization: `Bearer ${token}`, accept } })
  const rows = async (): Promise<Row[]> =>
    ((await (await read(`/api/v1/waves/${wave.id}/index`)).json()) as { rows: Row[] }).rows
  const ofUnit = (all: readonly Row[], uid: string, code: string) => {
    const row = all.find((one) => one.unit_uid === uid && one.code === code && one.scope === 'unit')
    if (!row) throw new Error(`No row of ${uid} ${code}`)
    return row
  }
  async function stored(): Promise<NewResponse[]> {
    const all: NewResponse[] = []
    for await (const response of app.responses.streamWave(CITY, wave.id)) all.push(response)
    return all
  }

  it('finds the unit, answers the form, gets a receipt, and the report counts the answer', async () => {
    const before = ofUnit(await rows(), UNIT, 'B1')
    const client = createClient(app.url)
    const found = (await (await fetch(`${app.url}/api/v1/units?q=ben%20thanh`)).json()) as { units: { uid: string }[] }
    expect(found.units.map(({ uid }) => uid)).to.include(UNIT)
    let page = await client.get(`/r/${UNIT}/HT`)
    for (let pages = 0; page.$(FORM).length > 0 && pages < 30; pages += 1) {
      page = await client.send(page.$, FORM, fieldsOf(page))
      if (page.location) page = await client.get(page.location)
    }
    expect(page.$('.receipt dd').text()).to.match(/^[0-9A-Z-]{8,}$/)
    const after = ofUnit(await rows(), UNIT, 'B1')
    expect(Number(after.n_4)).to.equal(Number(before.n_4) + 1)
    expect(Number(after.n_responses)).to.equal(Number(before.n_responses) + 1)
    const bytes = Buffer.from(await (await read(`/api/v1/waves/${wave.id}/index.csv`)).arrayBuffer())
    const csv = bytes.toString('utf8')
    const line = readCsv(csv.replace('\uFEFF', '')).find((row) => row.unit_uid === UNIT && row.code === 'B1')
    expect(csv.startsWith('\uFEFF')).to.equal(true)
    expect(line?.n_4).to.equal(String(after.n_4))
  })

  it('shows the figures that a recount of the raw responses gives', async () => {
    const all = await rows()
    const raw = await stored()
    for (const uid of [UNIT, 'p-sai-gon']) {
      const own = raw.filter(({ unitUid }) => unitUid === uid)
      for (const code of ['A1', 'B1', 'B5', 'C1', 'C6', 'D1']) {
        const row = ofUnit(all, uid, code)
        const counts = recount(own, code)
        const valid = counts.reduce((sum, count) => sum + count, 0)
        if (row.status !== 'published') continue
        expect(
          [1, 2, 3, 4, 5].map((score) => row[`n_${score}`]),
          `${uid} ${code}`,
        ).to.deep.equal(counts)
        expect(row.top_two_percent).to.be.closeTo((100 * (counts[3]! + counts[4]!)) / valid, 1e-9)
      }
      expect(ofUnit(all, uid, 'B1').status).to.equal('published')
    }
    expect((await app.tallies.recount(wave.id)).differences).to.deep.equal([])
  })

  it('hides the unit with three responses, and what would give it away', async () => {
    const all = await rows()
    const hidden = ofUnit(all, 'p-go-vap', 'B1')
    expect(hidden).to.include({ status: 'suppressed', reason: 'too_few', top_two_percent: null, n_valid: null })
    // The total is shown, so a second unit must be hidden with it: the smallest of the others.
    const total = all.find((row) => row.scope === 'total' && row.rollup === 'pooled' && row.code === 'B1')
    expect(total?.status).to.equal('published')
    expect(ofUnit(all, 'p-cho-lon', 'B1')).to.include({ status: 'suppressed', reason: 'complementary' })
  })

  it('stores once when one submission is posted twenty times at once', async () => {
    const body = JSON.stringify({
      submissionId: '6f1c1d8e-4f0a-4c3e-9a51-0d1c2b3a4f5e',
      wave: wave.id,
      unit: UNIT,
      service: 'HT',
      language: 'vi',
      transactionOn: '2026-10',
      startedAt: '2026-11-22T02:50:00Z',
      consent: {
        given: true,
        version: app.published.find(({ hash }) => hash === wave.questionnaireHash)?.questionnaire.consent.version,
      },
      answers: { S1: 1, S2: 1985, S3: 1, S6: 1, S7: 1, B1: 5, G1: 4 },
    })
    const headers = { 'content-type': 'application/json' }
    const post = () => fetch(`${app.url}/api/v1/responses`, { method: 'POST', headers, body })
    const answers = await Promise.all(Array.from({ length: 20 }, post))
    const documents = (await Promise.all(answers.map((answer) => answer.json()))) as { receipt: string }[]
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([...Array(19).fill(200), 201])
    expect(new Set(documents.map(({ receipt }) => receipt)).size).to.equal(1)
    const mine = (await stored()).filter(({ submissionId }) => submissionId.startsWith('6f1c1d8e'))
    expect(mine).to.have.length(1)
  })

  it('takes answers that staff collect from staff alone, so that nobody passes his own off as theirs', async () => {
    const kiosk = await openWave(app, '2026-kiosk-citizen')
    const version = app.published.find(({ hash }) => hash === kiosk.questionnaireHash)?.questionnaire.consent.version
    const body = JSON.stringify({
      submissionId: '0b1c1d8e-4f0a-4c3e-9a51-0d1c2b3a4f5e',
      wave: kiosk.id,
      unit: UNIT,
      service: 'HT',
      language: 'vi',
      transactionOn: '2026-11',
      startedAt: '2026-11-22T02:50:00Z',
      consent: { given: true, version },
      answers: { G1: 4 },
    })
    const post = (headers: Record<string, string>) =>
      fetch(`${app.url}/api/v1/responses`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    expect((await post({})).status).to.equal(401)
    expect((await post({ authorization: `Bearer ${token}` })).status).to.equal(201)
  })

  it('lets nobody read the index without a token', async () => {
    const answer = await fetch(`${app.url}/api/v1/waves/${wave.id}/index`)
    expect(answer.status).to.equal(401)
    expect(await answer.json()).to.include({ code: 'sign_in_needed' })
  })
})
