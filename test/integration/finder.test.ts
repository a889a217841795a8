import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { load } from 'cheerio'
import { waveFile } from '../support/builders.js'
import { startApp, type TestApp } from '../support/start-app.js'

describe('finding an agency', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    const { questionnaire } = app.published.find((one) => one.questionnaire.respondentType === 'citizen')!
    const { id, version } = questionnaire
    const units = { kinds: [], uids: ['p-ben-thanh', 'p-go-vap'] }
    await app.waves.create(waveFile({ questionnaire: { id, version }, units, services: ['DAT', 'HT'] }))
  })
  after(() => app.stop())

  async function get(path: string) {
    const res = await fetch(app.url + path)
    const body = await res.text()
    return { status: res.status, headers: res.headers, body, $: load(body) }
  }
  const search = async (text: string) => (await get(`/agencies?q=${encodeURIComponent(text)}`)).$

  it('walks from the first page by what was typed to the form of a service', async () => {
    const home = await get('/')
    const form = home.$('form[role=search]')
    const found = await get(`${form.attr('action')}?${form.find('input').attr('name')}=ben+thanh`)
    const agency = await get(found.$('.finder-name').first().attr('href') ?? '')
    expect(agency.$('h1').text()).to.equal('Phường Bến Thành')
    expect(agency.$('#dv-DAT a.button').attr('href')).to.equal('/r/p-ben-thanh/DAT')
    expect(agency.$('#dv-CT a.button')).to.have.length(0)
    expect(agency.$('#dv-CT').text()).to.include('Chưa có đợt khảo sát')
  })

  for (const [typed, first] of [
    ['quan 1', 'Quận 1'],
    ['Q1', 'Quận 1'],
    ['go vap', 'Phường Gò Vấp'],
    ['P. Bến Thành', 'Phường Bến Thành'],
  ] as const) {
    it(`finds ${first} for “${typed}”`, async () => {
      const $ = await search(typed)
      expect($('.finder-name').first().text()).to.equal(first)
    })
  }

  it('shows District 1 as ended, with the four wards that took over', async () => {
    const $ = await search('quan 1')
    const line = $('.finder-list > li').first()
    expect(line.text()).to.include('Không còn hoạt động từ ngày 01/07/2025')
    const heirs = line.find('.finder-heirs a').map((_, a) => $(a).text())
    expect(heirs.get()).to.have.members([
      'Phường Tân Định',
      'Phường Sài Gòn',
      'Phường Bến Thành',
      'Phường Cầu Ông Lãnh',
    ])
  })

  it('understands everyday words', async () => {
    const $ = await search('sổ đỏ')
    expect($('.finder-name').first().text()).to.equal('Đất đai, nhà ở')
    const listed = await get($('.finder-name').first().attr('href') ?? '')
    expect(listed.$('h1').text()).to.equal('Đất đai, nhà ở: cơ quan giải quyết')
    expect(listed.$('[role=status]').text()).to.match(/^1\d\d cơ quan$/)
  })

  it('says what to try when nothing is found', async () => {
    const $ = await search('zzzzzz')
    expect($('main').text()).to.include('Chưa tìm thấy cơ quan nào').and.include('Gõ tên quận, huyện, phường, xã cũ')
    expect($('.finder-list')).to.have.length(0)
  })

  it('reaches each of the 113 wards by turning pages', async () => {
    const seen = new Set<string>()
    let next: string | undefined = '/agencies?kind=phuong'
    while (next) {
      const { $ }: Awaited<ReturnType<typeof get>> = await get(next)
      for (const a of $('.finder-name').get()) seen.add($(a).attr('href') ?? '')
      next = $('a[rel=next]').attr('href')
    }
    expect(seen.size).to.equal(113)
  })

  it('keeps a language chosen in the address, through links and the form', async () => {
    const { $ } = await get('/agencies?q=ben+thanh&lang=en')
    expect($('.finder-name').first().text()).to.equal('Ben Thanh Ward')
    expect($('.finder-name').first().attr('href')).to.equal('/u/p-ben-thanh?lang=en')
    expect($('form[role=search] input[name=lang]').val()).to.equal('en')
  })

  it('answers 404 with a way on for what does not exist', async () => {
    for (const path of [
      '/u/p-nowhere',
      '/u/P$',
      '/agencies?area=nowhere',
      '/agencies?kind=none',
      '/agencies?service=X',
    ]) {
      const page = await get(path)
      expect([page.status, page.$('main a.button').attr('href')], path).to.deep.equal([404, '/'])
    }
  })

  it('takes odd and hostile input for text', async () => {
    const script = await get(`/agencies?q=${encodeURIComponent('"><script>x</script>')}`)
    expect(script.status).to.equal(200)
    expect(script.$('main script')).to.have.length(0)
    expect(script.$('#q').val()).to.equal('"><script>x</script>')
    expect((await get(`/agencies?q=${'a'.repeat(5000)}`)).status).to.equal(200)
    expect((await get('/agencies?q[$ne]=1&page=-3')).status).to.equal(200)
    expect((await get('/agencies?q=a&q=b')).status).to.equal(400)
  })

  it('sets no cookie and needs no script', async () => {
    for (const path of ['/', '/agencies?q=quan+1', '/u/p-ben-thanh']) {
      const page = await get(path)
      expect(page.headers.get('set-cookie'), path).to.equal(null)
      expect(page.$('script'), path).to.have.length(0)
    }
  })

  it('keeps the first page with all it loads under 60 KB, uncompressed', async () => {
    const { body, $ } = await get('/')
    const links = $('link[rel=stylesheet], link[rel=icon]').map((_, el) => $(el).attr('href'))
    const files = await Promise.all(links.get().map(async (href) => (await get(href)).body))
    const bytes = [body, ...files].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    expect(bytes).to.be.below(60_000)
    expect(gzipSync([body, ...files].join('')).length).to.be.below(20_000)
  })
})
