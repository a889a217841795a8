import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { type SurveyApp, startSurveyApp } from '../support/survey-app.js'

const CLOSED_DAY = '2026-04-01'

describe('handing responses in by API', () => {
  let app: SurveyApp
  before(async () => {
    app = await startSurveyApp()
  })
  beforeEach(() => app.clear())
  after(() => app.stop())

  const valid = () => ({
    submissionId: randomUUID(),
    wave: '2026-web-citizen',
    unit: 'phuong-sai-gon',
    service: 'HT',
    language: 'en',
    transactionOn: '2026-01',
    startedAt: '2026-02-10T11:58:00+07:00',
    consent: { given: true, version: '2026-01' },
    answers: { S2: 1990, S3: 1, C1: 4, C2: 5, E0: 1, E3: 96, H6: [2, 1], H7: 'Góp ý riêng' },
  })

  async function post(body: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const res = await fetch(`${app.url}/api/v1/responses`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: res.status, type: res.headers.get('content-type'), body: JSON.parse(await res.text()) }
  }

  it('stores a case, normalised, and answers 201 with a receipt', async () => {
    const { status, body } = await post(valid())
    expect(status).to.equal(201)
    expect(body).to.deep.include({ disposition: 'complete', isDuplicate: false, hasSameContent: true })
    const [response] = await app.stored()
    expect(response).to.deep.include({
      channel: 'api',
      mode: 'web',
      language: 'en',
      startedAt: new Date('2026-02-10T04:58:00Z'),
      submittedAt: new Date('2026-02-10T05:00:00Z'),
      answers: { S1: 1, S2: 2, S3: 1, C1: 4, C2: 5, E0: 1, E3: 96, H6: [1, 2], H7: 'Góp ý riêng' },
    })
    expect(response).to.not.have.any.keys('_id', 'ip', 'userAgent', '__v')
  })

  it('answers a repeat with 200 and the same receipt, and tells when its content differs', async () => {
    const case1 = valid()
    const first = await post(case1)
    const again = await post({ ...case1, submissionId: case1.submissionId.toUpperCase() })
    const other = await post({ ...case1, answers: { ...case1.answers, C1: 1 } })
    expect([again.status, other.status]).to.deep.equal([200, 200])
    expect(again.body).to.deep.equal({ ...first.body, isDuplicate: true, hasSameContent: true })
    expect(other.body).to.deep.equal({ ...first.body, isDuplicate: true, hasSameContent: false })
    expect((await app.stored()).map(({ answers }) => answers.C1)).to.deep.equal([4])
  })

  it('stores one response when one submission arrives twenty times at once', async () => {
    const body = valid()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)))
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1)
    expect(answers.filter(({ status }) => status === 200)).to.have.length(19)
    expect(new Set(answers.map(({ body: { receipt } }) => receipt)).size).to.equal(1)
    expect(await app.stored()).to.have.length(1)
  })

  it('names every answer that does not fit', async () => {
    const { answers } = valid()
    const { status, type, body } = await post({
      ...valid(),
      answers: { ...answers, C1: 6, C2: 96, E0: 2, E3: 4, H6: [1, 2, 3], ZZ: 1, P5: 'quan-1' },
    })
    expect([status, body.code]).to.deep.equal([422, 'answers_not_valid'])
    expect(type).to.match(/^application\/problem\+json/)
    const named = body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`)
    expect(named).to.deep.equal([
      'answers.C1 unknown_code',
      'answers.C2 unknown_code',
      'answers.E3 not_asked',
      'answers.H6 too_many',
      'answers.P5 unknown_unit',
      'answers.ZZ unknown_item',
    ])
    expect(await app.stored()).to.deep.equal([])
  })

  it('answers 404 for what it does not know and 409 after closing', async () => {
    for (const change of [{ wave: 'no-such-wave' }, { unit: 'nowhere' }, { service: 'XX' }, { service: 'HQ' }]) {
      expect((await post({ ...valid(), ...change })).status, JSON.stringify(change)).to.equal(404)
    }
    app.setNow(`${CLOSED_DAY}T01:00:00Z`)
    const late = await post(valid())
    expect([late.status, late.body.code, late.body.closedOn]).to.deep.equal([409, 'wave_closed', CLOSED_DAY])
    expect(await app.stored()).to.deep.equal([])
  })

  it('names the successors of a unit that had ended', async () => {
    const { status, body } = await post({ ...valid(), unit: 'quan-1', transactionOn: '2025-09' })
    expect([status, body.code, body.others]).to.deep.equal([
      422,
      'unit_not_valid',
      ['phuong-sai-gon', 'phuong-tan-dinh'],
    ])
  })

  it('stores nothing without consent, under 18, or for a transaction out of reach', async () => {
    const cases: readonly (readonly [object, number])[] = [
      [{ consent: { given: false, version: '2026-01' } }, 400],
      [{ consent: undefined }, 400],
      [{ consent: { given: true, version: 'older' } }, 422],
      [{ answers: { ...valid().answers, S2: 2015 } }, 422],
      [{ transactionOn: '2026-03' }, 422],
      [{ transactionOn: '2024-12', unit: 'quan-1' }, 422],
      [{ transactionOn: '2026-13' }, 400],
    ]
    for (const [change, status] of cases) {
      expect((await post({ ...valid(), ...change })).status, JSON.stringify(change)).to.equal(status)
    }
    expect(await app.stored()).to.deep.equal([])
  })

  describe('with bad input', () => {
    const secretWord = 'bi-mat-cua-toi'
    const withAnswer = (value: unknown) => JSON.stringify({ ...valid(), answers: { ...valid().answers, H7: value } })
    const bad: Readonly<Record<string, () => string>> = {
      'malformed JSON': () => `{"submissionId": "${secretWord}`,
      'a list': () => `["${secretWord}"]`,
      'a bare string': () => `"${secretWord}"`,
      null: () => 'null',
      'a wrong type': () => JSON.stringify({ ...valid(), answers: secretWord }),
      'a fraction': () => withAnswer(1.5),
      'a nested object': () => withAnswer({ deep: secretWord }),
      'an operator as answer': () => withAnswer({ $gt: secretWord }),
      'an operator as item': () => JSON.stringify({ ...valid(), answers: { $where: secretWord } }),
      'an operator as id': () => JSON.stringify({ ...valid(), submissionId: { $ne: secretWord } }),
      'an operator as wave': () => JSON.stringify({ ...valid(), wave: { $gt: '' }, unit: secretWord }),
      'an operator as unit': () => JSON.stringify({ ...valid(), unit: { $regex: '.*' } }),
      'an unknown member': () => JSON.stringify({ ...valid(), name: secretWord }),
      'a NUL byte': () => withAnswer(`${secretWord}\u0000`),
      'half a surrogate pair': () => withAnswer(`${secretWord}\ud800`),
      'half a surrogate pair in a key': () => JSON.stringify({ ...valid(), answers: { 'H7\ud800': secretWord } }),
      'a __proto__ key': () => `{"__proto__": {"isAdmin": "${secretWord}"}, "wave": "x-y-z"}`,
      'a __proto__ answer': () => withAnswer('x').replace('"H7":"x"', `"__proto__":"${secretWord}"`),
      'a constructor key': () => withAnswer('x').replace('"H7":"x"', `"constructor":"${secretWord}"`),
      'a control character': () => withAnswer(`${secretWord}\u202e`),
      'ten megabytes': () => withAnswer(secretWord.repeat(750_000)),
      'deep nesting': () => `{"answers":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      'a thousand answers': () =>
        JSON.stringify({
          ...valid(),
          answers: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`A${i}`, 1])),
        }),
    }
    for (const [what, body] of Object.entries(bad)) {
      it(`answers ${what} with a problem, stores nothing and logs none of it`, async () => {
        const answer = await post(body())
        expect(answer.status).to.be.within(400, 422)
        expect(answer.body.code).to.match(/^[a-z_]+$/)
        expect(answer.type).to.match(/^application\/problem\+json/)
        expect(await app.stored()).to.deep.equal([])
        expect(app.logLines.join('')).to.not.include(secretWord).and.not.include('"level":50')
      })
    }

    const badForms: Readonly<Record<string, string>> = {
      'an operator field': `H7[$gt]=${secretWord}`,
      'an operator as code': `H6=$gt&H7=${secretWord}`,
      'a field of no question': `ZZ=1&H7=${secretWord}`,
      'a field of another page': `C1=1&H7=${secretWord}`,
      'a __proto__ field': `__proto__=${secretWord}`,
      'a constructor field': `constructor=${secretWord}`,
      'a NUL byte': `H7=${secretWord}%00`,
      'bytes of half a surrogate pair': `H7=${secretWord}%ED%A0%80`,
      'a broken escape in its address': `H7=${secretWord}&H6=%E0%A4`,
      'a text sent twice': `H7=${secretWord}&H7=x`,
      'two buttons': `nav=next&nav=back&H7=${secretWord}`,
      'an unknown button': `nav=${secretWord}`,
      'two states': `state=a&H7=${secretWord}`,
      'a thousand fields': `${'A=1&'.repeat(1000)}H7=${secretWord}`,
      'ten megabytes': `H7=${secretWord.repeat(750_000)}`,
    }
    for (const [what, fields] of Object.entries(badForms)) {
      it(`answers a form with ${what} by a page, stores nothing and logs none of it`, async () => {
        const state = await stateOfLastPage(app)
        const res = await fetch(`${app.url}/r/phuong-sai-gon/HT`, {
          method: 'POST',
          body: `state=${state}&${fields}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
        expect(res.status).to.be.within(400, 422)
        expect(res.headers.get('content-type')).to.match(/^text\/html/)
        expect(await app.stored()).to.deep.equal([])
        expect(app.logLines.join('')).to.not.include(secretWord).and.not.include('"level":50')
      })
    }
  })
})

/** The signed state of a form that is filled in up to its last page, where no answer is required. */
async function stateOfLastPage(app: SurveyApp): Promise<string> {
  const client = app.client()
  let page = await client.get('/r/phuong-sai-gon/HT')
  for (const fields of [{ consent: '1' }, { S2: '1980', S3: '2' }, { E0: '2' }] as Record<string, string>[]) {
    page = await client.send(page.$, 'form.survey-form', fields)
  }
  expect(page.$('[name=H7]')).to.have.length(1)
  return String(page.$('[name=state]').val())
}

describe('the brake on floods', () => {
  it('lets an address post as often as allowed, then answers 429 with Retry-After, on both doors together', async () => {
    const app = await startSurveyApp({ postsPerMinute: 3 })
    try {
      const page = () => fetch(`${app.url}/r/phuong-sai-gon/HT`, { method: 'POST', body: new URLSearchParams({}) })
      for (let i = 0; i < 3; i += 1) expect((await page()).status).to.equal(422)
      const refused = await page()
      expect(refused.status).to.equal(429)
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60)
      expect(await refused.text()).to.include('Xin chờ một phút')
      const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      const api = await fetch(`${app.url}/api/v1/responses`, json)
      expect([api.status, ((await api.json()) as { code: string }).code]).to.deep.equal([429, 'too_many_requests'])
      expect((await fetch(`${app.url}/r/phuong-sai-gon/HT`)).status).to.equal(200)
    } finally {
      await app.stop()
    }
  })
})
