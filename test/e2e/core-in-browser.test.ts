import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { projectDir } from '../../server/platform/paths.js'
import { launchBrowser, openPage } from '../support/browser.js'
import { goldenFile } from '../support/golden-file.js'
import { sourceFiles } from '../support/imports.js'
import { projectMethod, unitOf } from '../support/methods.js'
import { tinyQuestionnaire } from '../support/tiny-questionnaire.js'

/** What both sides are given: plain data. */
const given = {
  files: ['index-acceptance.json', 'methods-acceptance.json', 'statistics-acceptance.json'].map((name) =>
    goldenFile<object>(name),
  ),
  questionnaire: tinyQuestionnaire(),
  responses: Array.from({ length: 40 }, (_, i) => ({
    disposition: 'complete' as const,
    answers: { C1: 1 + (i % 5), C2: 1 + ((i * 3) % 5), C3: i % 4 === 0 ? 96 : 4, C4: 5, C5: 1 + ((i * 7) % 5), G1: 4 },
  })),
  method: projectMethod('gds'),
  unit: unitOf(Array.from({ length: 30 }, (_, i) => ({ respondent: String(i), answers: { OVERALL: 1 + (i % 5) } }))),
}

type Import = (path: string) => Promise<never>

/** Computes with the compiled core, wherever it is loaded; sent to the browser as text, so it stands on its arguments alone. */
async function computeWith(load: Import, data: typeof given) {
  const [check, index, sampling, comparison, tallies, lines, figures, instruments, methods] = (await Promise.all(
    [
      'test/support/acceptance/check-case.js',
      'test/support/acceptance/index-cases.js',
      'test/support/acceptance/sampling-cases.js',
      'test/support/acceptance/comparison-cases.js',
      'server/domain/index/tally-responses.js',
      'server/domain/index/lines.js',
      'server/domain/index/line-figures.js',
      'server/domain/index/instrument.js',
      'server/domain/method/compute-method.js',
    ].map(load),
  )) as unknown as [
    typeof import('../support/acceptance/check-case.js'),
    typeof import('../support/acceptance/index-cases.js'),
    typeof import('../support/acceptance/sampling-cases.js'),
    typeof import('../support/acceptance/comparison-cases.js'),
    typeof import('../../server/domain/index/tally-responses.js'),
    typeof import('../../server/domain/index/lines.js'),
    typeof import('../../server/domain/index/line-figures.js'),
    typeof import('../../server/domain/index/instrument.js'),
    typeof import('../../server/domain/method/compute-method.js'),
  ]
  const golden = Object.assign({}, ...data.files) as Parameters<typeof comparison.comparisonCases>[0] & object
  const cases = { ...index.INDEX_CASES, ...sampling.SAMPLING_CASES, ...comparison.comparisonCases(golden) }
  const results = Object.entries(cases).map(([name, one]) => {
    const values = (golden as Readonly<Record<string, unknown>>)[name]
    return { name, faults: check.faultsOfCase(values, one), computed: one.compute(values as never) as unknown }
  })
  const instrument = instruments.instrumentOf(data.questionnaire)
  const tally = tallies.tallyOf(data.questionnaire, data.responses)
  const report = (['mean_of_children', 'pooled'] as const).map((rule) =>
    lines
      .linesOf(instrument, rule, data.questionnaire.overallItem)
      .map((line) => figures.figuresOfLine(line, tally, instrument, rule)),
  )
  const method = methods.computeMethod(data.method, { questionnaire: null, units: [data.unit] })
  return { results, report, method }
}

/** Serves a folder of modules, and an empty page to load them from. */
async function serve(dir: string): Promise<Server> {
  const server = createServer((req, res) => {
    const isModule = req.url?.endsWith('.js') === true
    res.setHeader('content-type', isModule ? 'text/javascript' : 'text/html')
    res.end(isModule ? readFileSync(join(dir, req.url ?? '')) : '<!doctype html><title>core</title>')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}

describe('the core in a browser', function () {
  this.timeout(300_000)
  const dir = mkdtempSync(join(tmpdir(), 'core-'))
  let server: Server
  let browser: Browser
  let page: Page
  let origin: string

  before(async () => {
    const compiler = join(projectDir(), 'node_modules/typescript/bin/tsc')
    const project = join(projectDir(), 'test/e2e/tsconfig.core.json')
    // Without the types of Node and of the browser: what compiles here uses the language alone.
    await promisify(execFile)(process.execPath, [compiler, '-p', project, '--outDir', dir])
    server = await serve(dir)
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
    page = await openPage(browser, {})
    await page.goto(origin)
  })
  after(async () => {
    await browser?.close()
    server?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('loads every module of the domain', async () => {
    const paths = sourceFiles('server/domain').map((file) => `${origin}/${file.replace(/\.ts$/, '.js')}`)
    const loaded = await page.evaluate(
      `Promise.all(${JSON.stringify(paths)}.map((path) => import(path))).then((modules) => modules.length)`,
    )
    expect(loaded).to.equal(paths.length)
    expect(paths.length).to.be.above(100)
  })

  it('computes the acceptance values, a report and a method with the same digits as Node', async () => {
    const here = await computeWith((path) => import(pathToFileURL(join(dir, path)).href) as Promise<never>, given)
    const source = `(${computeWith.toString()})((path) => import('${origin}/' + path), ${JSON.stringify(given)})`
    // Helpers that the loader of this test adds to functions are not there in the browser.
    const there = await page.evaluate(`const __name = (value) => value; ${source}.then(JSON.stringify)`)
    expect(JSON.parse(String(there))).to.deep.equal(JSON.parse(JSON.stringify(here)))
    expect(here.results.flatMap(({ faults }) => faults)).to.deep.equal([])
    expect(here.results.length).to.be.above(25)
    expect(here.report.flat().filter((figures) => figures !== null).length).to.be.above(8)
    expect(here.method.kind).to.equal('computed')
  })
})
