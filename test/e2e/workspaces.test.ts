import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { DESK, launchBrowser, openPage, PHONE, seriousViolations } from '../support/browser.js'
import { CITY } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { keepPicture } from '../support/pictures.js'
import { endedWave } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { followByKeyboard, pressEnter, tabTo } from '../support/survey-walk.js'

const PASSWORD = 'mot-cau-that-dai-2026'
const WAVE = '2026-first-half'

describe('workspaces', function () {
  this.timeout(180_000)
  let app: TestApp
  let browser: Browser
  before(async () => {
    app = await startApp()
    await endedWave(app, WAVE, { 'p-ben-thanh': 200, 'p-sai-gon': 150, 'p-cho-lon': 120 })
    for (const [login, role, unitUid] of [
      ['quan-tri', 'administrator', undefined],
      ['an', 'analyst', undefined],
      ['truong', 'agency_head', 'p-ben-thanh'],
      ['vien-chuc', 'agency_viewer', 'p-sai-gon'],
    ] as const)
      await app.accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
    await takeOut('p-cho-lon')
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await app.stop()
  })

  /** Takes the January of a unit out of the figures, by two persons. */
  async function takeOut(unitUid: string) {
    const rule = { waveId: WAVE, unitUid, service: null, channel: null, from: '2026-01-01', to: '2026-02-01' }
    const proposal = { rule, reason: 'stuffed', explanation: 'Cùng phút', login: 'an', expectedCount: null } as const
    const found = await app.voids.propose(CITY, proposal)
    if (found.kind !== 'found') throw new Error(found.kind)
    const proposed = await app.voids.propose(CITY, { ...proposal, expectedCount: found.count })
    if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
    await app.voids.votes.approve({ id: proposed.id, login: 'binh', note: '' })
  }

  async function inspect(page: Page, name: string) {
    await page.waitForLoadState('networkidle')
    await keepPicture(page, name)
    expect(await seriousViolations(page), `${name} ${page.url()}`).to.deep.equal([])
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wider, `${name} is wider than the screen`).to.be.at.most(0)
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
    it(`an analyst compares two units, keeps the page and finds it again, with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('an', viewport)
      await page.goto(`${app.url}/reports`)
      await followByKeyboard(page, 'a[href="/compare"]')
      await inspect(page, `compare-empty-${device}`)
      await tabTo(page, '#unit')
      await page.locator('#unit').selectOption('p-ben-thanh')
      await tabTo(page, '#unit2')
      await page.locator('#unit2').selectOption('p-sai-gon')
      await tabTo(page, '.compare-form button')
      await pressEnter(page)
      expect(await page.locator('.compare-table tbody tr').count()).to.be.greaterThan(20)
      await inspect(page, `compare-${device}`)
      await followByKeyboard(page, 'a[href^="/views?"]')
      await inspect(page, `views-form-${device}`)
      await tabTo(page, 'input[name=name]')
      await page.keyboard.type(`Hai phường ${device}`)
      await pressEnter(page)
      await inspect(page, `views-${device}`)
      await followByKeyboard(page, 'a[href^="/compare?"]')
      expect(await page.locator('.compare-table tbody tr').count()).to.be.greaterThan(20)
      await page.context().close()
    })

    it(`an analyst looks at the quality of the data with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('an', viewport)
      await page.goto(`${app.url}/reports`)
      await followByKeyboard(page, 'a[href="/data-quality"]')
      await inspect(page, `data-quality-${device}`)
      expect(await page.locator('table').count()).to.be.greaterThan(0)
      await page.context().close()
    })

    it(`the head of an agency reads services and comments with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('truong', viewport)
      await page.goto(`${app.url}/agency`)
      await inspect(page, `agency-${device}`)
      await followByKeyboard(page, '.services a')
      expect(page.url()).to.include('service=')
      await inspect(page, `agency-service-${device}`)
      await followByKeyboard(page, 'a[href*="/comments"]')
      await inspect(page, `agency-comments-${device}`)
      await page.context().close()
    })

    it(`an administrator limits an account with the keyboard alone on a ${device}`, async () => {
      const login = device === 'phone' ? 'truong' : 'vien-chuc'
      const page = await signedIn('quan-tri', viewport)
      await page.goto(`${app.url}/accounts`)
      await followByKeyboard(page, `a[href="/accounts/${login}/limits"]`)
      await inspect(page, `limits-${device}`)
      await tabTo(page, 'input[name=services]')
      await page.keyboard.press('Space')
      await tabTo(page, '.accounts-form button')
      await pressEnter(page)
      await inspect(page, `accounts-${device}`)
      const limited = (await app.accounts.listAccounts()).find((one) => one.login === login)!
      expect(limited.limits.services).to.have.length(1)
      await app.accounts.setLimits(login, { services: null, period: { from: null, to: null } })
      await page.context().close()
    })

    it(`an administrator tries a change of units and reads the registry with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('quan-tri', viewport)
      await page.goto(`${app.url}/admin`)
      await followByKeyboard(page, 'a[href="/admin/units"]')
      await inspect(page, `admin-units-${device}`)
      await page.goto(`${app.url}/admin/services`)
      const screens = await page.evaluate<number>('document.documentElement.scrollHeight / innerHeight')
      expect(screens, 'the catalogue is short until a service is opened').to.be.below(6)
      await tabTo(page, '.service-table summary')
      await page.keyboard.press('Enter')
      expect(await page.locator('.service-table details[open] p').first().isVisible()).to.equal(true)
      await inspect(page, `admin-services-${device}`)
      await page.goto(`${app.url}/admin/unit-events`)
      await inspect(page, `admin-unit-events-${device}`)
      await page.context().close()
    })

    it(`an analyst opens a page of the header's group with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('an', viewport)
      await page.goto(`${app.url}/reports`)
      const linesOfHeader = await page.evaluate<number>(
        'new Set([...document.querySelectorAll("header nav > ul > li, .brand")].map((one) => Math.round(one.getBoundingClientRect().bottom / 20))).size',
      )
      expect(linesOfHeader).to.be.at.most(device === 'desk' ? 1 : 3)
      await tabTo(page, 'header summary')
      await page.keyboard.press('Enter')
      await inspect(page, `header-open-${device}`)
      await followByKeyboard(page, 'header a[href="/voids"]')
      expect(await page.locator('header summary.current').count()).to.equal(1)
      await inspect(page, `header-current-${device}`)
      await page.context().close()
    })

    it(`an analyst sets a wave as received beside what counts with the keyboard alone on a ${device}`, async () => {
      const page = await signedIn('an', viewport)
      await page.goto(`${app.url}/reports/${WAVE}`)
      await followByKeyboard(page, 'a[href$="/as-received"]')
      expect(await page.locator('tbody tr').count()).to.equal(2)
      await inspect(page, `as-received-${device}`)
      await followByKeyboard(page, 'main a[href="/voids"]')
      await followByKeyboard(page, 'main a[href^="/voids/"]')
      await inspect(page, `void-effect-${device}`)
      await page.context().close()
    })

    it(`anybody reads the facts about personal data on a ${device}`, async () => {
      const page = await openPage(browser, { viewport })
      await page.goto(`${app.url}/privacy`)
      await inspect(page, `privacy-${device}`)
      await page.context().close()
    })
  }
})
