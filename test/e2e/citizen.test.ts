import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { openWave } from '../support/open-wave.js'
import { keepPicture } from '../support/pictures.js'
import { startApp, type TestApp } from '../support/start-app.js'
import {
  followByKeyboard,
  pressEnter,
  sendPageByKeyboard,
  sendPageByTouch,
  tabTo,
  walkToReceipt,
} from '../support/survey-walk.js'

const SIXTY_KB = 60 * 1024
describe('a citizen answers', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await openWave(app)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
  })

  const WARD = 'a[href^="/u/p-ben-thanh"]'
  const FORM = 'a[href^="/r/p-ben-thanh/HT"]'

  /** From the front page to the first page of the form, by typing the name of a ward; `visit` sees each page on the way. */
  async function findFormByKeyboard(page: Page, visit: () => Promise<void>) {
    await page.goto(app.url)
    await visit()
    await tabTo(page, 'input[name=q]')
    await page.keyboard.type('ben thanh')
    await pressEnter(page)
    await visit()
    await followByKeyboard(page, WARD)
    await visit()
    await followByKeyboard(page, FORM)
  }

  /** The same with clicks, which works without scripts in the page. */
  async function findForm(page: Page) {
    await page.goto(app.url)
    await page.fill('input[name=q]', 'ben thanh')
    await Promise.all([page.waitForEvent('load'), page.click('form[role=search] button')])
    await Promise.all([page.waitForEvent('load'), page.click(WARD)])
    await Promise.all([page.waitForEvent('load'), page.click(FORM)])
  }

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`with the keyboard alone on a ${device}, on pages that axe finds no fault with`, async () => {
      const page = await openPage(browser, { viewport })
      const faults: string[] = []
      let count = 0
      const visit = async () => {
        count += 1
        faults.push(...(await seriousViolations(page)).map((fault) => `${page.url()} ${fault}`))
        await keepPicture(page, `citizen-${device}-${count}`)
      }
      await findFormByKeyboard(page, visit)
      const receipt = await walkToReceipt(page, sendPageByKeyboard, visit)
      expect(receipt).to.match(/^[0-9A-Z-]{8,}$/)
      expect(faults).to.deep.equal([])
      expect(await page.context().cookies()).to.deep.equal([])
      await page.context().close()
    })
  }

  it('with JavaScript off, at 400 % zoom, and nothing runs out of the page', async () => {
    // 1280 px at 400 % leave 320 CSS pixels.
    const page = await openPage(browser, { viewport: { width: 320, height: 256 }, javaScriptEnabled: false })
    await findForm(page)
    let widest = 0
    const receipt = await walkToReceipt(page, sendPageByTouch, async () => {
      const box = await page.locator('body').boundingBox()
      widest = Math.max(widest, box?.width ?? 0)
      await keepPicture(page, `citizen-zoom-${(await page.locator('h1').first().innerText()).slice(0, 12)}`)
    })
    expect(receipt).to.match(/^[0-9A-Z-]{8,}$/)
    expect(widest).to.be.at.most(320)
    await page.context().close()
  })

  it('in English from any page on, keeping what was answered', async () => {
    const page = await openPage(browser, { viewport: PHONE })
    await findForm(page)
    await sendPageByTouch(page)
    await page.locator('input[type=radio]').first().check()
    const chosen = await page.locator('input[type=radio]:checked').first().getAttribute('id')
    await Promise.all([page.waitForEvent('load'), page.click('button[lang=en]')])
    expect(await page.locator('html').getAttribute('lang')).to.equal('en')
    expect(await page.locator(`#${chosen}`).isChecked()).to.equal(true)
    await page.context().close()
  })

  it('starting from pages that weigh under 60 KB in all', async () => {
    const page = await openPage(browser, { viewport: PHONE })
    for (const path of ['/', '/r/p-ben-thanh/HT']) {
      let bytes = 0
      const sizes: Promise<void>[] = []
      page.on('response', (response) => {
        sizes.push(
          response.body().then((body) => {
            bytes += body.length
          }),
        )
      })
      await page.goto(app.url + path, { waitUntil: 'networkidle' })
      await Promise.all(sizes)
      page.removeAllListeners('response')
      expect(bytes, path).to.be.greaterThan(2000).and.below(SIXTY_KB)
    }
    await page.context().close()
  })
})
