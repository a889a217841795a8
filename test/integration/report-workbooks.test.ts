import { expect } from 'chai'
import readWorkbook from 'read-excel-file/node'
import { ANALYSIS_TABLE_NAMES } from '../../server/domain/analysis/analysis-rows.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient } from '../support/http-client.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web-citizen'
/** Columns that say why a figure is hidden instead of being blank. */
const FIGURES = ['top_two_percent', 'mean_0_100', 'low_percent', 'high_percent', 'value', 'low', 'high', 'n_valid']

describe('tables as Excel workbooks', () => {
  let app: TestApp
  let cookie: string
  before(async () => {
    app = await startApp()
    const facts = { id: WAVE, questionnaire: { id: 'citizen', version: '2026.1' } }
    const uids = ['p-ben-thanh', 'p-sai-gon', 'p-go-vap']
    const outcome = await app.waves.create(waveFile({ ...facts, units: { kinds: [], uids } }))
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await fillWave(app, outcome.wave, { 'p-ben-thanh': 80, 'p-sai-gon': 40, 'p-go-vap': 3 })
    await app.accounts.createAccount({
      login: 'an',
      name: 'An',
      role: 'analyst',
      unitUid: undefined,
      password: PASSWORD,
    })
    const client = createClient(app.url)
    await client.signIn('an', PASSWORD)
    cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  })
  after(() => app.stop())

  const ask = (path: string, headers = {}) => fetch(`${app.url}${path}`, { headers: { cookie, ...headers } })
  const csvOf = async (path: string) => readCsv(await (await ask(path)).text())
  const objectsOf = ([titles = [], ...rows]: readonly (readonly unknown[])[]) =>
    rows.map((row) => Object.fromEntries(titles.map((title, i) => [String(title), row[i] ?? ''])))
  async function sheetsOf(path: string) {
    const res = await ask(path)
    expect(res.headers.get('content-type')).to.include('spreadsheetml')
    return readWorkbook(Buffer.from(await res.arrayBuffer()))
  }

  /** What a sheet is to say in a row of the CSV file. */
  const marked = (row: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => {
        const isBlankFigure = row.status === 'suppressed' && text === '' && FIGURES.includes(name)
        return [name, isBlankFigure ? `[${row.reason}]` : text]
      }),
    )

  for (const page of [`/reports/${WAVE}/index`, `/reports/${WAVE}/methods/sipas-2017`, '/series/points']) {
    it(`hold the rows of ${page}.csv, figures as numbers, hidden ones as their reason`, async () => {
      const rows = await csvOf(`${page}.csv`)
      const [sheet] = await sheetsOf(`${page}.xlsx`)
      const cells = objectsOf(sheet!.data)
      const asText = cells.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, String(cell)])),
      )
      expect(asText).to.deep.equal(rows.map(marked))
      const shown = cells
        .filter(({ status }) => status === 'published')
        .map(({ top_two_percent: percent }) => typeof percent)
      expect([...new Set(shown)]).to.deep.be.oneOf([['number'], ['undefined'], []])
      const hidden = rows.filter(({ status }) => status === 'suppressed')
      if (page.endsWith('index')) expect(hidden.length).to.be.above(30)
    })
  }

  it('hold every table of an analysis on a sheet of its own', async () => {
    const sheets = await sheetsOf(`/reports/${WAVE}/analysis.xlsx`)
    expect(sheets.map(({ sheet }) => sheet)).to.deep.equal([...ANALYSIS_TABLE_NAMES])
    for (const { sheet, data } of sheets) {
      const rows = await csvOf(`/reports/${WAVE}/analysis/${sheet}.csv`)
      expect(objectsOf(data), sheet).to.have.length(rows.length)
      if (rows[0]) expect(data[0], sheet).to.deep.equal(Object.keys(rows[0]))
    }
  })

  it('are the same to the byte for the same figures, and 304 to who has them', async () => {
    const path = `/reports/${WAVE}/index.xlsx`
    const [one, two] = [await ask(path), await ask(path)]
    const bytes = async (res: Response) => Buffer.from(await res.arrayBuffer())
    expect((await bytes(one)).equals(await bytes(two))).to.equal(true)
    expect((await ask(path, { 'if-none-match': one.headers.get('etag') })).status).to.equal(304)
  })
})
