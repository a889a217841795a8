import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { CheerioAPI } from 'cheerio'
import { createClient } from '../support/http-client.js'
import { smallWave } from '../support/small-city.js'
import { type SurveyApp, startSurveyApp } from '../support/survey-app.js'

const FORM = 'form.survey-form'
const HERE = '/r/phuong-sai-gon/HT'

const spring = smallWave({ id: '2026-spring', closesOn: '2026-03-01' })
const summer = smallWave({ id: '2026-summer', opensOn: '2026-03-01' })

describe('the form and the intake against odd senders', () => {
  let app: SurveyApp
  before(async () => {
    app = await startSurveyApp({ waves: [spring, summer] })
  })
  beforeEach(() => app.clear())
  after(() => app.stop())

  const send = ($: CheerioAPI, fields: Record<string, string>) => createClient(app.url).send($, FORM, fields)
  const about = async () => send((await app.client().get(HERE)).$, { month: '2026-01', consent: '1' })

  it('refuses a field too long to travel in the page as too large, on every button', async () => {
    for (const nav of ['next', 'lang:en']) {
      const page = await send((await about()).$, { nav, S2: '1'.repeat(50_000) })
      expect(page.status, nav).to.equal(413)
      expect(page.$('h1').text()).to.equal('Nội dung gửi quá lớn')
    }
    expect(app.logLines.filter((line) => line.includes('"level":50'))).to.deep.equal([])
  })

  it('begins anew under the present wave when the one of a case that came back to the consent has closed', async () => {
    app.setNow('2026-02-28T12:00:00Z')
    const start = await send((await about()).$, { nav: 'back' })
    app.setNow('2026-03-01T01:00:00Z')
    let page = await send(start.$, { month: '2026-01', consent: '1' })
    for (const fields of [{ S2: '1980', S3: '2' }, { E0: '2' }, {}]) page = await send(page.$, fields)
    expect(page.status).to.equal(303)
    expect((await app.stored()).map(({ waveId }) => waveId)).to.deep.equal(['2026-summer'])
  })

  async function handIn(changes: { transactionOn?: string; startedAt?: string }) {
    const submission = {
      submissionId: randomUUID(),
      wave: spring.id,
      unit: 'phuong-sai-gon',
      service: 'HT',
      language: 'vi',
      transactionOn: '2026-01',
      startedAt: '2026-02-10T11:58:00+07:00',
      consent: { given: true, version: '2026-01' },
      answers: { S2: 1990, S3: 2, E0: 2 },
      ...changes,
    }
    const res = await fetch(`${app.url}/api/v1/responses`, {
      method: 'POST',
      body: JSON.stringify(submission),
      headers: { 'content-type': 'application/json' },
    })
    return { status: res.status, errors: ((await res.json()) as { errors?: unknown }).errors }
  }

  it('refuses the last month of the calendar, and the first, like any other out of reach', async () => {
    for (const transactionOn of ['9999-12', '0000-01']) {
      expect((await handIn({ transactionOn })).status, transactionOn).to.equal(422)
    }
    expect(await app.stored()).to.deep.equal([])
  })

  it('refuses an interview begun before any transaction it may ask about, as by a clock never set', async () => {
    for (const startedAt of ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '2025-01-31T16:59:59Z']) {
      const { status, errors } = await handIn({ startedAt })
      expect(status, startedAt).to.equal(422)
      expect(errors).to.deep.equal([{ field: 'startedAt', code: 'out_of_range' }])
    }
    // Midnight in the city, on the first day of the month twelve months back.
    expect((await handIn({ startedAt: '2025-01-31T17:00:00Z' })).status).to.equal(201)
  })
})
