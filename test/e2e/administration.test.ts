import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { createClient } from '../support/http-client.js'
import { keepPicture } from '../support/pictures.js'
import { endedWave } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'
const wave = (device: string) => `id: 2027-${device}
title: { vi: Khảo sát 2027, en: Survey of 2027 }
questionnaire: { id: citizen, version: "2026.1" }
mode: web
units: { uids: [${device === 'phone' ? 'p-go-vap' : 'p-phu-nhuan'}] }
referenceOn: 2026-01-01
opensOn: 2027-01-01
closesOn: 2028-01-01
`

describe('staff keep the platform', function () {
  this.timeout(120_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await endedWave(app, '2026-first-half', { 'p-ben-thanh': 60, 'p-sai-gon': 60 })
    for (const [login, role] of [
      ['quan-tri', 'administrator'],
      ['an', 'analyst'],
      ['binh', 'analyst'],
    ] as const)
      await app.accounts.createAccount({ login, name: login, role, password: PASSWORD })
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

  /** A browser in which somebody has signed in, second factor included. */
  async function signedIn(login: string, viewport: { width: number; height: number }) {
    const client = createClient(app.url)
    await client.signIn(login, PASSWORD)
    const page = await openPage(browser, { viewport })
    await page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: app.url })))
    return page
  }

  for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`an administrator opens a wave with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('quan-tri', viewport)
      await page.goto(`${app.url}/admin`)
      await tabTo(page, '#text')
      await page.keyboard.insertText(wave(device))
      await page.keyboard.press('Tab')
      await pressEnter(page)
      await inspect(page, `admin-checked-${device}`)
      await tabTo(page, 'button[name=checked]')
      await pressEnter(page)
      await page.waitForURL(`${app.url}/admin`)
      await inspect(page, `admin-${device}`)
      expect((await app.waves.list()).map(({ id }) => id)).to.include(`2027-${device}`)
      await page.context().close()
    })

    it(`an analyst exports a wave with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('an', viewport)
      await page.goto(`${app.url}/exports`)
      await tabTo(page, '#wave')
      await page.locator('#wave').selectOption('2026-first-half')
      await tabTo(page, 'form.release-form button')
      await pressEnter(page)
      while ((await page.locator('a[href$=".csv"]').count()) === 0) await page.goto(`${app.url}/exports`)
      await inspect(page, `exports-${device}`)
      const file = await page.request.get(app.url + (await page.getAttribute('a[href$="half.csv"]', 'href')))
      expect(file.headers()['content-disposition']).to.include('2026-first-half.csv')
      await page.context().close()
    })

    it(`two analysts void responses with the keyboard alone on a ${device}`, async () => {
      const unit = device === 'phone' ? 'p-ben-thanh' : 'p-sai-gon'
      const first = await signedIn('an', viewport)
      await first.goto(`${app.url}/voids`)
      await inspect(first, `voids-${device}`)
      await tabTo(first, '#wave')
      await first.locator('#wave').selectOption('2026-first-half')
      for (const [field, words] of Object.entries({ unit, from: '2026-01-01', to: '2026-12-31' })) {
        await tabTo(first, `#${field}`)
        await first.keyboard.type(words)
      }
      await first.locator('#reason').selectOption('stuffed')
      await tabTo(first, '#explanation')
      await first.keyboard.type('Sáu mươi phiếu trong một phút')
      await first.keyboard.press('Tab')
      await pressEnter(first)
      await inspect(first, `voids-found-${device}`)
      await tabTo(first, 'button[name=count]')
      await pressEnter(first)
      await first.waitForURL(/\/voids\/[0-9a-f-]{36}/)
      await inspect(first, `void-own-${device}`)
      const second = await signedIn('binh', viewport)
      await second.goto(`${app.url}/voids`)
      await followByKeyboard(second, `a[href="${new URL(first.url()).pathname}"]`)
      await inspect(second, `void-${device}`)
      await tabTo(second, 'form[action*=approve] button')
      await pressEnter(second)
      await second.waitForLoadState('load')
      expect(await second.locator('.release-which').innerText()).to.include('Có hiệu lực')
      await first.context().close()
      await second.context().close()
    })
  }
})
