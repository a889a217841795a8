import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { keepPicture } from '../support/pictures.js'
import { endedWave, publishRelease } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'
const OPEN = { phone: '2026-phone', desk: '2026-desk' }
const UNITS = { phone: 'p-go-vap', desk: 'p-phu-nhuan' }

describe('what is published', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  let id: string
  before(async () => {
    app = await startApp()
    id = await publishRelease(app, '2026-first-half')
    await endedWave(app, OPEN.phone, { [UNITS.phone]: 60 })
    await endedWave(app, OPEN.desk, { [UNITS.desk]: 60 })
    for (const login of ['an', 'binh'])
      await app.accounts.createAccount({ login, name: login, role: 'analyst', password: PASSWORD })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
  })

  async function inspect(page: Page, name: string) {
    await page.waitForLoadState('networkidle')
    await keepPicture(page, name)
    expect(await seriousViolations(page), `${name} ${page.url()}`).to.deep.equal([])
  }

  async function signIn(page: Page, login: string, address: string) {
    await page.goto(app.url + address)
    await tabTo(page, 'input[name=login]')
    await page.keyboard.type(login)
    await tabTo(page, 'input[name=password]')
    await page.keyboard.type(PASSWORD)
    await pressEnter(page)
  }

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`is found by anybody with the keyboard alone on a ${device}, and its bundle`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(app.url)
      await followByKeyboard(page, 'footer a[href="/releases"]')
      await inspect(page, `releases-${device}`)
      await followByKeyboard(page, `a[href="/releases/${id}"]`)
      await inspect(page, `release-${device}`)
      const bundle = await page.request.get(app.url + (await page.getAttribute('a[href$="bundle.zip"]', 'href')))
      expect([bundle.status(), bundle.headers()['content-type']]).to.deep.equal([200, 'application/zip'])
      await page.context().close()
    })

    it(`is drafted by one and agreed to by another, with the keyboard alone on a ${device}`, async () => {
      const waveId = OPEN[device as keyof typeof OPEN]
      const first = await openPage(browser, { viewport })
      await signIn(first, 'an', '/release-desk')
      await inspect(first, `release-desk-${device}`)
      await tabTo(first, 'select[name=wave]')
      await first.locator('select[name=wave]').selectOption(waveId)
      await tabTo(first, '#reason-vi')
      await first.keyboard.type('Công bố lần đầu')
      await tabTo(first, '#reason-en')
      await first.keyboard.type('First publication')
      await tabTo(first, 'main button')
      await pressEnter(first)
      const address = `/release-desk/${waveId}-r1`
      await first.waitForURL(app.url + address)
      while ((await first.locator('.report-figure').count()) === 0) await first.goto(app.url + address)
      expect(await first.locator('form[action*=approve]').count()).to.equal(0)
      await inspect(first, `release-drafted-${device}`)
      const second = await openPage(browser, { viewport })
      await signIn(second, 'binh', address)
      await inspect(second, `release-review-${device}`)
      await tabTo(second, 'form[action*=approve] button')
      await pressEnter(second)
      await second.waitForURL(app.url + address)
      expect(await second.locator('form[action*=approve]').count()).to.equal(0)
      expect(await second.locator('h1').innerText()).to.include('chờ công bố')
      await first.context().close()
      await second.context().close()
    })
  }
})
