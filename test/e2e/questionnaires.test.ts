import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { createClient } from '../support/http-client.js'
import { keepPicture } from '../support/pictures.js'
import { counterFile } from '../support/questionnaire-desk.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'

/** A version with a new wording, a new answer, a new section's lead, and another core. */
const changed = (version: string) =>
  counterFile(version)
    .replace('Thời gian chờ đến lượt được phục vụ', `Thời gian chờ đến khi được phục vụ (${version})`)
    .replace(
      '{ code: 4, label: { vi: Chưa có kết quả',
      '{ code: 5, label: { vi: Không nhớ, en: Cannot remember } }\n          - { code: 4, label: { vi: Chưa có kết quả',
    )
    .replace('minCoreShare: 0.8', 'minCoreShare: 0.5')

describe('administrators publish questionnaires', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hai-long-questionnaires-'))
    app = await startApp()
    await app.accounts.createAccount({ login: 'quan-tri', name: 'Quản trị', role: 'administrator', password: PASSWORD })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function inspect(page: Page, name: string) {
    await page.waitForLoadState('networkidle')
    await keepPicture(page, name)
    expect(await seriousViolations(page), `${name} ${page.url()}`).to.deep.equal([])
    const isTooWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    expect(isTooWide, `${name} scrolls sideways`).to.equal(false)
  }

  for (const [device, viewport, version] of [
    ['phone', PHONE, '2027.1'],
    ['desk', DESK, '2027.2'],
  ] as const) {
    it(`with the keyboard alone on a ${device}: a file, its faults, its changes, and the version's page`, async () => {
      const client = createClient(app.url)
      await client.signIn('quan-tri', PASSWORD)
      const page = await openPage(browser, { viewport })
      await page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: app.url })))
      await page.goto(`${app.url}/admin/questionnaires`)
      await inspect(page, `questionnaires-${device}`)
      await page.goto(`${app.url}/admin/questionnaires/new`)
      const file = join(folder, `${device}.yaml`)
      writeFileSync(file, changed(version).replace('items: [A5]', 'items: [A9]'))
      await tabTo(page, '#file')
      await page.locator('#file').setInputFiles(file)
      await tabTo(page, 'form.release-form button:not([name])')
      await pressEnter(page)
      await page.waitForSelector('.error-summary')
      await inspect(page, `questionnaires-faults-${device}`)
      await tabTo(page, '#text')
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(changed(version))
      await tabTo(page, 'form.release-form button:not([name])')
      await pressEnter(page)
      await page.waitForSelector('button[name=checked]')
      await inspect(page, `questionnaires-checked-${device}`)
      await tabTo(page, 'button[name=checked]')
      await pressEnter(page)
      await page.waitForURL(/\/admin\/questionnaires\/[0-9a-f]{64}$/)
      await inspect(page, `questionnaires-version-${device}`)
      expect(await page.locator('h1').innerText()).to.include(version)
      await page.context().close()
    })
  }
})
