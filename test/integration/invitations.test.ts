import { expect } from 'chai'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'
import type { Page } from '../support/http-client.js'

const NEW = 'mười hai con giáp chạy quanh'
const INVITE = 'form.invite'
const ACCEPT = 'main form'
const AN = { name: 'Trần An', login: 'tran.an', role: 'analyst', unit: '' }

describe('inviting people', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  let admin: ReturnType<typeof app.client>
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.createAccount({ login: 'chief', name: 'Chief', role: 'administrator', password: PASSWORD })
    admin = app.client()
    await admin.signIn('chief', PASSWORD)
  })
  afterEach(() => app.stop())

  const invite = async (fields: Record<string, string> = AN) =>
    admin.send((await admin.get('/accounts?lang=en')).$, INVITE, fields)
  const linkOn = ({ $ }: Page) => $('.made code').text().replace('https://hailong.example', '')
  const accept = async (link: string, password = NEW, repeated = password) => {
    const guest = app.client()
    return guest.send((await guest.get(link)).$, ACCEPT, { password, repeated })
  }

  it('gives a link that is shown once, with which the invited set a password and sign in', async () => {
    const made = await invite()
    expect(made.status).to.equal(200)
    const link = linkOn(made)
    expect(link).to.match(/^\/invitation\?token=[\w-]{43}$/)
    expect((await admin.get('/accounts')).text).not.to.include('token=')
    const guest = app.client()
    const form = await guest.get(link)
    expect([form.status, form.$('.lead').text()]).to.deep.equal([
      200,
      'Trần An, tên đăng nhập của ông/bà là tran.an. Xin đặt mật khẩu.',
    ])
    expect(form.headers.getSetCookie()).to.deep.equal([])
    const done = await guest.send(form.$, ACCEPT, { password: NEW, repeated: NEW })
    expect([done.status, done.location]).to.deep.equal([303, '/sign-in?notice=password_set'])
    expect((await guest.get(done.location ?? '')).$('.made').text()).to.equal('Đã đặt mật khẩu. Xin đăng nhập.')
    expect((await guest.signIn('tran.an', NEW)).location).to.equal('/reports')
  })

  it('keeps no link in the database or in the log', async () => {
    const link = linkOn(await invite())
    await accept(link)
    const token = link.split('=')[1] ?? ''
    const stored = await app.connection.collection('invitations').find().toArray()
    expect(token).to.have.length(43)
    expect(JSON.stringify(stored)).not.to.include(token)
    expect(app.logLines.join('')).to.include('/invitation').and.not.include(token)
  })

  it('keeps what was typed, and says at each field what to do', async () => {
    const wrong = { name: 'Lê Bình', login: 'Lê Bình', role: 'agency_head', unit: '' }
    const page = await invite(wrong)
    expect(page.status).to.equal(422)
    const { $ } = page
    expect([$('#name').val(), $('#login').val(), $('#role').val()]).to.deep.equal(['Lê Bình', 'Lê Bình', 'agency_head'])
    expect(
      $('.error-summary a')
        .toArray()
        .map((a) => $(a).attr('href')),
    ).to.deep.equal(['#login', '#unit'])
    expect($('#unit-error').text()).to.include('Please choose one')
    for (const [fields, field] of [
      [{ ...AN, login: 'CHIEF' }, '#login'],
      [{ ...AN, role: 'owner' }, '#role'],
      [{ ...AN, unit: 'nowhere' }, '#unit'],
      [{ ...AN, name: ' ' }, '#name'],
    ] as const) {
      const refused = await invite(fields)
      expect([refused.status, refused.$('.error-summary a').attr('href')]).to.deep.equal([422, field])
    }
    expect(await app.connection.collection('invitations').countDocuments()).to.equal(0)
  })

  it('says what is wrong with a password, sends none back, and lets the link work on', async () => {
    const link = linkOn(await invite())
    for (const [password, repeated, said] of [
      ['ngắn', 'ngắn', 'ít nhất 12 ký tự'],
      [NEW, `${NEW}!`, 'không giống nhau'],
      ['tran.an 2026 x', 'tran.an 2026 x', 'tên đăng nhập'],
      ['1q2w3e4r5t6y', '1q2w3e4r5t6y', 'dò trước tiên'],
    ] as const) {
      const page = await accept(link, password, repeated)
      expect([page.status, page.$('#password-error').text()], password).to.satisfy(
        ([status, text]: [number, string]) => status === 422 && text.includes(said),
      )
      expect(page.text).not.to.include(password)
    }
    expect((await accept(link)).status).to.equal(303)
  })

  const gone: Record<string, (link: string) => Promise<unknown>> = {
    'was used': (link) => accept(link),
    'was withdrawn': async () => admin.send((await admin.get('/accounts')).$, 'form[action$="/withdraw"]'),
    'was followed by another': () => invite(),
    'is a week old': async () => app.clock.advanceMinutes(7 * 24 * 60),
    'was made for a login taken since': () =>
      app.createAccount({ ...AN, role: 'analyst', unitUid: undefined, password: PASSWORD }),
  }
  for (const [what, happens] of Object.entries(gone)) {
    it(`a link that ${what} sets no password`, async () => {
      const link = linkOn(await invite())
      const guest = app.client()
      const { $ } = await guest.get(link)
      await happens(link)
      const late = await guest.send($, ACCEPT, { password: `${NEW} lần sau`, repeated: `${NEW} lần sau` })
      expect([late.status, late.$(ACCEPT).length]).to.deep.equal([410, 0])
      expect((await guest.signIn('tran.an', `${NEW} lần sau`)).status).to.equal(422)
    })
  }

  it('a link used twice at the same time works once', async () => {
    const link = linkOn(await invite())
    const passwords = [`${NEW} một`, `${NEW} hai`]
    const pages = await Promise.all(passwords.map((password) => accept(link, password)))
    expect(pages.map(({ status }) => status).sort()).to.deep.equal([303, 410])
    const signedIn = await Promise.all(passwords.map((password) => app.client().signIn('tran.an', password)))
    expect(signedIn.map(({ status }) => status).sort()).to.deep.equal([303, 422])
  })

  it('a changed or missing token leads nowhere', async () => {
    const link = linkOn(await invite())
    for (const path of [
      '/invitation',
      '/invitation?token=',
      `${link.slice(0, -1)}.`,
      '/invitation?token[$ne]=',
      `/invitation?token=${'a'.repeat(5000)}`,
    ]) {
      expect((await app.client().get(path)).status, path).to.equal(410)
    }
    const hidden = await app
      .client()
      .send((await app.client().get(link)).$, ACCEPT, { token: 'x', password: NEW, repeated: NEW })
    expect(hidden.status).to.equal(410)
  })

  it('a new link for an account replaces its password and nothing else', async () => {
    await app.addStaff('binh', 'quan-1')
    const { $ } = await admin.get('/accounts')
    const link = linkOn(await admin.send($, 'form[action="/accounts/binh/renew"]'))
    expect((await app.client().signIn('binh', PASSWORD)).status).to.equal(303)
    expect((await accept(link)).status).to.equal(303)
    expect((await app.client().signIn('binh', PASSWORD)).status).to.equal(422)
    expect((await app.client().signIn('binh', NEW)).location).to.equal('/agency')
  })

  it('an account that is disabled is signed out, and its links with it; nobody disables their own', async () => {
    await app.addStaff('binh')
    const binh = app.client()
    await binh.signIn('binh', PASSWORD)
    const link = linkOn(await admin.send((await admin.get('/accounts')).$, 'form[action="/accounts/binh/renew"]'))
    const { $ } = await admin.get('/accounts')
    expect($('form[action="/accounts/chief/disable"]')).to.have.length(0)
    expect((await admin.send($, 'form[action="/accounts/binh/disable"]')).location).to.equal('/accounts')
    expect((await binh.get('/reports')).status).to.equal(303)
    expect((await accept(link).catch(() => ({ status: 410 }))).status).to.equal(410)
    const token = String($('input[name=_csrf]').first().val())
    expect((await admin.post('/accounts/chief/disable', { _csrf: token })).status).to.equal(403)
    expect((await admin.post('/accounts/nobody/disable', { _csrf: token })).status).to.equal(404)
    expect((await admin.post('/accounts/nobody/renew', { _csrf: token })).status).to.equal(404)
  })

  it('no form of the page does anything without the token of its session', async () => {
    await app.addStaff('binh')
    await invite()
    const { $ } = await admin.get('/accounts')
    const forms = $('main form[method=post]')
      .toArray()
      .map((form) => String($(form).attr('action')))
    expect(forms.length).to.be.greaterThan(3)
    for (const action of forms) {
      for (const fields of [
        { ...AN, login: 'x.y' },
        { ...AN, login: 'x.y', _csrf: 'guess' },
      ]) {
        expect((await admin.post(action, fields)).status, action).to.equal(403)
      }
    }
    expect((await admin.get('/accounts')).$('form[action$="/withdraw"]')).to.have.length(1)
    expect(await app.connection.collection('accounts').countDocuments({ disabledAt: { $ne: null } })).to.equal(0)
  })
})
