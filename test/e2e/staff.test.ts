import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { openWave } from '../support/open-wave.js'
import { keepPicture } from '../support/pictures.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

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
    await app.accounts.createAccount({
      login: 'bt',
      name: 'Bình',
      role: 'agency_viewer',
      unitUid: UNIT,
      password: PASSWORD,
    })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
  })

  /** Tab, type, Enter: no pointer. */
  async function signInByKeyboard(page: Page, login: string, address: string) {
    await page.goto(app.url + address)
    await tabTo(page, 'input[name=login]')
    await page.keyboard.type(login)
    await tabTo(page, 'input[name=password]')
    await page.keyboard.type(PASSWORD)
    await pressEnter(page)
  }

  /** With clicks, which works without scripts in the page. */
  async function signIn(page: Page, login: string, address: string) {
    await page.goto(app.url + address)
    await page.fill('input[name=login]', login)
    await page.fill('input[name=password]', PASSWORD)
    await Promise.all([page.waitForEvent('load'), page.click('main button')])
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
    it(`an analyst with the keyboard alone on a ${device}: sign-in, list, report with chart, hidden cells, CSV`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(`${app.url}/sign-in`)
      await inspect(page, `staff-sign-in-${device}`)
      await signInByKeyboard(page, 'an', '/reports')
      await inspect(page, `staff-list-${device}`)
      await followByKeyboard(page, `a[href*="/reports/${waveId}"]`)
      await inspect(page, `staff-report-${device}`)
      expect(await page.locator('.report-lines tbody tr').count()).to.be.greaterThan(20)
      expect(await page.locator('.report-hid').count()).to.be.greaterThan(0)
      expect(await isDrawn(page, '.report-chart canvas')).to.equal(true)
      await page.locator('[data-units=commune] summary').press('Enter')
      expect(await isDrawn(page, '[data-units=commune] canvas')).to.equal(true)
      const csv = await page.request.get(app.url + (await page.getAttribute('.report-files a[href*=csv]', 'href')))
      expect(csv.headers()['content-type']).to.include('text/csv')
      await page.context().close()
    })

    it(`an analyst with the keyboard alone on a ${device}: from the report to the analysis, in both languages`, async () => {
      const page = await openPage(browser, { viewport })
      await signInByKeyboard(page, 'an', `/reports/${waveId}`)
      await followByKeyboard(page, `a[href="/reports/${waveId}/analysis"]`)
      await inspect(page, `staff-analysis-${device}`)
      expect(await isDrawn(page, '[data-chart=importance] canvas')).to.equal(true)
      for (const id of ['importance', 'wishes', 'negatives', 'groups', 'accounting', 'quality']) {
        expect(await page.locator(`#${id} tbody tr`).count(), id).to.be.greaterThan(2)
      }
      await page.goto(`${app.url}/reports/${waveId}/analysis?unit=p-thu-duc&lang=en`)
      await inspect(page, `staff-analysis-unit-${device}`)
      expect(await page.locator('.report-hid').count()).to.be.greaterThan(0)
      await page.context().close()
    })

    it(`an agency with the keyboard alone on a ${device}: its own scores and nobody else's`, async () => {
      const page = await openPage(browser, { viewport })
      await signInByKeyboard(page, 'bt', '/agency')
      await inspect(page, `staff-agency-${device}`)
      expect(await page.locator('h1').innerText()).to.include('Bến Thành')
      expect(await isDrawn(page, '.trend canvas')).to.equal(true)
      expect((await page.goto(`${app.url}/agency/p-sai-gon`))?.status()).to.equal(404)
      expect((await page.goto(`${app.url}/reports/${waveId}`))?.status()).to.equal(403)
      await page.context().close()
    })
  }

  it('with JavaScript off a report and its filters work as well', async () => {
    const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false })
    await signIn(page, 'an', `/reports/${waveId}`)
    await page.selectOption('select[name=by]', 'service')
    await Promise.all([page.waitForEvent('load'), page.click('.report-filters button')])
    expect(page.url()).to.include('by=service')
    expect(await page.locator('.report-lines tbody tr').count()).to.be.greaterThan(20)
    expect(await page.locator('.report-groups tbody tr').count()).to.be.greaterThan(2)
    await page.context().close()
  })

  it('with JavaScript off everything of an agency is still in the tables', async () => {
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
