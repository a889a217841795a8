import type { Page } from 'playwright-core'

interface Focus {
  readonly tag: string
  readonly type: string
  readonly name: string
  readonly value: string
  readonly isUnanswered: boolean
  readonly isPrimary: boolean
}

/** What has the keyboard's focus, told by the page. Runs in the browser, hence as text. */
const FOCUS = `(() => {
  const el = document.activeElement
  const group = el.name ? [...document.getElementsByName(el.name)] : []
  return {
    tag: el.tagName.toLowerCase(), type: el.type ?? '', name: el.name ?? '', value: el.value ?? '',
    isUnanswered: el.type === 'radio' ? !group.some((one) => one.checked) : el.type === 'checkbox' ? !el.checked : el.value === '',
    isPrimary: el.matches('button.primary'),
  }
})()`

const MAX_KEYS = 400

/** Answers what has the focus, as a hurried person would: the first option, a year, no text. */
async function answerFocused(page: Page, focus: Focus): Promise<void> {
  if (focus.type === 'radio' && focus.isUnanswered) {
    await page.keyboard.press('Space')
    // From the first option one to the right: the second worst on a scale, "no" on most yes/no questions.
    if (focus.name !== 'S1' && focus.name !== 'S3') await page.keyboard.press('ArrowDown')
  }
  if (focus.type === 'checkbox' && focus.name === 'consent' && focus.isUnanswered) await page.keyboard.press('Space')
  if (focus.name === 'S2' && focus.isUnanswered) await page.keyboard.type('1985')
}

/** Goes through one page of the form with Tab, Space, arrows and Enter alone, and sends it. */
export async function sendPageByKeyboard(page: Page): Promise<void> {
  for (let keys = 0; keys < MAX_KEYS; keys += 1) {
    await page.keyboard.press('Tab')
    const focus = (await page.evaluate(FOCUS)) as Focus
    if (focus.isPrimary) {
      await pressEnter(page)
      return
    }
    await answerFocused(page, focus)
  }
  throw new Error(`The keyboard never reached the button of ${page.url()}`)
}

/** Moves the focus with Tab until it is on an element. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let keys = 0; keys < MAX_KEYS; keys += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`The keyboard never reached ${selector} of ${page.url()}`)
}

/** Presses Enter on what has the focus and waits for the page it leads to. */
export async function pressEnter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Goes to a link and follows it, without a pointer. */
export async function followByKeyboard(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await pressEnter(page)
}

/** The same with clicks: every rated question gets 4, others their first option. Works without scripts in the page. */
export async function sendPageByTouch(page: Page): Promise<void> {
  const groups = new Set<string>()
  for (const radio of await page.locator('input[type=radio]').all())
    groups.add((await radio.getAttribute('name')) as string)
  for (const name of groups) {
    if ((await page.locator(`input[name="${name}"]:checked`).count()) > 0) continue
    const four = page.locator(`.scale input[name="${name}"][value="4"]`)
    await ((await four.count()) > 0 ? four : page.locator(`input[name="${name}"]`).first()).check()
  }
  if ((await page.locator('input[name=S2]').count()) > 0) await page.fill('input[name=S2]', '1985')
  if ((await page.locator('input[name=consent]').count()) > 0) await page.check('input[name=consent]')
  await Promise.all([page.waitForEvent('load'), page.click('button.primary')])
}

/** Sends page after page until the receipt shows; `visit` sees each page before it is filled in. */
export async function walkToReceipt(
  page: Page,
  send: (page: Page) => Promise<void>,
  visit: (page: Page) => Promise<void> = async () => {},
): Promise<string> {
  for (let pages = 0; pages < 30; pages += 1) {
    await visit(page)
    if (page.url().includes('/thanks')) return (await page.locator('.receipt dd').innerText()).trim()
    await send(page)
  }
  throw new Error(`No receipt after thirty pages; the last was ${page.url()}`)
}
