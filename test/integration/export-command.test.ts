import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import readWorkbook from 'read-excel-file/node'
import { createWaveExport } from '../../scripts/support/export-wave.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { type ExportRequest, exportMicrodata, type Format } from '../../server/features/exports/index.js'
import { CITY } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { readDdi } from '../support/ddi-structure.js'
import { openWave } from '../support/open-wave.js'
import { inPieces, readSav } from '../support/read-sav.js'
import { runCommand } from '../support/run-command.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web-citizen'
const QUASI = 'unit_uid service transaction_month answered_month language S2 P1 P3 P4 P5'.split(' ')

const count = <Value>(values: readonly Value[]) => {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe('the command export', function () {
  this.timeout(180_000)
  let app: TestApp
  let dir: string
  let responses: readonly NewResponse[]
  before(async () => {
    app = await startApp()
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
    responses = await fillWave(app, await openWave(app, WAVE), { 'p-ben-thanh': 140, 'p-sai-gon': 95, 'so-tu-phap': 3 })
    await openWave(app, '2026-web-business')
  })
  after(async () => {
    await app.stop()
    rmSync(dir, { recursive: true })
  })

  /** In this process: what the command does is shown once. */
  const exported = async (format: Format, changes: Partial<ExportRequest> = {}) => {
    const file = join(dir, `wave.${format}`)
    const wave = (await app.waves.byId(WAVE))!
    const published = (await app.questionnaires.byHash(wave.questionnaireHash))!
    const request = { wave, published, format, language: 'vi', separator: ',', file, ...changes } as const
    const outcome = await exportMicrodata({ ...app, now: () => new Date() }, CITY, request)
    expect(outcome).to.include({ kind: 'written', rows: responses.length, leftOut: 0 })
    return file
  }

  it('writes the same answers as stored into CSV, SPSS and Excel, with codebook, scripts and checksums', async () => {
    const file = join(dir, 'wave.csv')
    const args = ['--wave', WAVE, '--format', 'csv', '--out', file]
    const { code, stderr, stdout } = await runCommand(app.commandEnv, 'export.ts', args)
    expect([code, stderr]).to.deep.equal([0, ''])
    expect(stdout).to.include(`${responses.length} rows in`)
    const csv = readCsv(readFileSync(file, 'utf8').slice(1))
    const sav = await readSav(await exported('sav'))
    const [data] = await readWorkbook(readFileSync(await exported('xlsx')))
    const [header, ...lines] = data!.data

    // Ratings are never withheld: code by code as many as were stored; rows themselves are in no order.
    for (const item of ['G1', 'A2', 'H4', 'E3']) {
      const stored = count(responses.map(({ answers }) => (answers[item] === undefined ? null : Number(answers[item]))))
      const at = header!.indexOf(item)
      expect(count(csv.map((row) => (row[item] === '' ? null : Number(row[item])))), `${item} in CSV`).to.deep.equal(
        stored,
      )
      expect(count(sav.rows.map((row) => row[item] ?? null)), `${item} in SPSS`).to.deep.equal(stored)
      expect(count(lines.map((line) => line[at] ?? null)), `${item} in Excel`).to.deep.equal(stored)
    }
    // What is withheld is the same every time.
    for (const name of ['S2', 'service', 'unit_name']) {
      const column = count(csv.map((row) => row[name]!))
      const pieces = new Map([...column].map(([text, n]) => [inPieces(text), n]))
      const at = header!.indexOf(name)
      expect(count(sav.rows.map((row) => String(row[name] ?? ''))), name).to.deep.equal(pieces)
      expect(count(lines.map((line) => String(line[at] ?? ''))), name).to.deep.equal(column)
    }

    expect(readdirSync(dir).sort()).to.deep.equal(
      [
        'wave.R',
        'wave.ddi.xml',
        'wave.do',
        ...['csv', 'sav', 'xlsx'].flatMap((format) =>
          ['', '.codebook.csv', '.sha256', '.withheld.csv'].map((end) => `wave.${format}${end}`),
        ),
      ].sort(),
    )
    for (const line of readFileSync(join(dir, 'wave.sav.sha256'), 'utf8').trimEnd().split('\n')) {
      const [sum, name] = line.split('  ')
      expect(
        createHash('sha256')
          .update(readFileSync(join(dir, name!)))
          .digest('hex'),
      ).to.equal(sum)
    }
  })

  it('leaves no combination of fewer than five, and nothing that leads back to a stored response', async () => {
    const text = readFileSync(await exported('csv'), 'utf8')
    const rows = readCsv(text.slice(1))
    const groups = count(rows.map((row) => JSON.stringify(QUASI.map((name) => row[name]))))
    expect(Math.min(...groups.values())).to.be.at.least(5)
    expect(rows.filter(({ unit_uid }) => unit_uid === 'so-tu-phap')).to.deep.equal([])
    for (const { submissionId } of responses) expect(text).not.to.include(submissionId)
    expect(text).not.to.match(/\d{4}-\d{2}-\d{2}/)
  })

  it('describes the rows in DDI as they are in the CSV, and the same without them', async () => {
    const rows = readCsv(readFileSync(await exported('csv'), 'utf8').slice(1))
    const { $, faults } = readDdi(readFileSync(join(dir, 'wave.ddi.xml'), 'utf8'))
    expect(faults).to.deep.equal([])
    for (const name of ['G1', 'A2', 'S2', 'unit_uid', 'H6_5', 'language']) {
      const counts = count(rows.map((row) => row[name]!))
      const isFew = Math.min(...counts.values()) < 5
      for (const one of $(`var[name="${name}"] > catgry`).toArray()) {
        const expected = isFew ? '' : String(counts.get($(one).children('catValu').text()) ?? 0)
        expect($(one).children('catStat').text(), name).to.equal(expected)
      }
    }
    const counted = $('var > sumStat[type="vald"]').toArray()
    expect(counted.length).to.be.greaterThan(10)
    const alone = readFileSync(await exported('ddi'), 'utf8')
    const withFile = readFileSync(join(dir, 'wave.ddi.xml'), 'utf8')
    expect(alone).to.equal(withFile.replace('<fileName>wave.csv</fileName>', ''))
  })

  it('separates by semicolons and speaks English where asked to', async () => {
    const file = await exported('csv', { separator: ';', language: 'en' })
    const [header = '', first = ''] = readFileSync(file, 'utf8').split('\r\n')
    expect(header.slice(1).split(';').slice(0, 3)).to.deep.equal(['wave', 'simulated', 'mode'])
    expect(first.startsWith(`"${WAVE}";1;"web"`)).to.equal(true)
    expect(readFileSync(join(dir, 'wave.do'), 'utf8')).to.include('delimiters(";")')
  })

  for (const [what, wave, message] of [
    ['a wave that is not there', ['--wave', 'x'], 'There is no wave x. Known: '],
    ['no wave', [], 'Name a wave with --wave. Known: '],
    ['a wave without responses', ['--wave', '2026-web-business'], 'The wave has 0 responses'],
  ] as const)
    it(`refuses ${what}, says why and writes nothing`, async () => {
      const own = mkdtempSync(join(dir, 'refused-'))
      const args = [...wave, '--format', 'sav', '--out', join(own, 'x.sav')]
      const failure = await createWaveExport(app.connection)
        .run(args)
        .catch((error: Error) => error.message)
      expect(failure).to.include(message)
      expect(readdirSync(own)).to.deep.equal([])
      rmSync(own, { recursive: true })
    })
})
