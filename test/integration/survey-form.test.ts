import { expect } from 'chai'
import type { CheerioAPI } from 'cheerio'
import { RECEIPT_PATTERN } from '../../server/features/responses/receipt.js'
import { createClient, type Page } from '../support/http-client.js'
import { smallWave } from '../support/small-city.js'
import { type SurveyApp, startSurveyApp } from '../support/survey-app.js'

const FORM = 'form.survey-form'
const HERE = '/r/phuong-sai-gon/HT'

describe('answering the form', () => {
  let app: SurveyApp
  before(async () => {
    app = await startSurveyApp()
  })
  beforeEach(() => app.clear())
  after(() => app.stop())

  const send = ($: CheerioAPI, fields: Record<string, string>) => createClient(app.url).send($, FORM, fields)
  const checked = ($: CheerioAPI) =>
    $('input:checked')
      .map((_, input) => `${$(input).attr('name')}=${$(input).val()}`)
      .get()
  const heading = ({ $ }: Page) => $('h1').text()

  async function toAbout(address = HERE): Promise<Page> {
    const start = await app.client().get(address)
    return send(start.$, { month: '2026-01', consent: '1' })
  }
  async function toStaff(address = HERE): Promise<Page> {
    return send((await toAbout(address)).$, { S2: '1980', S3: '1' })
  }
  async function toClosing(): Promise<Page> {
    const feedback = await send((await toStaff()).$, { C1: '4', C2: '5' })
    return send(feedback.$, { E0: '2' })
  }

  it('opens with agency, service, month, consent text with version and an empty box', async () => {
    const { $, status, headers } = await app.client().get(HERE)
    expect(status).to.equal(200)
    expect($('html').attr('lang')).to.equal('vi')
    expect($('.place').text()).to.include('Phường Sài Gòn').and.include('Hộ tịch')
    expect($('#month option')).to.have.length(12)
    expect($('#month').val()).to.equal('2026-02')
    expect($('.consent').text()).to.include('Không thu thập họ tên.').and.include('2026-01')
    expect($('#consent').is(':checked')).to.equal(false)
    expect(headers.get('set-cookie')).to.equal(null)
  })

  it('asks for consent again instead of going on without it, and keeps the month', async () => {
    const { $ } = await app.client().get(HERE)
    const page = await send($, { month: '2025-12' })
    expect(page.status).to.equal(422)
    expect(page.$('.error-summary a').attr('href')).to.equal('#consent')
    expect(page.$('#month').val()).to.equal('2025-12')
  })

  it('walks from consent to a receipt and stores one response', async () => {
    const about = await toAbout()
    expect(about.$('.where').text()).to.include('Phần 1 / 4')
    const end = await send((await toClosing()).$, { H7: 'Nhanh' })
    expect(end.status).to.equal(303)
    const thanks = await app.client().get(end.location ?? '')
    expect(thanks.status).to.equal(200)
    expect(thanks.$('.receipt dd').text()).to.match(RECEIPT_PATTERN)
    const [response, ...others] = await app.stored()
    expect(others).to.deep.equal([])
    expect(response).to.deep.include({
      unitUid: 'phuong-sai-gon',
      service: 'HT',
      language: 'vi',
      mode: 'web',
      channel: 'link',
      transactionOn: '2026-01-01',
      day: '2026-02-10',
      disposition: 'complete',
      answers: { S1: 1, S2: 2, S3: 1, C1: 4, C2: 5, E0: 2, H6: [], H7: 'Nhanh' },
    })
    expect(app.marked).to.deep.equal(['phuong-sai-gon HT 2026-02-10'])
  })

  it('notes that the respondent came by way of an agency page of this site, and of no other', async () => {
    for (const [origin, channel] of [
      [app.url, 'finder'],
      ['http://elsewhere.example', 'link'],
    ]) {
      await app.clear()
      const start = await app.client().get(HERE, { referer: `${origin}/u/phuong-sai-gon` })
      const about = await send(start.$, { consent: '1' })
      const feedback = await send(about.$, { S2: '1980', S3: '2' })
      await send((await send(feedback.$, { E0: '2' })).$, {})
      expect((await app.stored()).map((response) => response.channel)).to.deep.equal([channel])
    }
  })

  it('stores nothing before the last step', async () => {
    await toClosing()
    expect(await app.stored()).to.deep.equal([])
  })

  it('shows the form again with a link to each mistake and everything typed', async () => {
    const page = await send((await toAbout()).$, { S2: '1890' })
    expect(page.status).to.equal(422)
    const links = page
      .$('.error-summary a')
      .map((_, a) => page.$(a).attr('href'))
      .get()
    expect(links).to.deep.equal(['#S2', '#S3-1'])
    for (const link of links) expect(page.$(link)).to.have.length(1)
    expect(page.$('#S2').val()).to.equal('1890')
    expect(page.$('title').text()).to.include('Cần xem lại')
  })

  it('goes back and forth without loss, faulty fields included', async () => {
    const staff = await toStaff()
    const about = await send(staff.$, { C2: '5', nav: 'back' })
    expect(about.$('#S2').val()).to.equal('1980')
    expect(checked(about.$)).to.deep.equal(['S3=1'])
    const again = await send(about.$, {})
    expect(heading(again)).to.equal('Công chức')
    expect(checked(again.$)).to.deep.equal(['C2=5'])
  })

  it('comes back to the first page and keeps the case', async () => {
    const start = await send((await toAbout()).$, { S2: '1980', nav: 'back' })
    expect(start.$('#month').val()).to.equal('2026-01')
    const about = await send(start.$, { month: '2025-11' })
    expect(about.$('#S2').val()).to.equal('1980')
  })

  it('switches the language on the page and keeps the answers', async () => {
    const staff = await toStaff()
    const english = await send(staff.$, { C1: '2', nav: 'lang:en' })
    expect(english.$('html').attr('lang')).to.equal('en')
    expect(heading(english)).to.equal('Staff')
    expect(checked(english.$)).to.deep.equal(['C1=2'])
    const next = await send(english.$, {})
    expect(heading(next)).to.equal('Feedback')
  })

  it('shows follow-up questions on the same page before it goes on, and does not blame for them', async () => {
    const feedback = await send((await toStaff()).$, { C1: '4', C2: '5' })
    expect(feedback.$('[name=E3]')).to.have.length(0)
    const again = await send(feedback.$, { E0: '1' })
    expect(again.status).to.equal(200)
    expect(again.$('.follow-up a').attr('href')).to.equal('#E3-1')
    expect(again.$('.error-summary')).to.have.length(0)
    expect(checked(again.$)).to.deep.equal(['E0=1'])
    const blamed = await send(again.$, {})
    expect(blamed.status).to.equal(422)
    expect(heading(await send(blamed.$, { E3: '96' }))).to.equal('Kết thúc')
  })

  it('does not store answers that a later change hides, and asks nothing about them', async () => {
    const staff = await toStaff()
    const about = await send(staff.$, { C1: '1', nav: 'back' })
    const feedback = await send(about.$, { S3: '2' })
    expect(heading(feedback)).to.equal('Góp ý')
    const closing = await send(feedback.$, { E0: '2' })
    await send(closing.$, {})
    expect((await app.stored()).map(({ answers }) => answers)).to.deep.equal([{ S1: 1, S2: 2, S3: 2, E0: 2, H6: [] }])
  })

  it('takes everything on one page where asked, with the same follow-ups', async () => {
    const start = await app.client().get(`${HERE}?view=one`)
    const all = await send(start.$, { consent: '1' })
    const more = await send(all.$, { S2: '1990', S3: '1', E0: '2' })
    expect(more.$('.follow-up')).to.have.length(1)
    const end = await send(more.$, { C1: '4', C2: '4' })
    expect(end.status).to.equal(303)
    expect(await app.stored()).to.have.length(1)
  })

  it('stores a double click once and gives the same receipt', async () => {
    const closing = await toClosing()
    const [first, second] = await Promise.all([send(closing.$, {}), send(closing.$, {})])
    expect(first.location).to.equal(second.location)
    expect(await app.stored()).to.have.length(1)
  })

  it('says that the first sending counts when the form is sent again with other answers', async () => {
    const closing = await toClosing()
    await send(closing.$, {})
    const second = await send(closing.$, { H7: 'Khác' })
    const thanks = await app.client().get(second.location ?? '')
    expect(thanks.$('[role=status]').text()).to.include('đã được gửi trước đó')
    expect((await app.stored())[0]?.answers).to.not.have.property('H7')
  })

  it('ends politely and stores nothing for a person under 18 and for one who declines', async () => {
    const young = await send((await toAbout()).$, { S2: '2012', S3: '1' })
    expect([young.status, heading(young)]).to.deep.equal([200, 'Khảo sát dành cho người từ đủ 18 tuổi'])
    const start = await app.client().get(HERE)
    const declined = await send(start.$, { nav: 'decline' })
    expect([declined.status, heading(declined)]).to.deep.equal([200, 'Cảm ơn Ông/Bà đã ghé qua'])
    expect(await app.stored()).to.deep.equal([])
  })

  it('offers the successors when the agency had ended by the month of the transaction', async () => {
    const start = await app.client().get('/r/quan-1/HT')
    expect(start.$('#month').val()).to.equal('2025-06')
    const page = await send(start.$, { month: '2025-08', consent: '1' })
    expect(page.status).to.equal(422)
    expect(page.$('main').text()).to.include('01/07/2025')
    const links = page
      .$('.ways-on a')
      .map((_, a) => page.$(a).attr('href'))
      .get()
    expect(links).to.deep.equal(['/r/phuong-sai-gon/HT', '/r/phuong-tan-dinh/HT'])
  })

  it('says when the wave closed, at the door and for a form under way', async () => {
    app.setNow('2026-03-31T16:50:00Z')
    const staff = await toStaff()
    app.setNow('2026-03-31T17:05:00Z')
    for (const page of [await app.client().get(HERE), await send(staff.$, { C1: '4' })]) {
      expect([page.status, heading(page)]).to.deep.equal([409, 'Đợt khảo sát đã kết thúc'])
      expect(page.$('main').text()).to.include('31/03/2026')
    }
  })

  it('offers a fresh start when the form is altered, cut, of another place, or a day old', async () => {
    const staff = await toStaff()
    const sealed = String(staff.$('[name=state]').val())
    for (const state of [
      `${sealed}x`,
      sealed.slice(0, 50),
      '',
      'v1.e30.e30',
      sealed.replace(/\.(.)/, (_, c) => `.${c === 'a' ? 'b' : 'a'}`),
    ]) {
      const page = await send(staff.$, { state, C1: '4' })
      expect([page.status, heading(page)]).to.deep.equal([400, 'Trang này không đọc được nữa'])
      expect(page.$('a.button').attr('href')).to.equal(HERE)
    }
    const elsewhere = await app.client().post('/r/phuong-tan-dinh/HT', { state: sealed, C1: '4' })
    expect(elsewhere.status).to.equal(400)
    app.setNow('2026-02-11T05:00:01Z')
    expect(heading(await send(staff.$, { C1: '4' }))).to.equal('Trang đã mở quá lâu')
  })

  it('answers 404 with a way on for what does not exist', async () => {
    for (const path of ['/r/nowhere/HT', '/r/phuong-sai-gon/XX', '/r/phuong-sai-gon/HQ', '/r/X/1']) {
      const page = await app.client().get(path)
      expect([path, page.status, page.$('a.button').attr('href')]).to.deep.equal([path, 404, '/'])
    }
  })

  it('does not lead on to the form of a service that the agency does not offer', async () => {
    const page = await app.client().get('/r/phuong-sai-gon/HQ?as=business')
    const ways = page.$('.ways-on a').map((_, link) => page.$(link).attr('href'))
    expect(ways.get()).to.deep.equal(['/u/phuong-sai-gon'])
  })

  it('says on every page that data are simulated where they are', async () => {
    const simulated = await startSurveyApp({ waves: [smallWave({ isSimulated: true })] })
    try {
      const client = createClient(simulated.url)
      const start = await client.get(HERE)
      const pages = [
        start,
        await client.send(start.$, FORM, { consent: '1' }),
        await client.send(start.$, FORM, { nav: 'decline' }),
        await client.get(`${HERE}/thanks?receipt=0000-0000-0000`),
        await client.send(start.$, FORM, { state: 'cut' }),
      ]
      for (const { $ } of pages) expect($('.simulated').text()).to.include('mô phỏng')
    } finally {
      await simulated.stop()
    }
  })

  it('weighs under 25 KB on the first page, styles and icon included', async () => {
    const first = await app.client().get(HERE)
    const parts = first
      .$('link')
      .map((_, link) => first.$(link).attr('href'))
      .get()
    const sizes = await Promise.all(parts.map(async (href) => (await app.client().get(href)).text.length))
    expect(first.$('script, img')).to.have.length(0)
    expect(Buffer.byteLength(first.text) + sizes.reduce((a, b) => a + b)).to.be.below(25_000)
  })
})
