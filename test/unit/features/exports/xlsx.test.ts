import { expect } from 'chai'
import readWorkbook from 'read-excel-file/node'
import { encodeXlsx } from '../../../../server/features/exports/formats/xlsx.js'
import { columnLetters } from '../../../../server/features/exports/formats/xlsx-parts.js'
import { bytesOf, CASES, microdataTable } from '../../../support/microdata-table.js'

const names = microdataTable().variables.map(({ name }) => name)

describe('Excel workbooks, read back by read-excel-file', () => {
  it('hold every row, code and letter, and the codebook', async () => {
    const sheets = await readWorkbook(await bytesOf(encodeXlsx(microdataTable())))
    expect(sheets.map(({ sheet }) => sheet)).to.deep.equal(['data', 'codebook'])
    const [header, ...rows] = sheets[0]!.data
    expect(header).to.deep.equal(names)
    expect(rows).to.deep.equal(CASES.map((one) => names.map((name) => one[name] || null)))
    expect(sheets[1]!.data[0]!.slice(0, 4)).to.deep.equal(['variable', 'type', 'label_vi', 'label_en'])
    expect(sheets[1]!.data.find(([name]) => name === 'unit_name')![2]).to.equal('Tên đơn vị tại ngày giao dịch')
  })

  it('go on in another sheet when one is full', async () => {
    const cases = Array.from({ length: 5 }, (_, i) => ({ ...CASES[0]!, psu: i }))
    const sheets = await readWorkbook(await bytesOf(encodeXlsx(microdataTable(cases), 3)))
    expect(sheets.map(({ sheet }) => sheet)).to.deep.equal(['data', 'data 2', 'data 3', 'codebook'])
    expect(sheets.slice(0, 3).map(({ data }) => data.length)).to.deep.equal([3, 3, 2])
    for (const { data } of sheets.slice(0, 3)) expect(data[0]).to.deep.equal(names)
  })

  it('fail as a whole when rows cannot be made', async () => {
    const broken = {
      [Symbol.iterator]: () => ({
        next: () => {
          throw new Error('no more rows')
        },
      }),
    }
    const failure = await bytesOf(encodeXlsx(microdataTable(CASES, { rows: broken }))).catch(
      (error: Error) => error.message,
    )
    expect(failure).to.equal('no more rows')
  })

  it('name columns as Excel does', () => {
    expect([0, 25, 26, 701, 702].map(columnLetters)).to.deep.equal(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})
