import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { createClient } from '../support/http-client.js'
import { keepPicture } from '../support/pictures.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'

describe('an administrator reads the registers', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await app.accounts.createAccount({ login: 'quan-tri', name: 'Quản trị', role: 'administrator', password: PASSWORD })
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
    const isTooWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(isTooWide, `${name} is wider than the window`).to.equal(false)
  }

  /** A browser in which the administrator has signed in, second factor included. */
  async function signedIn(viewport: { width: number; height: number }) {
    const client = createClient(app.url)
    await client.signIn('quan-tri', PASSWORD)
    const page = await openPage(browser, { viewport })
    await page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: app.url })))
    return page
  }

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`and finds a unit with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn(viewport)
      await page.goto(`${app.url}/admin`)
      await followByKeyboard(page, '.admin-links a[href="/admin/units"]')
      await tabTo(page, '#q')
      await page.keyboard.type('sai gon')
      await pressEnter(page)
      await inspect(page, `units-${device}`)
      await followByKeyboard(page, 'tbody a[href*="/p-sai-gon"]')
      await inspect(page, `unit-${device}`)
      expect(await page.locator('h1').innerText()).to.equal('Phường Sài Gòn')
      await page.goto(`${app.url}/admin/services`)
      await inspect(page, `services-${device}`)
      await page.context().close()
    })
  }
})
