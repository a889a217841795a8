import { request } from 'node:http'
import { expect } from 'chai'
import { createRoutes } from '../../../../server/platform/http/routes.js'
import { startBareApp } from '../../../support/bare-app.js'

/** The status of a request and the methods that it was told of. */
const ask = (url: string, method: string) =>
  new Promise<readonly unknown[]>((resolve, reject) => {
    const sent = request(url, { method }, (res) => resolve([res.resume().statusCode, res.headers.allow]))
    sent.on('error', reject).end()
  })

describe('what the application takes', () => {
  let app: Awaited<ReturnType<typeof startBareApp>>
  before(async () => {
    const pages = createRoutes()
    pages.get('/page', 'public', (_req, res) => void res.send('<p>page</p>'))
    pages.post('/page', 'public', (req, res) => void res.json(req.body ?? null))
    const api = createRoutes(undefined, '/api/v1')
    api.get('/figures', 'public', (_req, res) => void res.json({}))
    api.get('/table', 'public', (_req, res) => void res.attachment('table.csv').send('a'))
    app = await startBareApp(pages.router, { apis: [{ ...api, operations: [] }], secureCookies: true })
  })
  after(() => app.stop())
  const post = (path: string, body: string | undefined, type: string) =>
    fetch(app.url + path, { method: 'POST', headers: type ? { 'content-type': type } : {}, body: body ?? null })

  it('are three methods; others are told so, and logged', async () => {
    app.logLines.length = 0
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'])
      expect(await ask(`${app.url}/page`, method), method).to.deep.equal([405, 'GET, HEAD, POST'])
    expect(app.logLines.filter((line) => line.includes('method_not_allowed'))).to.have.length(5)
    expect(await ask(`${app.url}/page`, 'HEAD')).to.deep.equal([200, undefined])
  })

  it('are forms on pages and JSON at the API; other bodies, and bodies without a type, get 415', async () => {
    const form = 'application/x-www-form-urlencoded'
    const tries: readonly [string, string, number][] = [
      ['/page', form, 200],
      ['/page', 'application/json', 415],
      ['/page', 'multipart/form-data; boundary=x', 415],
      ['/api/v1/nothing', 'application/json', 404],
      ['/api/v1/nothing', form, 415],
      ['/API/v1/nothing', form, 415],
    ]
    for (const [path, type, status] of tries)
      expect((await post(path, type === form ? 'a=1' : '{}', type)).status, `${path} ${type}`).to.equal(status)
    const untyped = await fetch(`${app.url}/page`, { method: 'POST', body: Buffer.from('a=1') })
    expect(untyped.status).to.equal(415)
    expect((await post('/page', undefined, '')).status).to.equal(415)
  })

  it('are files of three kinds below the assets, by name: no listing, no dot files, no way out', async () => {
    const served = ['/assets/site.css', '/assets/icon.svg', '/assets/vendor/chart.umd.min.js']
    for (const path of served) expect((await fetch(app.url + path)).status, path).to.equal(200)
    const hidden = ['/assets/', '/assets/vendor/', '/assets/vendor/index.d.ts', '/assets/vendor/chart.umd.min.js.map']
    for (const path of [...hidden, '/.env', '/.git/config', '/assets/.x.css', '/assets/%2e%2e/problem/show.hbs'])
      expect((await fetch(app.url + path)).status, path).to.equal(404)
  })

  it('is answered with the headers that keep a browser safe, on every kind of answer', async () => {
    const paths = ['/page', '/nowhere', '/assets/site.css', '/health/live', '/api/v1/figures', '/api/v1/nowhere']
    for (const path of paths) {
      const { headers } = await fetch(app.url + path)
      const found = Object.fromEntries(headers)
      expect(found, path).to.include({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      })
      expect(found['content-security-policy'], path).to.include("script-src 'self'").and.include("base-uri 'none'")
      expect(found['content-type'], path).to.match(/charset=utf-8$/i)
      for (const name of ['access-control-allow-origin', 'server', 'x-powered-by'])
        expect(found).not.to.have.property(name)
    }
  })

  it('is kept as a file where it is of the API, by its own name where it has one', async () => {
    const kept = async (path: string) => (await fetch(app.url + path)).headers.get('content-disposition')
    expect(await kept('/api/v1/figures')).to.equal('attachment; filename="api.json"')
    expect(await kept('/api/v1/nowhere')).to.equal('attachment; filename="api.json"')
    expect(await kept('/api/v1/table')).to.match(/^attachment; filename="?table\.csv"?$/)
    expect(await kept('/page')).to.equal(null)
  })
})
