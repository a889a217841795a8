/** Requests that no browser sends: every route with parts of the address, the body and the headers gone wrong. */
import { Agent, request } from 'node:http'
import type { SeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import type { DeclaredRoute } from '../../server/platform/http/routes.js'

/** A request as it goes over the wire. */
export interface Malformed {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

const LONG = 'x'.repeat(3000)
/** Words of attacks, of other languages, of other types, and a few that are right. */
const WORDS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  'true',
  '2026-02-30',
  '2026-13-01',
  '9999-12-31',
  '0000-00-00',
  '../../etc/passwd',
  '..%2f..%2f',
  "' or 1=1 --",
  '{"$gt":""}',
  '$where',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '=cmd|calc',
  'Bến Thành',
  '𝕳𝖆̀𝖎 𝕷𝖔̀𝖓𝖌',
  '\u202e\u0000\ufeff',
  '\r\nSet-Cookie: a=b',
  LONG,
  'p-ben-thanh',
  'p-sai-gon',
  '2026-web-citizen',
  'HT',
  'month',
  'unit',
  'mean_of_children',
  'en',
  'lang:en',
  'next',
  'back',
] as const
/** What stands in an address as it is, escaped wrongly or not at all. */
const RAW = ['%', '%zz', '%00', '%E0%A4', '%C0%AE', '%2e%2e', ';a=b', '\\', '//x', '?', '[]'] as const
const NAMES = [
  ...[
    'by',
    'unit',
    'kind',
    'service',
    'rule',
    'mix',
    'from',
    'to',
    'lang',
    'order',
    'line',
    'grain',
    'map',
    'on',
    'mode',
  ],
  ...['token', 'next', 'before', 'as', 'view', 'via', 'receipt', 'again', 'wave', 'q', 'method', 'format', 'notice'],
  ...['login', 'password', 'repeated', 'name', 'role', 'code', 'state', 'nav', 'month', 'consent', 'C1', 'A1', '_csrf'],
  ...['submissionId', 'answers', '__proto__', 'constructor', 'a[b]', 'a[]', '$where', 'a.b'],
] as const
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'] as const
const BODILESS: readonly string[] = ['GET', 'HEAD', 'TRACE', 'OPTIONS']
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'application/json; charset=utf-7',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/x-www-form-urlencoded; charset=latin1',
  '',
] as const
const ACCEPTS = ['*/*', 'text/csv', 'application/json', 'application/xml', 'q=0', 'text/html;q=abc', ','] as const

/** Makes malformed requests of routes, always the same of one stream. */
export function malformedRequests(stream: SeededStream, routes: readonly DeclaredRoute[], cookies: readonly string[]) {
  const oneOf = <Value>(values: readonly Value[]): Value => values[stream.below(values.length)]!
  const often = (times: number) => stream.below(times) > 0
  const word = () => (often(6) ? encodeURIComponent(oneOf(WORDS)) : oneOf(RAW))

  function addressOf({ path }: DeclaredRoute): string {
    const filled = path.replaceAll(/:\w+/g, word)
    const query = Array.from({ length: stream.below(4) }, () => `${encodeURIComponent(oneOf(NAMES))}=${word()}`)
    return query.length === 0 ? filled : `${filled}?${query.join('&')}`
  }

  const pairs = () => Array.from({ length: stream.below(6) }, () => [oneOf(NAMES), oneOf(WORDS)] as [string, string])

  const nested = (depth: number): unknown =>
    depth === 0 ? oneOf(WORDS) : { [oneOf(NAMES)]: nested(depth - 1), a: [null, 1] }

  function bodyOf(csrf: string): string {
    switch (stream.below(7)) {
      case 0:
        return '{"a":'
      case 1:
        return JSON.stringify(nested(stream.below(40)))
      case 2:
        return `state=${'A'.repeat(stream.below(70_000))}&nav=next`
      case 3:
        return `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${oneOf(WORDS)}`
      case 4:
        return '%E0%A4%A&='
      default:
        return new URLSearchParams([['_csrf', often(2) ? csrf : oneOf(WORDS)], ...pairs()]).toString()
    }
  }

  const headersOf = (cookie: string): Readonly<Record<string, string>> => ({
    accept: oneOf(ACCEPTS),
    'accept-language': often(3) ? 'vi' : 'xx-;q=9,*;q',
    cookie: often(4) ? cookie : `hl=${LONG}; ${cookie.slice(0, 20)}`,
    ...(often(5) ? {} : { authorization: oneOf(['Bearer', 'Bearer x', 'Basic !!!', `Bearer ${LONG}`]) }),
    ...(often(5) ? {} : { 'if-none-match': oneOf(['*', 'W/', '"x"']) }),
  })

  /** @param csrfOf tokens of the sessions, so that some forms get behind that door */
  return function next(csrfOf: (cookie: string) => string): Malformed {
    const route = oneOf(routes)
    const cookie = oneOf(cookies)
    const method = often(12) ? route.method.toUpperCase() : oneOf(METHODS)
    const [path, headers] = [addressOf(route), headersOf(cookie)]
    if (BODILESS.includes(method)) return { method, path, headers, body: null }
    const body = Buffer.from(bodyOf(csrfOf(cookie)), often(4) ? 'utf8' : 'latin1')
    return { method, path, headers: { ...headers, 'content-type': oneOf(TYPES) }, body }
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })
const LIMIT_MS = 20_000

/** Sends a request past all that a client library would mend; the status, or what the connection said instead. */
export function sendRaw(url: string, { method, path, headers, body }: Malformed): Promise<number | string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const bytes = body === null ? {} : { 'content-length': String(body.length) }
    const sent = request(
      { hostname, port, method, path, headers: { ...headers, ...bytes }, agent, timeout: LIMIT_MS },
      (res) => {
        res.resume()
        res.once('end', () => resolve(res.statusCode ?? 0))
        res.once('error', () => resolve('cut off'))
      },
    )
    sent.once('timeout', () => {
      resolve('no answer')
      sent.destroy()
    })
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end(body ?? undefined)
  })
}
