import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { encodeSav } from '../../../../server/features/exports/formats/sav.js'
import { bytesOf, CASES, LONG_LABEL, microdataTable } from '../../../support/microdata-table.js'
import { inPieces, readSav } from '../../../support/read-sav.js'

async function read(table = microdataTable()) {
  const dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  try {
    writeFileSync(join(dir, 'data.sav'), await bytesOf(encodeSav(table)))
    return await readSav(join(dir, 'data.sav'))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

describe('SPSS files, read back by sav-reader (PSPP and haven: decision 0022)', () => {
  it('hold every row, code and letter', async () => {
    const { meta, rows } = await read()
    expect(meta.header).to.include({ n_cases: 3, encoding: 'UTF-8' })
    expect(rows).to.have.length(CASES.length)
    for (const [i, one] of CASES.entries())
      for (const [name, cell] of Object.entries(one)) {
        const expected = typeof cell === 'string' ? inPieces(cell) : cell
        expect(rows[i]![name] || null, `row ${i} ${name}`).to.equal(expected || null)
      }
  })

  it('tell the weight, so that weighted percents are the same', async () => {
    const { meta, rows } = await read()
    expect(meta.header.weight?.name).to.equal('weight')
    const weightOf = (cases: typeof rows) => cases.reduce((sum, { weight }) => sum + Number(weight), 0)
    const share = weightOf(rows.filter(({ C1 }) => C1 === 5)) / weightOf(rows)
    // By hand: weights 2.5, 0.5 and 1; the first row alone answered 5.
    expect(100 * share).to.equal(62.5)
  })

  it('have long names, labels of variables and values, missing codes and measures', async () => {
    const { meta } = await read()
    const variable = (name: string) => meta.sysvars.find((one) => one.name === name)!
    expect(meta.sysvars.map(({ name }) => name)).to.deep.equal(microdataTable().variables.map(({ name }) => name))
    expect(variable('unit_name').label).to.equal('Tên đơn vị tại ngày giao dịch')
    expect(variable('S2').missing).to.deep.equal({ min: 96, max: 99, value: 95 })
    expect(variable('C2').missing).to.deep.equal({ min: 96, max: 99 })
    expect(variable('weight').missing ?? null).to.equal(null)
    expect(meta.getValueLabels('S2')).to.deep.include({ val: 95, label: 'Không cung cấp để bảo vệ người trả lời' })
  })

  it('tell how far one may calculate, in record 7/11', async () => {
    const bytes = await bytesOf(encodeSav(microdataTable()))
    const { variables } = microdataTable()
    const start = Buffer.from(new Int32Array([7, 11, 4, 3 * variables.length]).buffer)
    const at = bytes.indexOf(start) + start.length
    const measures = variables.map((_, i) => bytes.readInt32LE(at + 12 * i))
    const measureOf = (name: string) => measures[variables.findIndex((one) => one.name === name)]
    expect(['unit_name', 'S2', 'weight'].map(measureOf)).to.deep.equal([1, 2, 3])
  })

  it('cut labels to their bytes without tearing a letter', async () => {
    const { meta } = await read()
    const label = meta.sysvars.find(({ name }) => name === 'C1')!.label!
    const [value] = meta.getValueLabels('C1')
    for (const [text, most] of [
      [label, 256],
      [value!.label, 120],
    ] as const) {
      expect(Buffer.byteLength(text)).to.be.within(most - 8, most)
      expect(text).not.to.include('\uFFFD')
      expect(LONG_LABEL.startsWith(text.slice(0, -1)) && text.endsWith('…')).to.equal(true)
    }
  })

  it('stay whole over many blocks', async () => {
    const cases = Array.from({ length: 1000 }, (_, i) => ({
      ...CASES[i % 3]!,
      psu: i * 7,
      P5_NAME: i % 2 ? '=cmd()' : null,
    }))
    const { rows } = await read(microdataTable(cases))
    expect(rows.map(({ psu }) => psu)).to.deep.equal(cases.map(({ psu }) => psu))
    expect(rows.map((row) => row.P5_NAME || null)).to.deep.equal(cases.map((one) => one.P5_NAME))
  })

  it('are refused when rows are missing', () => {
    expect(() => [...encodeSav(microdataTable(CASES, { rowCount: 4 }))]).to.throw(
      RangeError,
      '4 rows were announced and 3 came',
    )
  })
})
