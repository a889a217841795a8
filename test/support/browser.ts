import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core'

/** Phone and desk, the two sizes every page is walked at. */
export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1440, height: 900 }

const LOOSE_OR_FRAGILE =
  /disable-web-security|insecure-content|site-isolation|site-per-process|single-process|no-zygote|in-process-gpu/

/** The browser of the tests: the one in `CHROME_PATH`, else the one that an npm package brings. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROME_PATH
  if (own && !existsSync(own)) throw new Error(`CHROME_PATH names no file: ${own}`)
  return own
    ? playwright.launch({ executablePath: own, args: ['--no-sandbox'] })
    : // Its switches are made for scraping in one process: they loosen security and die with the first context closed.
      playwright.launch({
        executablePath: await chromium.executablePath(),
        args: chromium.args.filter((arg) => !LOOSE_OR_FRAGILE.test(arg)),
      })
}

/** A page in a fresh context: nothing remembered from other tests. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'vi-VN', ...options })
  return context.newPage()
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeViolation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly target: readonly string[] }[]
}

/** Serious and critical accessibility violations of the page as it stands, as readable lines. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Evaluated through the debugger, not as a script element: the page's own policy stays in force.
  const violations = (await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ['violations'] })
    .then((result) => result.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target }) => ({ target })) })))`)) as AxeViolation[]
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
