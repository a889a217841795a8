import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { openWave } from '../support/open-wave.js'
import { keepPicture } from '../support/pictures.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const UNIT = 'p-ben-thanh'
const PASSWORD = 'mot-cau-that-dai-2026'
const MANY = { [UNIT]: 480, 'p-sai-gon': 90, 'p-cho-lon': 70, 'p-thu-duc': 65, 'so-xay-dung': 60, 'p-go-vap': 3 }

/** What of a canvas is used here; the tests are compiled without the types of a browser. */
interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: readonly number[] } }
}

describe('staff read the figures', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  let waveId: string
  before(async () => {
    app = await startApp()
    const wave = await openWave(app)
    waveId = wave.id
    await fillWave(app, wave, MANY)
    await app.accounts.createAccount({ login: 'an', name: 'An', role: 'analyst', password: PASSWORD })
    await app.accounts.createAccount({ login: 'bt', name: 'Bình', role: 'agency', unitUid: UNIT, password: PASSWORD })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
  })

  /** Tab, type, Enter: no pointer. */
  async function signIn(page: Page, login: string, address: string) {
    await page.goto(app.url + address)
    await page.focus('input[name=login]')
    await page.keyboard.type(login)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  }

  /** The page as it stands: its faults, and a picture. */
  async function inspect(page: Page, name: string) {
    await page.waitForLoadState('networkidle')
    await keepPicture(page, name)
    expect(await seriousViolations(page), `${name} ${page.url()}`).to.deep.equal([])
  }

  /** Whether a canvas holds more than one colour: something was drawn. */
  const isDrawn = (page: Page, selector: string) =>
    page.locator(selector).evaluate((element) => {
      const canvas = element as unknown as Canvas
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return data.some((value) => value !== data[0])
    })

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`an analyst on a ${device}: sign-in, list, report with chart, hidden cells, CSV`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(`${app.url}/sign-in`)
      await inspect(page, `staff-sign-in-${device}`)
      await signIn(page, 'an', '/reports')
      await inspect(page, `staff-list-${device}`)
      await Promise.all([page.waitForEvent('load'), page.click(`a[href*="/reports/${waveId}"]`)])
      await inspect(page, `staff-report-${device}`)
      expect(await page.locator('.report-lines tbody tr').count()).to.be.greaterThan(20)
      expect(await page.locator('.report-hid').count()).to.be.greaterThan(0)
      expect(await isDrawn(page, '.report-chart canvas')).to.equal(true)
      const csv = await page.request.get(app.url + (await page.getAttribute('.report-files a', 'href')))
      expect(csv.headers()['content-type']).to.include('text/csv')
      await page.context().close()
    })

    it(`an agency on a ${device}: its own scores and nobody else's`, async () => {
      const page = await openPage(browser, { viewport })
      await signIn(page, 'bt', '/agency')
      await inspect(page, `staff-agency-${device}`)
      expect(await page.locator('h1').innerText()).to.include('Bến Thành')
      expect(await isDrawn(page, '.trend canvas')).to.equal(true)
      expect((await page.goto(`${app.url}/agency/p-sai-gon`))?.status()).to.equal(404)
      expect((await page.goto(`${app.url}/reports/${waveId}`))?.status()).to.equal(403)
      await page.context().close()
    })
  }

  it('with JavaScript off everything is still in the tables', async () => {
    const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false })
    await signIn(page, 'bt', '/agency')
    expect(await page.locator('.trend tbody tr').count()).to.be.greaterThan(2)
    expect(await page.locator('.scores tbody tr').count()).to.be.greaterThan(20)
    await page.context().close()
  })

  it('the page of the API has no fault', async () => {
    const page = await openPage(browser, { viewport: DESK })
    await page.goto(`${app.url}/api`)
    await inspect(page, 'api')
    await page.context().close()
  })
})
