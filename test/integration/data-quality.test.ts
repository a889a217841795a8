import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { response, waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const UNITS = ['p-ben-thanh', 'p-sai-gon', 'p-go-vap']

describe('the board of data quality', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>

  before(async () => {
    app = await startApp()
    await app.accounts.createAccount({ login: 'an', name: 'An', role: 'analyst', password: PASSWORD })
    await app.accounts.createAccount({
      login: 'chi',
      name: 'Chi',
      role: 'agency_head',
      unitUid: UNITS[0],
      password: PASSWORD,
    })
    client = createClient(app.url)
    await client.signIn('an', PASSWORD)
  })
  after(() => app.stop())

  it('says so while no wave has begun', async () => {
    expect((await client.get('/data-quality?lang=en')).$('main').text()).to.include('No wave has begun')
  })

  it('shows each wave, and the unit whose ballots all say the best', async () => {
    const outcome = await app.waves.create(
      waveFile({ questionnaire: { id: 'counter', version: '2026.1' }, units: { kinds: [], uids: UNITS } }),
    )
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    const { wave } = outcome
    const { questionnaireHash } = wave
    const ratings = app.published
      .find(({ hash }) => hash === questionnaireHash)!
      .questionnaire.sections.flatMap(({ items }) => items.filter(({ kind }) => kind === 'rating'))
    const said = (code: number) => Object.fromEntries(ratings.map((item) => [item.code, code]))
    // Of 60 each: the first all at the best level, the others a fifth.
    const of = (unitUid: string, best: number) =>
      Array.from({ length: 60 }, (_, i) =>
        response({ waveId: wave.id, questionnaireHash, unitUid, service: 'HT', answers: said(i < best ? 5 : 3) }),
      )
    await app.responses.insertBatch([...of(UNITS[0]!, 60), ...of(UNITS[1]!, 12), ...of(UNITS[2]!, 12)])
    await app.tallies.build(wave.id)

    const page = await client.get('/data-quality?lang=en')
    const cells = page
      .$('section')
      .first()
      .find('tbody td')
      .toArray()
      .map((td) => page.$(td).text())
    // 84 of 180 at the best level and 96 in the middle.
    expect(cells[0]).to.equal('180')
    expect([cells[3], cells[4]]).to.deep.equal(['53.3%', '46.7%'])
    expect([cells[5], cells[6]]).to.deep.equal(['0 of 3', '1 of 3'])
    const odd = page.$('h3 + p + .scroll tbody tr')
    expect(odd).to.have.length(1)
    expect(odd.find('th a').text()).to.equal('Ben Thanh Ward')
    expect(
      odd
        .find('td')
        .toArray()
        .slice(0, 5)
        .map((td) => page.$(td).text()),
    ).to.deep.equal(['100.0%', '60', '20.0%', '120', '+80.0'])
    expect((await client.get(odd.find('th a').attr('href')!)).status).to.equal(200)
  })

  it('is not for those who see one unit', async () => {
    const head = createClient(app.url)
    await head.signIn('chi', PASSWORD)
    expect((await head.get('/data-quality')).status).to.equal(403)
  })
})
