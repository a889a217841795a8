import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

describe('saved views', () => {
  let app: TestApp
  const clients = new Map<string, ReturnType<typeof createClient>>()

  before(async () => {
    app = await startApp()
    const units = { kinds: [], uids: ['p-ben-thanh', 'p-sai-gon'] }
    await app.waves.create(waveFile({ id: '2026-web', questionnaire: { id: 'citizen', version: '2026.1' }, units }))
    const staff = { an: 'analyst', binh: 'monitor', chi: 'agency_head' } satisfies Record<string, Role>
    for (const [login, role] of Object.entries(staff)) {
      const unitUid = login === 'chi' ? 'p-ben-thanh' : undefined
      await app.accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
      const client = createClient(app.url)
      await client.signIn(login, PASSWORD)
      clients.set(login, client)
    }
  })
  after(() => app.stop())

  const as = (login: string) => clients.get(login)!
  const list = (login: string) => as(login).get('/views?lang=en')
  const save = async (login: string, fields: Record<string, string>) =>
    as(login).send((await list(login)).$, 'form[action^="/views?"]', fields)
  const namesOf = async (login: string) =>
    (await list(login))
      .$('tbody th a')
      .toArray()
      .map(({ attribs, children }) => `${(children[0] as unknown as { data: string }).data} ${attribs.href}`)

  it('begin at the page of figures itself, with all that was chosen on it', async () => {
    const page = await as('an').get('/reports/2026-web?unit=p-sai-gon&lang=en')
    const href = page.$('.save-view a').attr('href')!
    const form = await as('an').get(href)
    expect(form.$('#address').val()).to.equal('/reports/2026-web?unit=p-sai-gon')
    const saved = await as('an').send(form.$, 'form[action^="/views?"]', { name: 'Sài Gòn', shared: '1' })
    expect(saved.status).to.equal(303)
    expect(await namesOf('an')).to.deep.equal(['Sài Gòn /reports/2026-web?unit=p-sai-gon&lang=en'])
    const [, opened] = (await namesOf('an'))[0]!.split('Gòn ')
    expect((await as('an').get(opened!)).status).to.equal(200)
  })

  it('are offered on no page without figures, and to nobody who sees one unit alone', async () => {
    expect((await as('an').get('/reports')).$('.save-view')).to.have.length(0)
    expect((await as('chi').get('/agency/p-ben-thanh')).$('.save-view')).to.have.length(0)
    expect((await as('chi').get('/views')).status).to.equal(403)
  })

  it('are seen by others where they are shared, and changed by their owner alone', async () => {
    expect((await save('an', { name: 'Riêng', address: '/series?mode=web' })).status).to.equal(303)
    expect(await namesOf('binh')).to.deep.equal(['Sài Gòn /reports/2026-web?unit=p-sai-gon&lang=en'])
    const own = await list('an')
    const action = own.$('form[action*="/remove"]').first().attr('action')!
    const token = String((await list('binh')).$('[name=_csrf]').first().val())
    expect((await as('binh').post(action, { _csrf: token })).status).to.equal(404)
    expect((await as('an').post(action, { _csrf: 'x' })).status).to.equal(403)
    expect(await namesOf('an')).to.have.length(2)
  })

  it('are replaced under the same name, and removed', async () => {
    await save('an', { name: 'Riêng', address: '/city' })
    expect((await namesOf('an')).filter((name) => name.startsWith('Riêng'))).to.deep.equal(['Riêng /city?lang=en'])
    const page = await list('an')
    const row = page.$('tr').filter((_, tr) => page.$(tr).text().includes('Riêng'))
    const removed = await as('an').post(row.find('form').attr('action')!, {
      _csrf: String(row.find('[name=_csrf]').val()),
    })
    expect(removed.status).to.equal(303)
    expect(await namesOf('an')).to.have.length(1)
  })

  it('refuse what is no page of figures, keep what was typed, and store nothing', async () => {
    for (const [fields, words] of [
      [{ name: '', address: '/city' }, 'give it a name'],
      [{ name: 'x'.repeat(81), address: '/city' }, 'at most 80'],
      [{ name: 'Xa', address: 'https://evil.example/' }, 'no page of figures'],
      [{ name: 'Xa', address: '//evil.example/reports/x' }, 'no page of figures'],
      [{ name: 'Xa', address: '/accounts' }, 'no page of figures'],
    ] as const) {
      const page = await save('an', fields)
      expect([page.status, page.$('.error-summary').text().includes(words)], words).to.deep.equal([422, true])
      expect([page.$('#name').val(), page.$('#address').val()]).to.deep.equal([fields.name, fields.address])
    }
    expect(await namesOf('an')).to.have.length(1)
  })

  it('have an end at a hundred for each account', async () => {
    const views = app.connection.collection('saved_views')
    const many = Array.from({ length: 99 }, (_, i) => ({
      _id: `v${i}` as never,
      login: 'an',
      name: `Trang ${i}`,
      address: '/city',
      isShared: false,
      savedAt: new Date(),
    }))
    await views.insertMany(many)
    expect((await save('an', { name: 'Một nữa', address: '/city' })).status).to.equal(422)
    expect((await save('an', { name: 'Trang 5', address: '/series' })).status).to.equal(303)
  })
})
