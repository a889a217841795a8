import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { encodeCsv } from '../../../../server/features/exports/formats/csv.js'
import { cutToBytes, cutToLength } from '../../../../server/features/exports/formats/cut-text.js'
import { rScript } from '../../../../server/features/exports/formats/r-script.js'
import { stataScript } from '../../../../server/features/exports/formats/stata-script.js'
import { bytesOf, CASES, microdataTable } from '../../../support/microdata-table.js'

const { variables, rows } = microdataTable()
const names = variables.map(({ name }) => name)
const facts = { language: 'vi', title: 'Đợt khảo sát `2026` $x', csvName: 'data.csv', separator: ',' } as const

describe('CSV files, read back by csv-parse', () => {
  for (const separator of [',', ';'] as const)
    it(`hold every row, code and letter, separated by ${separator}`, async () => {
      const bytes = await bytesOf(encodeCsv(names, rows, separator))
      expect(bytes.subarray(0, 3)).to.deep.equal(Buffer.from([0xef, 0xbb, 0xbf]))
      const read = parse(bytes, { bom: true, columns: true, delimiter: separator, record_delimiter: '\r\n' })
      expect(read).to.have.length(CASES.length)
      for (const [i, one] of CASES.entries())
        for (const [name, cell] of Object.entries(one)) {
          const expected = cell === '=cmd()' ? "'=cmd()" : String(cell ?? '')
          expect((read[i] as Record<string, string>)[name], `row ${i} ${name}`).to.equal(expected)
        }
    })

  it('begin no formula in any text', async () => {
    const texts = ['=1', '+1', '-1', '@x', '\tx', '\r=1', '\n=1']
    const bytes = await bytesOf(
      encodeCsv(
        ['a'],
        texts.map((text) => [text]),
      ),
    )
    const read = parse(bytes, { bom: true, from: 2, record_delimiter: '\r\n' }) as string[][]
    expect(read.map(([text]) => text)).to.deep.equal(texts.map((text) => `'${text}`))
  })
})

describe('labels cut to size', () => {
  it('end between letters, also where marks are written apart', () => {
    // "lòng": l, o + combining grave (2 bytes), n, g. With the ellipsis (3 bytes), 6 bytes hold "l" and no torn "ò" of 3.
    expect(cutToBytes('lo\u0300ng lo\u0300ng', 6)).to.equal('l…')
    expect(cutToBytes('lo\u0300ng lo\u0300ng', 7)).to.equal('lo\u0300…')
    expect(cutToBytes('Hài lòng', 7)).to.equal('Hài…')
    expect(cutToBytes('Hài lòng', 10)).to.equal('Hài lòng')
    expect(cutToLength('Hài lòng', 5)).to.equal('Hài…')
  })
})

describe('scripts for R and Stata', () => {
  it('label every variable and value in R, and know the missing codes', () => {
    const script = rScript(variables, facts)
    for (const name of names) expect(script).to.include(`label("${name}", "`)
    expect(script).to.include('`Không cung cấp để bảo vệ người trả lời` = 95')
    expect(script).to.include('fileEncoding = "UTF-8-BOM"')
    expect(script).to.match(/coded <- c\(.*"S2".*\)/)
    expect(script).not.to.match(/coded <- c\(.*"weight".*\)/)
  })

  it('name columns by place in Stata, past the byte order mark, and make codes extended missing values', () => {
    const script = stataScript(variables, facts)
    expect(script).to.include('varnames(nonames) rowrange(2)')
    for (const [i, name] of names.entries()) expect(script).to.include(`\nrename v${i + 1} ${name}\n`)
    expect(script).to.include('quietly mvdecode S2, mv(95 = .e \\ 96 = .a \\ 97 = .b \\ 98 = .c \\ 99 = .d)')
    expect(script).to.include('    .e `"Không cung cấp để bảo vệ người trả lời"\'')
    expect(script).not.to.include('mvdecode weight')
  })

  it('let no text be read as code', () => {
    const nasty = 'a"\'`x\' $y \\ "quoted"'
    const sly = variables.map((variable) => ({ ...variable, label: { vi: nasty, en: nasty } })) as typeof variables
    const labels = stataScript(sly, facts).match(/^label variable S1 .*$/m)![0]
    expect(labels).to.equal('label variable S1 `"a” ’‘x\' ＄y \\ "quoted""\'')
    expect(rScript(sly, facts)).to.include('label("S1", "a\\"\'`x\' $y \\\\ \\"quoted\\""')
  })
})
