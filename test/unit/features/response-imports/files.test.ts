import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROW_FAULTS } from '../../../../server/domain/response-import/mapping.js'
import { planImport } from '../../../../server/domain/response-import/plan-import.js'
import { createRejectsFile, openCsv, readMappingFile } from '../../../../server/features/response-imports/index.js'
import { submissionIdOf } from '../../../../server/features/response-imports/submission-id.js'
import { readCsv } from '../../../support/csv.js'
import { projectTexts } from '../../../support/project-files.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'

describe('files of an import of responses', () => {
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  })
  after(() => rmSync(dir, { recursive: true }))
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(dir, name)
    writeFileSync(path, content)
    return path
  }
  async function rowsOf(path: string) {
    const { headings, rows } = await openCsv(path)
    const all: (readonly [number, ...string[]])[] = []
    for await (const { row, cells } of rows) all.push([row, ...cells])
    return { headings, all }
  }

  it('are CSV with commas or semicolons, with or without mark, rows counted as a spreadsheet does', async () => {
    const kobo = write('kobo.csv', '\uFEFF"start";"g/A,1"\r\n"a";"Đường\n số 1"\r\n\r\n;\r\n"b";"say ""x"""\r\n')
    expect(await rowsOf(kobo)).to.deep.equal({
      headings: ['start', 'g/A,1'],
      all: [
        [2, 'a', 'Đường\n số 1'],
        [5, 'b', 'say "x"'],
      ],
    })
    expect((await rowsOf(write('odk.csv', 'KEY,A1\nuuid:1,4\n'))).all).to.deep.equal([[2, 'uuid:1', '4']])
  })

  const broken: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['nothing', '', /is empty/],
    ['other letters', Buffer.from('a,b\n\xd0\xce,1\n', 'latin1'), /csv: the file is not UTF-8/],
    ['a quote never closed', 'a,b\n1,"2\n3,4\n', /a quote is opened and never closed/],
    ['a quote inside a cell', 'a,b\n1,2\n3,x"4\n', /row 3: a quote stands inside a cell/],
  ]
  for (const [name, content, what] of broken) {
    it(`are refused when they hold ${name}`, async () => {
      const failure = await rowsOf(write('broken.csv', content)).then(
        () => '',
        (error: Error) => error.message,
      )
      expect(failure)
        .to.match(what)
        .and.match(/broken\.csv/)
    })
  }

  it('take a mapping in YAML, numbers as texts, and name the line of a mistake', () => {
    const good = write(
      'good.yaml',
      'mode: phone\nunit: { column: ward, codes: { 26734: p-mot } }\nitems: { C1: rate }\n',
    )
    expect(readMappingFile(good).value).to.deep.equal({
      mode: 'phone',
      unit: { column: 'ward', codes: { '26734': 'p-mot' } },
      items: { C1: { column: 'rate' } },
    })
    const bad = readMappingFile(write('bad.yaml', 'mode: fax\nunits: x\n'))
    expect(bad.problems.map(({ line }) => line)).to.deep.equal([1, 1])
  })

  it('give rejected rows back with reasons, without formulas, without columns that nobody reads', async () => {
    const headings = [
      'case_unit',
      'case_service',
      'case_month',
      'case_mode',
      'consent_statement',
      'case_questionnaire',
      'S2',
      'KEY',
      'phone',
    ]
    const { plan } = planImport(headings, smallQuestionnaire(), { items: {} })
    const path = join(dir, 'rejects.csv')
    const file = createRejectsFile(path, plan!, projectTexts().translator('en'))
    const cells = ['=cmd()', 'HT', '2026-02', 'phone', 'OK', 'h', '3000', 'uuid:1', '0903 123 456']
    await file.write({ row: 7, cells }, [
      { code: 'out_of_range', column: 'S2', params: { min: 1900, max: 2026 } },
      { code: 'cells', column: '', params: {} },
    ])
    await file.close()
    const text = readFileSync(path, 'utf8')
    expect(readCsv(text.slice(1))).to.deep.equal([
      {
        reject_row: '7',
        reject_columns: 'S2',
        reject_codes: 'out_of_range cells',
        reject_reasons: 'S2: Must lie from 1900 to 2026; The row has more or fewer cells than the header',
        ...Object.fromEntries(headings.slice(0, -1).map((heading, i) => [heading, i === 0 ? "'=cmd()" : cells[i]!])),
      },
    ])
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })

  it('have a sentence for every reason', () => {
    for (const code of ROW_FAULTS) expect(projectTexts().has(`imports.reason_${code}`), code).to.equal(true)
  })

  it('lead to ids that are the same for the same submission alone', () => {
    const id = submissionIdOf('0F5E-1')
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(submissionIdOf('0f5e-1')).to.equal(id)
    expect(submissionIdOf('0f5e-2')).not.to.equal(id)
  })
})
