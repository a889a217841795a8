import { expect } from 'chai'
import { Router } from 'express'
import { unitApiRoutes } from '../../server/features/units/index.js'
import { openApiDocument } from '../../server/platform/http/openapi.js'
import { startBareApp } from '../support/bare-app.js'
import { projectRegistry, projectServices } from '../support/project-files.js'

interface Answer {
  readonly at: string
  readonly total: number
  readonly units: readonly { readonly uid: string }[]
  readonly services: readonly { readonly code: string }[]
  readonly successors: readonly object[]
  readonly heirs: readonly { readonly uid: string }[]
  readonly status: number
  readonly code: string
}

describe('API of units and services', () => {
  const registry = projectRegistry()
  const services = projectServices()
  const api = unitApiRoutes({ registry, services, now: () => new Date('2026-03-31T18:00:00Z') })
  let app: Awaited<ReturnType<typeof startBareApp>>
  before(async () => {
    app = await startBareApp(Router(), { apis: [api] })
  })
  after(() => app.stop())

  async function get(path: string) {
    const response = await fetch(`${app.url}/api/v1${path}`)
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Answer,
    }
  }
  const uids = (body: Answer) => body.units.map(({ uid }) => uid)

  it('finds by typed text, today in the city being the day', async () => {
    const { status, body } = await get('/units?q=B%E1%BA%BFn%20Th%C3%A0nh')
    expect(status).to.equal(200)
    expect(body.at).to.equal('2026-04-01')
    expect(uids(body)).to.deep.equal(['p-ben-thanh', 'quan-1.ben-thanh'])
    expect(body.units[0]).to.deep.include({
      status: 'valid',
      parent: 'tp-ho-chi-minh',
      codes: [{ scheme: 'GSO', value: '26743' }],
    })
    expect(body.units[1]).to.deep.include({ status: 'ended', validTo: '2025-07-01' })
  })

  it('lists the units of a day and kind', async () => {
    const { body } = await get('/units?at=2015-06-01&kind=quan&limit=5')
    expect(body.total).to.equal(19)
    expect(body.units).to.have.length(5)
  })

  it('lists what stood below a unit on the day', async () => {
    const { body } = await get('/units?parent=tp-thu-duc&at=2022-01-01')
    expect(body.total).to.equal(34)
    expect((await get('/units?parent=tp-thu-duc&at=2022-01-01&q=thu%20thiem')).body.units).to.have.length(1)
  })

  it('shows a unit with its lineage and its heirs', async () => {
    const { body } = await get('/units/quan-1.da-kao')
    expect(body).to.deep.include({ uid: 'quan-1.da-kao', status: 'ended', isVerified: true, population: null })
    expect(body.successors).to.deep.include({
      unit: 'p-sai-gon',
      on: '2025-07-01',
      extent: 'part',
      share: null,
      shareBasis: null,
      isDerived: false,
      isVerified: true,
    })
    expect(body.heirs.map(({ uid }) => uid)).to.have.members(['p-sai-gon', 'p-tan-dinh'])
  })

  it('lists all services, and those of one unit', async () => {
    expect((await get('/services')).body.services).to.have.length(26)
    const { body } = await get('/services?unit=thue')
    expect(body.services.map(({ code }) => code)).to.deep.equal(['THUE', 'KNTC'])
    expect((await get('/services?q=so%20do')).body.services[0]?.code).to.equal('DAT')
  })

  const refused: readonly (readonly [string, number, string])[] = [
    ['/units/nowhere', 404, 'not_found'],
    ['/units/__proto__', 404, 'not_found'],
    ['/units?parent=nowhere', 404, 'not_found'],
    ['/services?unit=nowhere', 404, 'not_found'],
    ['/units?at=2025-02-30', 400, 'malformed_request'],
    ['/units?kind=city', 400, 'malformed_request'],
    ['/units?limit=0', 400, 'malformed_request'],
    ['/units?limit=1e9', 400, 'malformed_request'],
    ['/units?q[$ne]=1', 400, 'malformed_request'],
    [`/units?q=${'a'.repeat(101)}`, 400, 'malformed_request'],
    ['/units?q=%00', 400, 'forbidden_characters'],
  ]
  for (const [path, status, code] of refused) {
    it(`answers ${status} to ${path.slice(0, 40)}`, async () => {
      const answer = await get(path)
      expect(answer.type).to.match(/^application\/problem\+json/)
      expect([answer.status, answer.body.status, answer.body.code]).to.deep.equal([status, status, code])
    })
  }

  it('answers as its description says', async () => {
    for (const path of ['/units?q=quan', '/units/quan-2', '/services']) {
      const operation = api.operations.find(
        (one) => one.path === path.replace(/\?.*|quan-2/, (part) => (part === 'quan-2' ? '{uid}' : '')),
      )
      const result = operation?.responses[200]?.schema?.safeParse((await get(path)).body)
      expect(result?.error?.issues, path).to.equal(undefined)
      expect(result?.success, path).to.equal(true)
    }
  })

  it('is described by OpenAPI from the same schemas', () => {
    const { paths } = openApiDocument(api.operations, { version: '1', url: '' }) as {
      paths: Record<string, { get: { parameters: { name: string }[] } }>
    }
    expect(Object.keys(paths)).to.deep.equal(['/units', '/units/{uid}', '/services'])
    expect(paths['/units']?.get.parameters.map(({ name }) => name)).to.deep.equal([
      'q',
      'at',
      'kind',
      'parent',
      'limit',
    ])
  })
})
