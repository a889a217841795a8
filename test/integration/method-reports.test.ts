import { expect } from 'chai'
import { createMethodIndex } from '../../scripts/support/method-index.js'
import { CITY } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient, type Page } from '../support/http-client.js'
import { openWave } from '../support/open-wave.js'
import { runCommand } from '../support/run-command.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

type Row = Readonly<Record<string, string | number | boolean | null>>
interface Document {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly method: { readonly id: string; readonly version: string; readonly unconfirmed: readonly unknown[] }
  readonly bootstrap: { readonly seed: string } | null
}

const CITIZEN = '2026-web-citizen'
const BUSINESS = '2026-web-business'
const UNIT = 'p-ben-thanh'
const en = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const written = (value: unknown) => en.format(value as number)

describe('an index by a method', function () {
  this.timeout(180_000)
  let app: TestApp
  let token: string
  before(async () => {
    app = await startApp()
    await fillWave(app, await openWave(app, CITIZEN), { [UNIT]: 140, 'p-sai-gon': 95, 'p-go-vap': 40, 'so-tu-phap': 3 })
    const firms = { 'so-tu-phap': 70, 'so-xay-dung': 60, 'so-y-te': 22, [UNIT]: 60, 'p-sai-gon': 60 }
    await fillWave(app, await openWave(app, BUSINESS), firms)
    const account = { login: 'an', name: 'An', role: 'analyst' as const, password: 'mot-cau-that-dai-2026' }
    await app.accounts.createAccount(account)
    const outcome = await app.accounts.createToken({ login: 'an', name: 'script', validDays: 30 })
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    token = outcome.token
  })
  after(() => app.stop())

  const headers = (accept = 'application/json') => ({ authorization: `Bearer ${token}`, accept })
  const read = (path: string, accept?: string) => fetch(app.url + path, { headers: headers(accept) })
  const documentOf = async (wave: string, method: string, query = '') =>
    (await (await read(`/api/v1/waves/${wave}/methods/${method}${query}`)).json()) as Document
  const page = async (path: string): Promise<Page> => {
    const client = createClient(app.url)
    await client.signIn('an', 'mot-cau-that-dai-2026')
    return client.get(path)
  }
  const command = (...args: readonly string[]) => runCommand(app.commandEnv, 'compute-index.ts', args)
  const rowOf = ({ rows }: Document, unit: string, code: string) =>
    rows.find((row) => row.unit_uid === unit && row.code === code && row.scope !== 'area')

  for (const [wave, method, unit] of [
    [CITIZEN, 'sipas-2017', 'hcm'],
    [BUSINESS, 'ddci-hcm', 'so-tu-phap'],
  ] as const) {
    it(`has the same digits of ${method} on console, page, CSV, JSON and API`, async () => {
      const document = await documentOf(wave, method)
      const { rows } = document
      const csv = readCsv(await (await read(`/api/v1/waves/${wave}/methods/${method}`, 'text/csv')).text())
      expect(csv.map((row) => Object.values(row))).to.deep.equal(
        rows.map((row) => Object.values(row).map((cell) => (cell === null ? '' : String(cell)))),
      )
      const own = await page(`/reports/${wave}/methods/${method}.json`)
      expect(JSON.parse(own.text)).to.deep.equal(document)
      if (wave === CITIZEN) {
        const byCommand = await command('--method', method, '--wave', wave, '--json')
        expect([byCommand.code, JSON.parse(byCommand.stdout)]).to.deep.equal([0, document])
      }

      const root = unit === 'hcm' ? app.registry.cityUid : unit
      const chosen = unit === 'hcm' ? [] : ['--unit', unit]
      const console_ = await command('--method', method, '--wave', wave, '--lang', 'en', ...chosen)
      const shown = await page(`/reports/${wave}/methods/${method}?lang=en${unit === 'hcm' ? '' : `&unit=${unit}`}`)
      const lines = rows.filter((row) => row.unit_uid === root && row.scope !== 'area' && row.status === 'published')
      expect(lines.length).to.be.greaterThan(20)
      for (const row of lines) {
        const line = console_.stdout.split('\n').find((text) => text.trim().startsWith(`${row.code} ${row.label_en}`))
        expectDigits(row, line)
        expectDigits(row, cellsOf(shown, row.code))
      }
    })
  }

  it('states method, version, form, wave, mode, rule, what is unconfirmed and the seed in every row', async () => {
    const document = await documentOf(BUSINESS, 'ddci-hcm')
    for (const row of document.rows) {
      expect(row).to.deep.include({
        wave: BUSINESS,
        mode: 'web',
        questionnaire: 'business',
        questionnaire_version: '2026.1',
        method: 'ddci-hcm',
        method_version: '2026.1',
        validity: 'complete_cases_v1',
        unconfirmed: 'own_choice 3, not_read 1',
        replicates: 1000,
        seed: '2026-web-business ddci-hcm 2026.1',
        simulated: false,
      })
    }
    expect(document.method.unconfirmed).to.have.length(4)
    expect(new Set(document.rows.map((row) => row.block))).to.deep.equal(new Set(['department', 'locality']))
    // Land is asked of localities alone; nobody's score goes up to the city.
    expect(rowOf(document, 'so-tu-phap', 'DD')).to.equal(undefined)
    expect(document.rows.some((row) => row.scope !== 'unit')).to.equal(false)
    expect(rowOf(document, 'so-y-te', 'DDCI')).to.deep.include({ status: 'no_value', rank: null })
  })

  it('lists the methods, which fit and what is doubtful, on page, API and console', async () => {
    const list = (await (await read(`/api/v1/waves/${CITIZEN}/methods`)).json()) as {
      methods: { name: string; fits: boolean }[]
    }
    const fitting = list.methods.filter(({ fits }) => fits).map(({ name }) => name)
    expect(fitting).to.deep.equal(['gds', 'hids-2013', 'sipas-2017', 'sipas-2023'])
    const shown = await page(`/reports/${CITIZEN}/methods?lang=en`)
    const links = shown
      .$('.method-list h3 a')
      .map((_, a) => shown.$(a).attr('href'))
      .get()
    expect(links).to.deep.equal(fitting.map((name) => `/reports/${CITIZEN}/methods/${name}?lang=en`))
    expect(shown.$('.method-list').text()).to.include('Equal weights of the components')
    const listed = await command('--lang', 'en')
    expect(listed.stdout).to.match(/sipas-2017 .*: 2026-web-citizen\n/)
    expect(listed.stdout).to.match(/decree-61-2018 .*: no wave fits yet/)
    const report = await page(`/reports/${CITIZEN}?lang=en`)
    expect(report.$(`a[href="/reports/${CITIZEN}/methods?lang=en"]`)).to.have.length(1)
  })

  it('says what to do when wave, method, unit or form is not right', async () => {
    const index = createMethodIndex(app.connection)
    const failing: readonly (readonly [readonly string[], RegExp])[] = [
      [['--method', 'sipas-2017', '--wave', 'x'], /no wave x\. Known: .*2026-web-citizen/],
      [['--method', 'sipas-2017'], /Name a wave: .*2026-web-business/],
      [['--method', 'none', '--wave', CITIZEN], /no method none\. Known: acsi, csm-arta/],
      [
        ['--method', 'ddci-hcm', '--wave', CITIZEN],
        /fits business 2026\.1\. Methods that fit this wave: gds, hids-2013/,
      ],
      [['--method', 'gds', '--wave', CITIZEN, '--unit', 'x'], /no unit x/],
      [['--lang', 'fr'], /--lang is vi or en/],
      [['--bogus'], /Unknown option '--bogus'\. Usage: index/],
      [['--json', '--csv'], /not both/],
      [['--wav', 'x'], /--wav/],
    ]
    for (const [args, message] of failing) {
      const said = await index.run(args).then(
        () => 'nothing',
        (error: Error) => error.message,
      )
      expect(said, args.join(' ')).to.match(message)
    }
    const { code, stdout, stderr } = await command('--method', 'none', '--wave', CITIZEN)
    expect([code, stdout]).to.deep.equal([1, ''])
    expect(stderr).to.match(/^There is no method none\. Known: .*\n$/)
    const unfit = await read(`/api/v1/waves/${CITIZEN}/methods/ddci-hcm`)
    expect([unfit.status, ((await unfit.json()) as { code: string }).code]).to.deep.equal([404, 'method_unfit'])
    for (const path of ['none', 'sipas-2017@1999.1', 'SIPAS', 'gds?unit=nowhere']) {
      expect((await read(`/api/v1/waves/${CITIZEN}/methods/${path}`)).status, path).to.equal(404)
    }
    expect((await read(`/api/v1/waves/${CITIZEN}/methods/gds?units=x`)).status).to.equal(400)
    expect((await read(`/api/v1/waves/${CITIZEN}/methods/gds`, 'image/png')).status).to.equal(406)
    expect((await page(`/reports/${CITIZEN}/methods/ddci-hcm?lang=en`)).$('h1').text()).to.include('does not fit')
  })

  it('leads staff on to their own pages where there is nothing', async () => {
    const { status, $ } = await page(`/reports/${CITIZEN}/methods/none?lang=en`)
    expect(status).to.equal(404)
    expect($('main').text()).to.include('no such wave, unit or method')
    const ways = $('main a').map((_, link) => $(link).attr('href'))
    expect(ways.get()).to.include.members(['/reports?lang=en', '/series?lang=en', '/agency?lang=en'])
  })

  it('is for analysts only', async () => {
    for (const path of ['methods', 'methods/gds', 'methods/gds.csv', 'methods/gds.json']) {
      expect(
        (
          await fetch(`${app.url}/reports/${CITIZEN}/${path}`, {
            headers: { accept: 'application/json' },
            redirect: 'manual',
          })
        ).status,
        path,
      ).to.be.oneOf([302, 303, 401])
    }
    for (const path of ['methods', 'methods/gds']) {
      expect((await fetch(`${app.url}/api/v1/waves/${CITIZEN}/${path}`)).status, path).to.equal(401)
    }
  })

  it('hides a unit of three respondents on page and console, with the reason', async () => {
    const shown = await page(`/reports/${CITIZEN}/methods/sipas-2017?lang=en&unit=so-tu-phap`)
    expect(shown.$('.report-headlines .report-hidden').text()).to.include('fewer than 5 respondents')
    expect(shown.$('.method-tree td.n').text().trim()).to.equal('')
    const { stdout } = await command(
      '--method',
      'sipas-2017',
      '--wave',
      CITIZEN,
      '--unit',
      'so-tu-phap',
      '--lang',
      'en',
    )
    expect(stdout).to.include('hidden: fewer than 5 respondents')
  })

  it('answers 304 to the tag of the same figures, and other ones once a response is in', async () => {
    const path = `/api/v1/waves/${CITIZEN}/methods/gds`
    const first = await read(path)
    const tag = first.headers.get('etag')!
    const again = () => fetch(app.url + path, { headers: { ...headers(), 'if-none-match': tag } })
    expect((await again()).status).to.equal(304)
    const before = rowOf((await first.json()) as Document, app.registry.cityUid, 'GDS')
    const [late] = await app.responses
      .streamWave(CITY, CITIZEN)
      [Symbol.asyncIterator]()
      .next()
      .then(({ value }) => [value])
    const response = { ...late, submissionId: '3d594650-3436-4e3b-9d2f-000000000001' }
    await app.responses.insert(response)
    await app.tallies.markStale(response)
    expect((await again()).status).to.equal(200)
    const after = rowOf(await documentOf(CITIZEN, 'gds'), app.registry.cityUid, 'GDS')
    expect(after?.n_received).to.equal((before?.n_received as number) + 1)
  })
})

/** Text of the cells of one line of the tree. */
function cellsOf({ $ }: Page, code: unknown): string {
  const row = $('.method-tree tbody tr').filter((_, tr) => $(tr).find('.method-code').text() === code)
  return row.find('td').text().replaceAll('\u00a0', ' ')
}

/** What people read is the JSON's value, rounded. */
function expectDigits({ code, value, low, high }: Row, text: string | undefined): void {
  expect(text, String(code)).to.include(written(value))
  expect(text, String(code)).to.include(`${written(low)} – ${written(high)}`)
}
