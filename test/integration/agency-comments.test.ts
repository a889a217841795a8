import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { response, waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const OWN = 'p-ben-thanh'
const OTHER = 'p-sai-gon'
const WAVE = '2026-web-citizen'

describe('what people wrote, as the agency reads it', () => {
  let app: TestApp
  let own: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp({ now: () => new Date('2026-04-10T03:00:00Z') })
    const made = await app.waves.create(
      waveFile({
        id: WAVE,
        questionnaire: { id: 'citizen', version: '2026.1' },
        units: { kinds: [], uids: [OWN, OTHER] },
      }),
    )
    if (made.kind !== 'created') throw new Error(made.kind)
    const write = async (unitUid: string, day: string, texts: readonly (string | null)[]) => {
      for (const words of texts) {
        await app.responses.insert(
          response({
            waveId: WAVE,
            questionnaireHash: made.wave.questionnaireHash,
            mode: made.wave.mode,
            unitUid,
            day,
            service: 'HT',
            submissionId: crypto.randomUUID(),
            answers: words === null ? {} : { H7: words },
          }),
        )
      }
    }
    // Forty in January, six of them with words; forty in March, three of them; April is not over.
    await write(OWN, '2026-01-15', [
      ...Array<null>(34).fill(null),
      ...Array<string>(5).fill('Chờ lâu quá, gọi 0903 123 456'),
    ])
    await write(OWN, '2026-01-16', ['Cán bộ nhận phong bì'])
    await write(OWN, '2026-03-15', [...Array<null>(37).fill(null), 'Mới tháng ba', 'Mới tháng ba', 'Mới tháng ba'])
    await write(OWN, '2026-04-09', ['Vừa mới hôm qua'])
    await write(OTHER, '2026-01-15', ['Chuyện của nơi khác'])
    for (const [login, role, unitUid] of [
      ['chu', 'agency_head', OWN],
      ['khac', 'agency_viewer', OTHER],
      ['phan-tich', 'analyst', undefined],
    ] as const)
      await app.accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
    own = createClient(app.url)
    await own.signIn('chu', PASSWORD)
  })
  after(() => app.stop())

  it('is screened, in full batches of months that are over, and without accusations', async () => {
    const page = await own.get('/agency/comments?lang=en')
    expect(page.status).to.equal(200)
    const quotes = page
      .$('.analysis-verbatims q')
      .map((_, one) => page.$(one).text())
      .get()
    expect(quotes).to.have.length(5)
    expect(quotes.every((one) => one.startsWith('Chờ lâu quá') && !one.includes('0903'))).to.equal(true)
    expect(page.text).to.not.match(/phong bì|tháng ba|hôm qua|nơi khác/)
    expect(page.text).to.include('31 Jan 2026')
  })

  it('waits where no batch is full', async () => {
    const client = createClient(app.url)
    await client.signIn('khac', PASSWORD)
    const page = await client.get('/agency/comments?lang=en')
    expect([page.status, page.text.includes('Fewer than five comments')]).to.deep.equal([200, true])
    expect(page.text).to.not.include('nơi khác')
  })

  it('is nobody else’s: another agency finds no such page, an analyst does', async () => {
    const client = createClient(app.url)
    await client.signIn('khac', PASSWORD)
    expect((await client.get(`/agency/${OWN}/comments`)).status).to.equal(404)
    expect((await createClient(app.url).get(`/agency/${OWN}/comments`)).status).to.equal(303)
    const analyst = createClient(app.url)
    await analyst.signIn('phan-tich', PASSWORD)
    expect((await analyst.get(`/agency/${OWN}/comments`)).status).to.equal(200)
    expect((await analyst.get('/agency/comments?lang=en')).text).to.include('Scores of the agencies')
  })

  it('obeys limits: of another service there is no page', async () => {
    const other = { services: ['RAC'], period: { from: null, to: null } }
    expect((await app.accounts.setLimits('chu', other)).kind).to.equal('set')
    expect((await own.get('/agency/comments?service=HT')).status).to.equal(404)
    await app.accounts.setLimits('chu', { services: null, period: { from: '2026-03-01', to: null } })
    const page = await own.get('/agency/comments?lang=en')
    expect(page.text).to.include('Fewer than five comments').and.not.include('Chờ lâu')
    await app.accounts.setLimits('chu', { services: null, period: { from: null, to: null } })
  })
})
