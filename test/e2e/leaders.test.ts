import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { openWave } from '../support/open-wave.js'
import { keepPicture } from '../support/pictures.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'
const MANY = { 'so-noi-vu': 120, 'p-ben-thanh': 90, 'p-sai-gon': 90, 'p-cho-lon': 70, 'p-thu-duc': 65, 'p-go-vap': 3 }

describe('leaders see the city', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await fillWave(app, await openWave(app), MANY)
    await app.accounts.createAccount({ login: 'noi.vu', name: 'Sở Nội vụ', role: 'monitor', password: PASSWORD })
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
    const [wide, seen] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [number, number]
    expect(wide, `${name} scrolls sideways`).to.be.at.most(seen)
  }

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`with the keyboard alone on a ${device}: sign-in, the city, a weak unit's page, its rows in the report`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(`${app.url}/sign-in`)
      await tabTo(page, 'input[name=login]')
      await page.keyboard.type('noi.vu')
      await tabTo(page, 'input[name=password]')
      await page.keyboard.type(PASSWORD)
      await pressEnter(page)
      expect(new URL(page.url()).pathname).to.equal('/city')
      await inspect(page, `city-${device}`)
      expect(await page.locator('#weak tbody tr').count()).to.be.greaterThan(0)
      const name = await page.locator('#weak th a').first().innerText()
      await followByKeyboard(page, '#weak th a')
      expect(new URL(page.url()).pathname).to.match(/^\/agency\//)
      expect(await page.locator('h1').innerText()).to.equal(name)
      await inspect(page, `city-unit-${device}`)
      await page.goBack()
      await followByKeyboard(page, '#weak td a')
      expect(page.url()).to.include('/reports/').and.include('unit=')
      await inspect(page, `city-report-${device}`)
      await page.context().close()
    })
  }

  it('in the dark, in English, with everything unfolded, the page has no fault either', async () => {
    const page = await openPage(browser, { viewport: DESK, colorScheme: 'dark' })
    await signInWithout(page)
    await page.goto(`${app.url}/city?lang=en`)
    for (const summary of await page.locator('.city summary').all()) await summary.press('Enter')
    await inspect(page, 'city-dark')
    await page.context().close()
  })

  it('with JavaScript off the wave can be chosen and every list read', async () => {
    const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false })
    await signInWithout(page)
    expect(await page.locator('.city-kinds tbody tr').count()).to.be.greaterThan(1)
    expect(await page.locator('#criteria tbody tr').count()).to.be.at.least(5)
    await page.locator('#silent summary').click()
    expect(await page.locator('#silent .city-table tbody tr').first().isVisible()).to.equal(true)
    await page.context().close()
  })

  it('prints on two sheets of A4', async () => {
    const page = await openPage(browser, { viewport: DESK })
    await signInWithout(page)
    await page.waitForLoadState('networkidle')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length).to.be.at.most(2)
    await page.context().close()
  })

  /** With clicks, which works without scripts in the page. */
  async function signInWithout(page: Page) {
    await page.goto(`${app.url}/sign-in`)
    await page.fill('input[name=login]', 'noi.vu')
    await page.fill('input[name=password]', PASSWORD)
    await Promise.all([page.waitForEvent('load'), page.click('main button')])
  }
})
