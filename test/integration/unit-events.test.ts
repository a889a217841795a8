import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const MERGER = `event: merge
on: 2027-03-01
legalBasis: Nghị quyết thử
whole: [p-ben-thanh, p-sai-gon]
into: { uid: p-moi, kind: phuong, vi: Phường Mới, en: New Ward }
`

describe('a change of units, tried', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp()
    await app.accounts.createAccount({
      login: 'quan-tri',
      name: 'Q',
      role: 'administrator',
      unitUid: undefined,
      password: PASSWORD,
    })
    await app.accounts.createAccount({
      login: 'ben-thanh',
      name: 'B',
      role: 'agency_head',
      unitUid: 'p-ben-thanh',
      password: PASSWORD,
    })
    const units = { kinds: [], uids: ['p-sai-gon', 'p-go-vap'] }
    const questionnaire = { id: 'citizen', version: '2026.1' }
    await app.waves.create(
      waveFile({
        id: '2027-web',
        questionnaire,
        units,
        opensOn: '2027-01-01',
        closesOn: '2028-01-01',
        referenceOn: '2026-12-01',
      }),
    )
    client = createClient(app.url)
    await client.signIn('quan-tri', PASSWORD)
  })
  after(() => app.stop())

  const attempt = async (text: string) =>
    client.send((await client.get('/admin/unit-events?lang=en')).$, 'main form', { text })

  it('shows what ends and begins, whose account and which wave it touches, and that the series adds up', async () => {
    const page = await attempt(MERGER)
    expect(page.status).to.equal(200)
    const text = page.$('section').first().text()
    for (const expected of [
      'The registry would be sound',
      'New Ward (p-moi)',
      'Ben Thanh Ward (p-ben-thanh)',
      'New Ward (p-moi) = p-ben-thanh 100.0% + p-sai-gon 100.0%: adds up exactly',
      'ben-thanh (p-ben-thanh)',
      '2027-web',
    ])
      expect(text).to.include(expected)
    const lines = page
      .$('pre')
      .toArray()
      .map((pre) => page.$(pre).text())
    expect(lines[0]).to.include('uid: p-ben-thanh').and.include('to: 2027-03-01')
    expect(lines[1]).to.equal(
      '- { uid: p-moi, kind: phuong, vi: Phường Mới, en: New Ward, parent: tp-ho-chi-minh, from: 2027-03-01, legalBasis: Nghị quyết thử }',
    )
    expect(lines[2]).to.include('type: merge').and.include('{ to: p-moi, whole: [p-sai-gon] }')
  })

  it('writes a line for what its file says of all units, and tells where it stands', async () => {
    // Thới Hòa existed before 1 July 2025, the day from which the others of its file exist.
    const rename = 'event: rename\non: 2027-03-01\nlegalBasis: NQ 1\nunit: p-thoi-hoa\nvi: Phường Mới\nen: New Ward\n'
    const { $ } = await attempt(rename)
    expect($('h3').text()).to.match(/To replace in wards-2025\.yaml, line 125/)
    expect($('pre').first().text()).to.match(/^- \{ uid: p-thoi-hoa, .*\bfrom: null, /)
  })

  it('tells of waves that open only after the day', async () => {
    const page = await attempt(MERGER.replace('2027-03-01', '2026-12-15'))
    expect(page.$('section').first().text()).to.include('2027-web')
  })

  it('changes nothing', async () => {
    await attempt(MERGER)
    expect(app.registry.byUid('p-moi')).to.equal(undefined)
    expect(app.registry.byUid('p-ben-thanh')?.validTo).to.equal(null)
  })

  it('says that a series breaks where a part of unknown size is in it', async () => {
    const page = await attempt(
      MERGER.replace('whole: [p-ben-thanh, p-sai-gon]', 'whole: [p-ben-thanh]\npart: [p-sai-gon]'),
    )
    expect(page.$('section').first().text()).to.include('broken, since a part of unknown size')
  })

  it('says what the check of the registry would find', async () => {
    const split = `event: split
on: 2027-03-01
legalBasis: Nghị quyết thử
unit: p-ben-thanh
into: [{ uid: p-mot, kind: phuong, vi: Một, en: One }, { uid: p-hai, kind: phuong, vi: Hai, en: Two }]
shares: { p-mot: 0.5, p-hai: 0.3 }
basis: population
`
    const page = await attempt(split)
    expect(page.$('[role=status]').text()).to.include('contradict itself')
    expect(page.$('section').first().find('li').first().text()).to.match(/share/)
  })

  it('refuses what is no event, by line or name, and keeps what was typed', async () => {
    for (const [text, words] of [
      ['event: [', 'line 1'],
      ['', 'plan'],
      ['event: explode', 'event'],
      [MERGER.replace('2027-03-01', '2027-02-30'), 'on: is a day'],
      [MERGER.replace('p-sai-gon', 'p-khong-co'), 'p-khong-co: there is no such unit'],
      [MERGER.replace('p-moi', 'p-go-vap'), 'p-go-vap: there is such a unit already'],
      [`${MERGER}extra: 1\n`, 'extra'],
    ] as const) {
      const page = await attempt(text)
      expect(
        [page.status, page.$('.error-summary').text().toLowerCase().includes(words)],
        `${text} ${page.$('.error-summary').text()}`,
      ).to.deep.equal([422, true])
      if (text !== '') expect(page.$('#text').text()).to.equal(text)
    }
    expect((await client.post('/admin/unit-events', { text: MERGER, _csrf: 'x' })).status).to.equal(403)
  })

  it('takes no YAML that grows without end', async () => {
    const bomb = 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nevent: *c\n'
    expect((await attempt(bomb)).status).to.equal(422)
  })
})
