import { expect } from 'chai'
import { readWaveText } from '../../server/features/waves/index.js'
import { PASSWORD } from '../support/accounts-app.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = `id: 2026-ht
title: { vi: Hộ tịch, en: Civil status }
questionnaire: { id: citizen, version: "2026.1" }
mode: web
units: { uids: [p-ben-thanh] }
services: [HT]
referenceOn: 2026-01-01
opensOn: 2026-01-01
closesOn: 2027-01-01
`

describe('the registers of administrators', () => {
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

  it('are one link away from the first page, and only for administrators', async () => {
    const links = (await client.get('/admin')).$('.admin-links a').toArray()
    for (const { attribs } of links) expect((await client.get(attribs.href ?? '')).status, attribs.href).to.equal(200)
    expect(links.map(({ attribs }) => attribs.href)).to.include.members(['/admin/units', '/admin/services'])
    const analyst = createClient(app.url)
    await analyst.signIn('analyst', PASSWORD)
    expect((await analyst.get('/admin/units')).status).to.equal(403)
  })

  describe('of units', () => {
    const firstCells = (page: Awaited<ReturnType<typeof client.get>>) =>
      page
        .$('tbody th')
        .toArray()
        .map((cell) => page.$(cell).find('code').text())

    it('show the units of a day: districts of 2011, none of 2026', async () => {
      const count = async (query: string) =>
        (await client.get(`/admin/units?lang=en&${query}`)).$('[role=status]').text()
      // The city's 19 quận and 5 huyện until 2021, and Huyện Côn Đảo of the former province Bà Rịa - Vũng Tàu.
      expect(await count('kind=quan&on=2011-06-01')).to.match(/^19 units/)
      expect(await count('kind=huyen&on=2011-06-01')).to.match(/^6 units/)
      expect(await count('kind=quan')).to.match(/^0 units/)
      // 113 wards of 1 July 2025, two pages of 50 and a third of 13.
      expect(await count('kind=phuong')).to.match(/^113 units/)
      expect(firstCells(await client.get('/admin/units?kind=phuong&page=3'))).to.have.lengthOf(13)
      // A page behind the last is the last.
      expect(firstCells(await client.get('/admin/units?kind=phuong&page=9'))).to.have.lengthOf(13)
    })

    it('find a unit by its name without diacritics, and those below another', async () => {
      expect(firstCells(await client.get('/admin/units?q=sai+gon'))).to.include('p-sai-gon')
      const below = firstCells(await client.get('/admin/units?parent=quan-1&on=2020-01-01'))
      // Quận 1 had ten wards.
      expect([below.length, below.includes('quan-1.ben-nghe')]).to.deep.equal([10, true])
    })

    it('say what to mend of a bad question and keep what was typed', async () => {
      const day = await client.get('/admin/units?on=31/12/2020&q=abc&lang=en')
      expect([day.status, day.$('#on').val(), day.$('#q').val()]).to.deep.equal([422, '31/12/2020', 'abc'])
      expect(day.$('.error-summary').text()).to.include('year-month-day')
      const parent = await client.get('/admin/units?parent=nowhere&lang=en')
      expect([parent.status, parent.$('#parent').val()]).to.deep.equal([422, 'nowhere'])
      for (const query of ['kind=castle', 'page=0', 'page=x', `q=${'x'.repeat(101)}`, 'q=a&q=b'])
        expect((await client.get(`/admin/units?${query}`)).status, query).to.equal(400)
      expect((await client.get('/admin/units/nowhere')).status).to.equal(404)
      expect((await client.get('/admin/units/quan-1?on=never')).status).to.equal(200)
    })

    it('tell the history of a unit with the legal basis of each event', async () => {
      const { $ } = await client.get('/admin/units/p-sai-gon?lang=en')
      const history = $('.release-list').text()
      // Bến Nghé whole, parts of Đa Kao and Nguyễn Thái Bình (Resolution 1685).
      expect(history).to.include('1685/NQ-UBTVQH15').and.include('The whole of Ben Nghe Ward')
      expect(history).to.include('A part of unknown size of Da Kao Ward')
      const ended = await client.get('/admin/units/quan-1?lang=en&on=2020-01-01')
      expect(ended.$('dl').text()).to.include('before 1 Jul 2025').and.include('10 units')
    })
  })

  it('of services say who offers each and which open waves ask about it', async () => {
    const { value } = readWaveText(WAVE)
    if (value) expect((await app.waves.create(value)).kind).to.equal('created')
    const { $ } = await client.get('/admin/services?lang=en')
    const rowOf = (code: string) => $('tbody tr').filter((_, row) => $(row).find('th code').text() === code)
    expect(rowOf('HT').find('td').last().text()).to.include('2026-ht')
    expect(rowOf('DAT').find('td').last().text()).to.include('none')
    expect(rowOf('DAT').text()).to.include('Land and housing').and.include('Urban districts').and.include('Đất đai')
    // On 22 November 2026: so-moi-truong and the 113 wards, 54 communes and one special zone.
    expect(rowOf('DAT').find('td strong').text()).to.match(/^169 units/)
  })
})
