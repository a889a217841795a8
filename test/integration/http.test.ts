import { once } from 'node:events'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import { load } from 'cheerio'
import { Router } from 'express'
import { mongo } from 'mongoose'
import { z } from 'zod'
import { createApi } from '../../server/platform/http/api.js'
import { openApiDocument } from '../../server/platform/http/openapi.js'
import { createRoutes } from '../../server/platform/http/routes.js'
import { startBareApp } from '../support/bare-app.js'

const echo = createApi()
echo.route(
  {
    method: 'post',
    path: '/echo/{id}',
    summary: 'Echo',
    tag: 'test',
    access: 'public',
    params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
    body: z.object({ word: z.string().max(20) }),
    responses: { 200: { description: 'the word', schema: z.object({ word: z.string() }) } },
  },
  [],
  ({ body, res }) => void res.json(body),
)

function testPages() {
  const pages = createRoutes()
  pages.get('/broken', 'public', () => {
    throw new Error('secret detail of the bug')
  })
  pages.get('/outage', 'public', async () => {
    const away = new mongo.MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 })
    await away.db().command({ ping: 1 })
  })
  pages.get('/full', 'public', () => {
    throw new mongo.MongoServerError({ message: 'The disk is full', code: 14031 })
  })
  return pages.router
}

function* endless() {
  for (;;) yield 'row\r\n'.repeat(1000)
}

describe('the HTTP base', () => {
  let app: Awaited<ReturnType<typeof startBareApp>>
  before(async () => {
    app = await startBareApp(testPages(), { apis: [echo] })
  })
  after(() => app.stop())
  const post = (body: string, type = 'application/json', id = 'a') =>
    fetch(`${app.url}/api/v1/echo/${id}`, { method: 'POST', body, headers: { 'content-type': type } })

  it('sends a strict policy, no framework name and a request id with every answer', async () => {
    const res = await fetch(`${app.url}/nowhere`)
    const policy = res.headers.get('content-security-policy') ?? ''
    expect(policy).to.include("default-src 'none'").and.include("frame-ancestors 'none'")
    expect(policy).not.to.include('unsafe')
    expect(res.headers.get('x-powered-by')).to.equal(null)
    expect(res.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/)
    expect(res.headers.get('set-cookie')).to.equal(null)
  })

  it('shows an unknown page in the reader’s language, with a way on', async () => {
    const vietnamese = load(await (await fetch(`${app.url}/nowhere`)).text())
    const english = load(await (await fetch(`${app.url}/nowhere?lang=en`)).text())
    expect(vietnamese('html').attr('lang')).to.equal('vi')
    expect(vietnamese('h1').text()).to.equal('Không có trang này')
    expect(english('html').attr('lang')).to.equal('en')
    expect(english('h1').text()).to.equal('Page not found')
    expect(english('main a').attr('href')).to.equal('/?lang=en')
  })

  it('hides a bug from the reader and logs it once with its stack', async () => {
    const res = await fetch(`${app.url}/broken`)
    expect(res.status).to.equal(500)
    expect(await res.text()).not.to.include('secret detail')
    const errors = app.logLines.filter((line) => line.includes('secret detail of the bug'))
    expect(errors).to.have.length(1)
    expect(errors[0]).to.include('"level":50').and.include('stack')
  })

  it('does not take a download that its reader broke off for a failure', async () => {
    const pages = createRoutes()
    const ended = new Promise<void>((resolve) => {
      pages.get('/endless', 'public', async (_req, res) => {
        await pipeline(Readable.from(endless()), res).finally(resolve)
      })
    })
    const one = await startBareApp(pages.router)
    const download = request(`${one.url}/endless`).end()
    const [res] = await once(download, 'response')
    await once(res, 'data')
    download.destroy()
    await ended
    // By the time another request is answered, the end of this one has been dealt with.
    await fetch(`${one.url}/health/live`)
    await one.stop()
    expect(one.logLines.filter((line) => line.includes('"level":50'))).to.deep.equal([])
  })

  it('says that it is busy, for this moment only, when the database is away', async () => {
    const res = await fetch(`${app.url}/outage`)
    expect([res.status, res.headers.get('cache-control')]).to.deep.equal([503, 'no-store'])
    expect(load(await res.text())('h1').text()).to.equal('Hệ thống đang bận')
  })

  it('says that nothing can be stored, and nothing was, when the disk of the database is full', async () => {
    const res = await fetch(`${app.url}/full?lang=en`)
    expect([res.status, res.headers.get('cache-control')]).to.deep.equal([503, 'no-store'])
    expect(load(await res.text())('h1').text()).to.equal('Nothing can be stored at the moment')
  })

  it('shows its own page, not a stack and not for a year, when an asset cannot be served', async () => {
    const res = await fetch(`${app.url}/assets/site.css`, { headers: { range: 'bytes=9999999-' } })
    expect([res.status, res.headers.get('cache-control')]).to.deep.equal([416, 'no-store'])
    expect(load(await res.text())('h1').text()).to.equal('Yêu cầu không đọc được')
  })

  it('stays on this site with the link to the other language, whatever the path looks like', async () => {
    const page = await new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(app.url)
      request({ hostname, port, path: '//evil.example/x?y=1' }, (res) => res.on('data', (all) => resolve(String(all))))
        .on('error', reject)
        .end()
    })
    const href = load(page)('a.language').attr('href') ?? ''
    expect(new URL(href, `${app.url}//evil.example/x?y=1`).href).to.equal(`${app.url}//evil.example/x?y=1&lang=en`)
  })

  it('answers under /api with problem documents', async () => {
    const res = await post('{"word": 5}')
    expect(res.status).to.equal(400)
    expect(res.headers.get('content-type')).to.match(/^application\/problem\+json/)
    expect(await res.json()).to.deep.include({
      status: 400,
      code: 'malformed_request',
      errors: [{ field: 'body.word', code: 'invalid_type' }],
    })
  })

  it('refuses odd input with 4xx and never with 500', async () => {
    const bodies: [string, string?, number?][] = [
      ['{"word": ', 'application/json', 400],
      ['{"word": {"$gt": ""}}', 'application/json', 400],
      ['[]', 'application/json', 400],
      ['{"word": "a\\u0000b"}', 'application/json', 400],
      ['{"word": "\\ud800"}', 'application/json', 400],
      ['{"word": "a", "__proto__": {"x": 1}}', 'application/json', 400],
      [`{"word": "${'a'.repeat(10 * 1024 * 1024)}"}`, 'application/json', 413],
      ['word=a', 'text/plain', 415],
      ['word=a', 'application/x-www-form-urlencoded', 415],
      [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'application/json', 400],
    ]
    for (const [body, type, status] of bodies) {
      const res = await post(body, type)
      expect(res.status, String(body).slice(0, 40)).to.equal(status)
    }
    expect((await post('{"word":"a"}', 'application/json', '%E0')).status).to.equal(400)
    expect((await post('{"word":"a"}', 'application/json', 'A1')).status).to.equal(404)
    expect(app.logLines.join('')).not.to.include('$gt')
  })

  it('logs path and status of a request, not its query, address or agent', async () => {
    app.logLines.length = 0
    await fetch(`${app.url}/nowhere?receipt=HL-1234`, { headers: { 'user-agent': 'phone-of-an' } })
    const lines = app.logLines.join('')
    expect(lines).to.include('"path":"/nowhere"')
    expect(lines).not.to.include('HL-1234').and.not.to.include('phone-of-an')
    expect(lines).not.to.include('127.0.0.1')
  })

  it('describes its operations as OpenAPI 3.1', () => {
    const document = openApiDocument(echo.operations, { version: '0', url: 'http://x' })
    expect(document).to.have.nested.property('paths./echo/{id}.post.requestBody')
    expect(document).to.have.nested.property('paths./echo/{id}.post.parameters[0].name', 'id')
    expect(document).to.have.property('openapi', '3.1.0')
  })
})

describe('health and stopping', () => {
  it('is live but not ready while the database is away', async () => {
    const health = { ping: () => Promise.reject(new Error('away')), isStopping: () => false }
    const app = await startBareApp(Router(), { health })
    const [live, ready] = await Promise.all([fetch(`${app.url}/health/live`), fetch(`${app.url}/health/ready`)])
    expect([live.status, ready.status]).to.deep.equal([200, 503])
    await app.stop()
  })

  it('finishes the request in flight before it stops, and does not wait for connections kept alive', async function () {
    // Node keeps an idle connection for five seconds; a stop that waits for it fails here.
    this.timeout(4800)
    const pages = createRoutes()
    let release: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => {
      pages.get('/slow', 'public', (_req, res) => {
        release = () => void res.send('done')
        resolve()
      })
    })
    const app = await startBareApp(pages.router)
    const body = new Promise<string>((resolve, reject) => {
      request(`${app.url}/slow`, (res) => res.on('data', (chunk) => resolve(String(chunk))))
        .on('error', reject)
        .end()
    })
    await arrived
    const stopped = app.stop()
    release()
    expect(await body).to.equal('done')
    await stopped
    const refused = await fetch(`${app.url}/health/live`).then(
      () => 'answered',
      () => 'refused',
    )
    expect(refused).to.equal('refused')
  })
})
