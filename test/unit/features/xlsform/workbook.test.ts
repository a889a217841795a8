import { expect } from 'chai'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { importForm } from '../../../../server/features/xlsform/index.js'
import { readWorkbook } from '../../../../server/features/xlsform/read-workbook.js'
import { workbookOf } from '../../../support/xlsform.js'

const SHEETS = {
  survey: [
    ['type', 'name', 'label'],
    ['text', 'A1', 'Vì sao?'],
  ],
  choices: [['list_name', 'name']],
}

/** The workbook with a part of its first sheet changed. */
async function changed(from: string | RegExp, to: string): Promise<Uint8Array> {
  const parts = unzipSync(await workbookOf(SHEETS))
  const path = 'xl/worksheets/sheet1.xml'
  const xml = strFromU8(parts[path]!)
  expect(xml).to.match(new RegExp(from))
  return zipSync({ ...parts, [path]: strToU8(xml.replace(from, to)) })
}

const faultsOf = async (bytes: Uint8Array) => {
  const outcome = await importForm(bytes)
  return outcome.kind === 'faults' ? outcome.faults.join('\n') : outcome.kind
}

describe('the workbook of a form', () => {
  it('is read with its empty rows in place', async () => {
    const survey = [
      ['type', 'name'],
      ['', ''],
      ['text', 'A1'],
    ]
    const reading = await readWorkbook(await workbookOf({ survey, other: [['x']] }))
    expect(reading.kind === 'tables' && [...reading.tables]).to.deep.equal([['survey', survey]])
  })

  it('may hold no formula, no merged cells, no dates', async () => {
    expect(await faultsOf(await changed('<c r="B2" t="s"><v>4</v></c>', '<c r="B2"><f>1+1</f><v>2</v></c>'))).to.match(
      /survey B2: has a formula/,
    )
    expect(
      await faultsOf(
        await changed('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
      ),
    ).to.match(/survey A1:B1: cells are merged/)
    const styles = '<numFmts/><cellXfs count="3"><xf/><xf/><xf numFmtId="14"/></cellXfs>'
    const parts = unzipSync(await changed('<c r="B2" t="s"><v>4</v></c>', '<c r="B2" s="2"><v>45000</v></c>'))
    const dated = strFromU8(parts['xl/styles.xml']!).replace(/<cellXfs.*<\/cellXfs>/, styles.replace('<numFmts/>', ''))
    expect(await faultsOf(zipSync({ ...parts, 'xl/styles.xml': strToU8(dated) }))).to.match(/survey row 2: .* a date/)
  })

  const broken: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, RegExp])[] = [
    ['an empty file', () => new Uint8Array(0), /no Excel workbook/],
    ['a text', () => strToU8('type,name\ntext,A1\n'), /no Excel workbook/],
    [
      'an old .xls',
      () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
      /old .xls file or has a password/,
    ],
    ['a zip of something else', () => zipSync({ 'a.txt': strToU8('hello') }), /workbook/],
    ['half of a workbook', async () => (await workbookOf(SHEETS)).subarray(0, 700), /no Excel workbook/],
    ['a file of 11 MB', () => Buffer.concat([Buffer.from('PK'), Buffer.alloc(11 * 1024 * 1024)]), /a form at most/],
    [
      'one that unpacks to 60 MB',
      async () =>
        zipSync({ ...unzipSync(await workbookOf(SHEETS)), 'xl/media/a.bin': new Uint8Array(60 * 1024 * 1024) }),
      /unpacks to more than 50 MB/,
    ],
    [
      'one of a thousand empty parts',
      async () => {
        const empty = Array.from({ length: 1000 }, (_, i) => [`xl/media/${i}.bin`, new Uint8Array(0)])
        return zipSync({ ...unzipSync(await workbookOf(SHEETS)), ...Object.fromEntries(empty) })
      },
      /more than 1,000 parts/,
    ],
  ]
  it('is refused when a part is larger than it says', async () => {
    const sheet = 'xl/worksheets/sheet1.xml'
    const { [sheet]: first, ...others } = unzipSync(await workbookOf(SHEETS))
    const xml = strFromU8(first!)
    const huge = xml.replace('</sheetData>', `</sheetData>${' '.repeat(60 * 1024 * 1024)}`)
    const bytes = Buffer.from(zipSync({ [sheet]: strToU8(huge), ...others }))
    // Both places that tell the unpacked size: offset 22 of the local header, 24 of the directory (PKWARE APPNOTE 4.3.7, 4.3.12).
    const told = xml.indexOf('</sheetData>')
    bytes.writeUInt32LE(told, 22)
    bytes.writeUInt32LE(told, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
    expect(await faultsOf(bytes)).to.match(/no Excel workbook, or a broken one/)
  })

  for (const [name, make, what] of broken) {
    it(`is refused when it is ${name}`, async () => expect(await faultsOf(await make())).to.match(what))
  }
})
