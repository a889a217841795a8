import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import readSheets from 'read-excel-file/node'
import { runXlsform } from '../../scripts/support/xlsform-command.js'
import { readQuestionnaireFile, toPublished } from '../../server/features/questionnaires/index.js'
import { runCommand } from '../support/run-command.js'
import { workbookOf } from '../support/xlsform.js'

const CITIZEN = '1ecb674ba89f7a0e3a130933fa999d0633df21b2986a0a25c8f48fee6428a045'

describe('the command xlsform', function () {
  this.timeout(60_000)
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  })
  after(() => rmSync(dir, { recursive: true }))
  const run = (...args: string[]) => runCommand({}, 'xlsform.ts', args)

  it('writes a published questionnaire as a form and reads it back to the same hash', async () => {
    const [form, draft] = [join(dir, 'citizen.xlsx'), join(dir, 'citizen.yaml')]
    const out = await run('export', 'citizen', '--out', form, '--mode', 'phone')
    expect([out.code, out.stderr]).to.deep.equal([0, ''])
    expect(out.stdout).to.include(CITIZEN).and.include('  factors: XLSForm knows no factors of an index')

    const sheets = new Map((await readSheets(readFileSync(form))).map(({ sheet, data }) => [sheet, data]))
    expect([...sheets.keys()]).to.deep.equal(['survey', 'choices', 'settings', 'not_carried_over'])
    const [header, ...rows] = sheets.get('survey')!
    expect(header!.slice(0, 4)).to.deep.equal(['type', 'name', 'label::Tiếng Việt (vi)', 'label::English (en)'])
    const wishes = rows.find(([, name]) => name === 'H6')!
    expect(wishes[0]).to.equal('select_multiple H6')
    expect(wishes[header!.indexOf('constraint')]).to.equal('count-selected(.) <= 3')
    expect(wishes[header!.indexOf('constraint_message::English (en)')]).to.equal('Choose no more than 3')
    expect(rows.find(([, name]) => name === 'case_mode')![header!.indexOf('calculation')]).to.equal("'phone'")
    const [titles, values] = sheets.get('settings')!
    expect(values![titles!.indexOf('version')]).to.equal(CITIZEN)
    const places = sheets.get('choices')!.filter(([list]) => list === 'places_phuong_xa_dac_khu')
    expect(places).to.have.length(168)

    const back = await run('import', form, '--out', draft)
    expect([back.code, back.stderr, back.stdout]).to.deep.equal([0, '', `${draft}: written as a draft\n`])
    const file = readQuestionnaireFile(draft)
    expect(file.kind === 'valid' && toPublished(file.questionnaire).hash).to.equal(CITIZEN)
  })

  it('tells what did not come over and what is still to be added, and writes nothing of a bad file', async () => {
    const [form, draft] = [join(dir, 'small.xlsx'), join(dir, 'small.yaml')]
    const survey = [
      ['type', 'name', 'label'],
      ['geopoint', 'where', 'Ở đâu?'],
      ['text', 'why', 'Vì sao?'],
    ]
    writeFileSync(form, await workbookOf({ survey }))
    const { code, stdout } = await run('import', form, '--out', draft)
    expect(code).to.equal(0)
    expect(stdout).to.match(/survey row 2, column type: no kind of item is like this type: left out/)
    expect(stdout).to.match(/small\.yaml:\d+: factors: /)
    expect(readFileSync(draft, 'utf8')).to.include('code: WHY')

    const refusal = (...args: string[]) =>
      runXlsform(args).then(
        () => '',
        (error: Error) => error.message,
      )
    expect(await refusal('import', form, '--out', draft)).to.equal(
      `${draft} exists: name another file, or take it away first`,
    )
    const bad = join(dir, 'bad.yaml')
    writeFileSync(form, 'type,name\n')
    expect(await refusal('import', form, '--out', bad)).to.match(/small\.xlsx: it is no Excel workbook/)
    expect(existsSync(bad)).to.equal(false)
    expect(await refusal('export', 'nobody', '--out', join(dir, 'x.xlsx'))).to.equal(
      'No published questionnaire is called nobody. Published: business-2026.1, citizen-2026.1, counter-2026.1; a draft is named by its file',
    )
  })
})
