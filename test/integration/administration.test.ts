import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const FILE = `id: 2027-web-wards
title: { vi: Khảo sát phường 2027, en: Wards 2027 }
questionnaire: { id: citizen, version: "2026.1" }
mode: web
units: { uids: [p-ben-thanh, p-sai-gon] }
referenceOn: 2026-01-01
opensOn: 2027-01-01
closesOn: 2028-01-01
`
const SAMPLING = `${FILE}sampling:
  design: random_sample
  description: { vi: Chọn ngẫu nhiên, en: Drawn at random }
  handedOut: 400
`

describe('the administrator’s workspace', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp()
    for (const role of ['administrator', 'analyst'] as const)
      await app.accounts.createAccount({ login: role, name: role, role, unitUid: undefined, password: PASSWORD })
    client = createClient(app.url)
    await client.signIn('administrator', PASSWORD)
  })
  after(() => app.stop())

  const page = () => client.get('/admin?lang=en')
  const send = async (text: string, fields: Record<string, string> = {}) =>
    client.send((await page()).$, 'main form', { text, ...fields })
  const waves = async () => (await app.waves.list()).map(({ id }) => id)

  it('is where the administrator begins, and nobody else goes', async () => {
    const fresh = createClient(app.url)
    const signedIn = await fresh.signIn('administrator', PASSWORD)
    expect(signedIn.location).to.equal('/admin')
    const analyst = createClient(app.url)
    await analyst.signIn('analyst', PASSWORD)
    expect((await analyst.get('/admin')).status).to.equal(403)
    expect((await createClient(app.url).get('/admin')).status).to.equal(303)
  })

  it('names every fault of a pasted wave by its line, keeps what was typed, and writes nothing', async () => {
    const refused = [
      ['', 'Line 1'],
      ['id: [', 'Line 1'],
      [FILE.replace('mode: web', 'mode: pigeon'), 'Line 4'],
      [FILE.replace('p-sai-gon', 'p-nowhere'), 'there is no unit p-nowhere'],
      [FILE.replace('closesOn: 2028', 'closesOn: 2026'), 'before it opens'],
      [FILE.replace('2026.1', '1999.1'), 'is not published'],
      [
        'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
        'Line 1',
      ],
    ] as const
    for (const [text, words] of refused) {
      const answer = await send(text)
      expect([answer.status, answer.$('.error-summary').text().includes(words)], words).to.deep.equal([422, true])
      expect(answer.$('textarea').text().trim()).to.equal(text.trim())
    }
    expect((await send('x'.repeat(40_001))).status).to.equal(400)
    expect(await waves()).to.deep.equal([])
  })

  it('says first what would be done, and does it only for the text that was looked at', async () => {
    const look = await send(FILE)
    expect(look.status).to.equal(200)
    expect(look.$('[role=status]').text()).to.include('Wards 2027').and.include('2 units')
    expect(await waves()).to.deep.equal([])
    const checked = String(look.$('[name=checked]').val())
    const other = await send(FILE.replace('Wards 2027', 'Wards'), { checked })
    expect([other.status, await waves()]).to.deep.equal([200, []])
    const done = await client.send(look.$, 'main form', { checked })
    expect([done.status, await waves()]).to.deep.equal([303, ['2027-web-wards']])
    const again = await send(FILE, { checked })
    expect([again.status, again.$('.error-summary').text().includes('exists already')]).to.deep.equal([422, true])
    const shown = await page()
    expect(shown.$('.release-table').first().text()).to.include('2027-web-wards').and.include('Planned')
  })

  it('refuses a wave that competes with another, and one under its name', async () => {
    const rival = await send(FILE.replace('2027-web-wards', '2027-rival'))
    expect(rival.$('.error-summary').text()).to.include('competes with 2027-web-wards')
    const namesake = await send(FILE.replace('Wards 2027', 'Other wards'))
    expect(namesake.$('.error-summary').text()).to.include('another wave has the id')
  })

  it('records what has become known of the sample', async () => {
    const look = await send(SAMPLING)
    expect(look.$('[role=status]').text()).to.include('sample')
    await client.send(look.$, 'main form', { checked: String(look.$('[name=checked]').val()) })
    expect((await app.waves.byId('2027-web-wards'))?.sampling?.handedOut).to.equal(400)
  })

  it('shows when each job last ended', async () => {
    const wait = async () => {
      while (!(await page()).text.includes('sweep for uncounted responses'))
        await new Promise((go) => setTimeout(go, 50))
    }
    await wait()
    expect((await page()).$('#jobs-title').length).to.equal(1)
  })

  it('is written down', async () => {
    const told: string[] = []
    for await (const { kind, actor, subject } of app.audit.log.stream())
      if (kind.startsWith('wave_')) told.push(`${kind} ${actor.name} ${subject}`)
    expect(told).to.deep.equal([
      'wave_created administrator 2027-web-wards',
      'wave_changed administrator 2027-web-wards',
    ])
  })
})
