import { type CheerioAPI, load } from 'cheerio'
import { Secret, TOTP } from 'otpauth'

/** When it is for servers of tests, unless told. */
export const STANDARD_NOW = new Date('2026-11-22T03:00:00Z')

/** Codes of accounts that were set up here, by server and login. */
const recoveryCodes = new Map<string, string[]>()

/** A page as a test reads it. */
export interface Page {
  readonly status: number
  readonly location: string | null
  readonly headers: Headers
  readonly text: string
  readonly $: CheerioAPI
}

/**
 * A browser without script: keeps cookies, follows nothing, posts the forms that pages serve.
 *
 * `send` starts from the fields of the served form, so that a renamed field or a lost hidden input fails the test.
 */
export function createClient(baseUrl: string, now: () => Date = () => STANDARD_NOW) {
  const cookies = new Map<string, string>()

  async function request(path: string, init: RequestInit = {}): Promise<Page> {
    const headers = new Headers(init.headers)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const res = await fetch(new URL(path, baseUrl), { ...init, headers, redirect: 'manual' })
    for (const line of res.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/Expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, pair.slice(name.length + 1))
    }
    const text = await res.text()
    return { status: res.status, location: res.headers.get('location'), headers: res.headers, text, $: load(text) }
  }

  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) => request(path, { headers }),
    post: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    /** A form with files. */
    postForm: (path: string, body: FormData) => request(path, { method: 'POST', body }),
    send($: CheerioAPI, form: string, fields: Record<string, string> = {}) {
      const element = $(form)
      if (element.length !== 1) throw new Error(`${element.length} forms match ${form}`)
      const served = Object.fromEntries(element.serializeArray().map(({ name, value }) => [name, value]))
      return this.post(element.attr('action') ?? '', { ...served, ...fields })
    },
    /** Sends the sign-in form as it is served, and sets up or gives the second factor where one is asked for. */
    async signIn(login: string, password: string) {
      const { $ } = await this.get('/sign-in')
      const page = await this.send($, 'main form', { login, password })
      const account = `${baseUrl} ${login}`
      if (page.location?.startsWith('/account/second-factor')) recoveryCodes.set(account, await this.setUpFactor())
      if (!page.location?.startsWith('/sign-in/code')) return page
      const code = recoveryCodes.get(account)?.shift() ?? ''
      return this.send((await this.get('/sign-in/code')).$, 'main form', { code })
    },
    /** Types the code that an app shows for the secret of the page. @returns the recovery codes */
    async setUpFactor() {
      const { $ } = await this.get('/account/second-factor')
      const app = new TOTP({ secret: Secret.fromBase32($('main code').text().replaceAll(' ', '')) })
      const code = app.generate({ timestamp: now().getTime() })
      const done = await this.send($, 'main form', { code })
      return done
        .$('.codes code')
        .toArray()
        .map((element) => done.$(element).text())
    },
  }
}
