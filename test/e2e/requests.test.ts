import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { createClient } from '../support/http-client.js'
import { keepPicture } from '../support/pictures.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'

describe('people ask about their own data', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await app.accounts.createAccount({ login: 'an', name: 'An', role: 'analyst', password: PASSWORD })
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

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`with the keyboard alone, and are answered at the desk, on a ${device}`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(`${app.url}/requests`)
      await inspect(page, `requests-${device}`)
      await tabTo(page, '#kind-see')
      await page.keyboard.press('Space')
      await tabTo(page, 'form[method=post] button')
      await pressEnter(page)
      await inspect(page, `requests-fault-${device}`)
      await tabTo(page, '#words')
      await page.keyboard.insertText('Tôi đã trả lời ở phường Bến Thành, xin xem lại.')
      await tabTo(page, 'form[method=post] button')
      await pressEnter(page)
      await page.waitForURL(/status/)
      await inspect(page, `requests-made-${device}`)
      const code = new URL(page.url()).searchParams.get('code')!

      const client = createClient(app.url)
      await client.signIn('an', PASSWORD)
      const staff = await openPage(browser, { viewport })
      await staff.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: app.url })))
      await staff.goto(`${app.url}/request-desk`)
      await inspect(staff, `request-desk-${device}`)
      await followByKeyboard(staff, `main a[href*="${code}"]`)
      await inspect(staff, `request-desk-one-${device}`)
      await tabTo(staff, '#answer')
      await staff.keyboard.insertText('Không có mã biên nhận thì không tìm lại được phiếu nào.')
      await tabTo(staff, 'button[value=fulfilled]')
      await pressEnter(staff)
      await staff.waitForLoadState()
      await inspect(staff, `request-desk-closed-${device}`)
      await page.reload()
      expect(await page.locator('blockquote').textContent()).to.include('không tìm lại được')
      await staff.context().close()
      await page.context().close()
    })
  }
})
