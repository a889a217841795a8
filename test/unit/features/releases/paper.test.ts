import { expect } from 'chai'
import { strFromU8, unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import { reportFormats } from '../../../../server/features/index-reports/index.js'
import { figuresFile, tablesFile } from '../../../../server/features/releases/make-contents.js'
import { moreTables, type Paper, toPaper } from '../../../../server/features/releases/paper.view.js'
import { cellText } from '../../../../server/features/releases/paper-cells.js'
import { paperDocument } from '../../../../server/features/releases/paper-docx.js'
import type { SheetTable } from '../../../../server/features/releases/paper-table.js'
import { paperWorkbook } from '../../../../server/features/releases/paper-xlsx.js'
import type { WrittenRelease } from '../../../../server/features/releases/read-release.js'
import { manyCases } from '../../../support/analysis-city.js'
import { readCsv } from '../../../support/csv.js'
import { cases } from '../../../support/guarded-city.js'
import { projectTexts } from '../../../support/project-files.js'
import { ANALYSED, analysedLines, contentsOf, releaseCases, releaseLines } from '../../../support/released-city.js'

const t = projectTexts().translator('vi')
const CONTEXT = { language: 'vi', t, formats: reportFormats('vi') } as const
const CITY = releaseCases([
  // 120 of 240 in the city; the second ward has too few for everybody to see.
  ...cases(120, 60, { unitUid: 'w1' }),
  ...cases(8, 4, { unitUid: 'w2' }),
  ...cases(112, 56, { unitUid: 'q5' }),
])

async function written(id: string, number: number): Promise<WrittenRelease> {
  const { manifest } = await contentsOf(CITY, {
    release: id,
    wave: '2026-web-citizen',
    number,
    corrects: null,
    reason: { vi: 'Công bố lần đầu', en: 'First' },
    code: '0.1.0',
    draftedAt: '2026-11-26T03:00:00.000Z',
    simulated: false,
    responses: { received: 240, complete: 240, voided: 0 },
  })
  return {
    id,
    waveId: '2026-web-citizen',
    number,
    reason: { vi: 'Công bố lần đầu', en: 'First' },
    state: 'published',
    draftedBy: 'an',
    draftedAt: new Date('2026-11-26T03:00:00Z'),
    manifest,
    failure: null,
    decidedBy: 'binh',
    decidedAt: null,
    note: null,
    publishedBy: 'chi',
    publishedAt: new Date('2026-11-26T04:00:00Z'),
    keyId: null,
    signature: null,
  }
}

describe('the report of a release on paper', () => {
  const paper = async (published: readonly WrittenRelease[] = []) => {
    const release = await written('2026-web-citizen-r1', 1)
    const [report] = CITY.reports
    const besides = { frozen: null, serviceName: (code: string) => code }
    return toPaper({ release, reports: CITY.reports, report: report!, ...besides, published }, CONTEXT)
  }
  /** The tables with every cell as it is read on paper. */
  const tablesOf = ({ tables }: Paper) =>
    tables.map(({ rows }) => ({ rows: rows.map(({ cells }) => ({ cells: cells.map(cellText) })) }))

  it('says the city’s index, and which release every figure comes from', async () => {
    const { results, source, warnings } = await paper()
    // 120 of 240 on every item: 50 %; Wilson with n = 240 is 43.7 to 56.3.
    expect(results[0]).to.include('50,0').and.include('43,7').and.include('56,3').and.include('240')
    expect(source.join(' '))
      .to.include('2026-web-citizen-r1')
      .and.include('26/11/2026')
      .and.match(/[0-9a-f]{64}/)
    expect(warnings).to.deep.equal([])
  })

  it('counts responses and units', async () => {
    const tables = tablesOf(await paper())
    // Six units in scope, three of them answered about; of the two with thirty or more one is hidden, or the city less it would give the third.
    expect(tables[0]!.rows.map(({ cells }) => cells[1])).to.deep.equal(['240', '240', '6', '3', '1'])
  })

  it('names for each row the line of figures.csv on which its figure stands', async () => {
    const tables = tablesOf(await paper())
    const rows = readCsv((await figuresFile(CITY.reports)).toString())
    const onLine = (source: string) => rows[Number(source) - 2]!
    for (const { cells } of tables[1]!.rows) {
      const row = onLine(cells.at(-1)!)
      expect(row.scope).to.equal('total')
      // Of a negative statement it says that those who disagree are counted.
      expect(cells[0]!.startsWith(row.label_vi!)).to.equal(true)
      if (row.status === 'published')
        expect(cells[1]).to.equal(Number(row.top_two_percent).toFixed(1).replace('.', ','))
    }
    const names = tables[2]!.rows.map(({ cells }) => [cells[0], onLine(cells.at(-1)!).unit_name_vi] as const)
    expect(names.every(([name, found]) => name!.startsWith(found!))).to.equal(true)
    const factor = tables[3]!.rows.find(({ cells }) => cells[0] === 'Tên q5')!.cells[1]!
    const { unit_uid, code, level } = onLine(/\[(\d+)\]/.exec(factor)![1]!)
    expect([unit_uid, level, code]).to.deep.equal(['q5', 'factor', 'F1'])
  })

  it('marks what is hidden, and gives nothing of it', async () => {
    const tables = tablesOf(await paper())
    const hidden = tables[2]!.rows.find(({ cells }) => cells[0] === 'Tên w2')!
    expect(hidden.cells.slice(1, 6)).to.deep.equal(['8', 'ẩn (a)', '', '', ''])
  })

  it('says in front that it is superseded', async () => {
    const { warnings } = await paper([await written('2026-web-citizen-r2', 2)])
    expect(warnings.join()).to.include('2026-web-citizen-r2')
  })

  it('is a workbook too, of numbers with all their digits, read by another program', async () => {
    const one = await paper()
    const sheets = await readWorkbook(await paperWorkbook(one, t))
    expect(sheets.map(({ sheet }) => sheet)).to.deep.equal([
      'Báo cáo',
      'Biểu đồ 1',
      'T3 Tiêu chí',
      'T4 Đơn vị',
      'T4 Yếu tố',
      'T5 Lĩnh vực',
      'Ghi chú',
    ])
    const [front, charts, lines, units, factors, services, end] = sheets.map(({ data }) => data)
    const words = (rows: typeof front) =>
      rows!
        .flat()
        .filter((cell) => typeof cell === 'string')
        .join('\n')
    for (const expected of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'BÁO CÁO',
      '2026-web-citizen-r1',
      'Bảng 1 (T1). Phiếu',
    ])
      expect(words(front)).to.include(expected)
    expect(words(end)).to.include('Nơi nhận:').and.include('VIỆN TRƯỞNG')
    const counts = front!.filter(([, count]) => typeof count === 'number').map(([, count]) => count)
    expect(counts).to.deep.equal([240, 240, 6, 3, 1])

    // The figures of figures.csv, digit for digit, on the line that the last column names.
    const released = readCsv((await figuresFile(CITY.reports)).toString())
    const rows = [...lines!.slice(2), ...units!.slice(2)]
    const shown = rows.filter(([, ...cells]) => typeof cells.at(-1) === 'number')
    expect(shown.length).to.be.greaterThan(5)
    for (const row of lines!.slice(2)) {
      const source = released[Number(row.at(-1)) - 2]!
      if (source.status === 'published') expect(row[1]).to.equal(Number(source.top_two_percent))
    }
    const hidden = units!.find(([name]) => name === 'Tên w2')!
    expect(hidden.slice(1, 4)).to.deep.equal([8, 'ẩn (a)', null])
    expect(factors!.find(([name]) => name === 'Tên q5')![1]).to.be.a('number')
    // The numbers under the chart are those of the release: every item 50 % at level 5 and 50 % at level 2.
    const bars = charts!.filter(([, ...shares]) => typeof shares[0] === 'number')
    expect(bars.length).to.be.greaterThan(1)
    for (const [, ...shares] of bars) expect(shares.map(Number)).to.deep.equal([0, 50, 0, 0, 50])
    expect(services!.slice(2).map(([name, n]) => [name, n])).to.deep.equal([['s1', 240]])
  })

  it('is a workbook with a chart over its numbers, in the parts that such a file names', async () => {
    const parts = unzipSync(await paperWorkbook(await paper(), t))
    const text = (name: string) => strFromU8(parts[name]!)
    expect(text('xl/worksheets/sheet2.xml')).to.include('<drawing r:id="rIdDrawing"/>')
    expect(text('xl/worksheets/_rels/sheet2.xml.rels')).to.include('../drawings/drawing2.xml')
    expect(text('xl/drawings/_rels/drawing2.xml.rels')).to.include('../charts/chart2.xml')
    expect(text('[Content_Types].xml')).to.include('/xl/charts/chart2.xml').and.include('/xl/drawings/drawing2.xml')
    // Names of the levels in row 23, bars from row 24 on.
    expect(text('xl/charts/chart2.xml')).to.include("'Biểu đồ 1'!$B$23:$B$23").and.include("'Biểu đồ 1'!$F$24:$F$")
  })

  it('is a workbook in which nothing can run, whatever a name begins with', async () => {
    const one = await paper()
    const evil = { ...one, about: '=HYPERLINK("http://evil")', notes: ['=1+1', '@SUM(A1)', '-2+3'] }
    const parts = unzipSync(await paperWorkbook(evil, t))
    const sheets = Object.entries(parts).filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name))
    expect(sheets).to.have.length(7)
    for (const [name, bytes] of sheets) expect(strFromU8(bytes), name).not.to.match(/<f[ >]/)
  })

  it('is a Word document with the national header, the tables, a chart and the recipients', async () => {
    const parts = unzipSync(await paperDocument(await paper(), t))
    const words = strFromU8(parts['word/document.xml']!)
      .replaceAll(/<w:br\/>|<\/w:p>/g, '\n')
      .replaceAll(/<[^>]+>/g, '')
    for (const expected of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'VIỆN NGHIÊN CỨU\nPHÁT TRIỂN',
      'BÁO CÁO',
      'Bảng 1 (T1). Phiếu',
      'Bảng 3 (T4). Đơn vị theo chỉ số',
      'Nơi nhận:',
      'VIỆN TRƯỞNG',
      'ẩn (a)',
    ])
      expect(words).to.include(expected)
    expect(Object.keys(parts).filter((name) => /chart\d+\.xml$/.test(name))).to.have.length(1)
    expect(words.match(/43,7/g)!.length).to.be.greaterThan(1)
  })
})

describe('the tables beyond the index on paper', () => {
  const RELEASED = releaseLines(
    ANALYSED,
    analysedLines(manyCases(2000)),
    [],
    [
      {
        wave: '2025-web',
        title: { vi: 'Đợt 2025', en: 'Wave 2025' },
        release: '2025-web-r1',
        manifestSha256: 'ab'.repeat(32),
        opensOn: '2025-01-01',
        closesOn: '2025-07-01',
        breaks: [],
        figures: {
          mean_of_children: { base: 900, percent: 50, lowPercent: 47, highPercent: 53, effectiveBase: 900 },
        },
      },
    ],
  )
  let rows: readonly Readonly<Record<string, string>>[]
  let tables: readonly SheetTable[]
  before(async () => {
    rows = readCsv((await tablesFile(RELEASED.tables)).toString().replace('\uFEFF', ''))
    const frozen = {
      rows: rows.map((texts, i) => ({ line: i + 2, texts })),
      questionnaire: RELEASED.questionnaire.questionnaire,
    }
    const [report] = RELEASED.reports
    const input = { reports: RELEASED.reports, report: report!, frozen, serviceName: (code: string) => code }
    tables = moreTables(input, CONTEXT)
  })
  const tableOf = (start: string) => tables.filter(({ sheet }) => sheet.startsWith(start))

  it('are T2 and T5 to T12, those of importance and quality in parts', () => {
    const names = tables.map(({ sheet }) => sheet.split(' ')[0])
    expect(names.join(' ')).to.equal('T2 T5 T6 T7 T8 T9 T10 T10 T11 T12 T12 T12')
    expect(tables.every(({ sheet }) => sheet.length <= 31)).to.equal(true)
  })

  it('have in each row of T7 and T8 the share that stands on the line it names', () => {
    let found = 0
    for (const { rows: own } of [...tableOf('T7'), ...tableOf('T8')])
      for (const { cells, isStrong } of own) {
        if (isStrong) continue
        const source = rows[Number(cellText(cells.at(-1)!)) - 2]!
        const text = cellText(cells.at(-3)!)
        if (source.status !== 'published') continue
        found += 1
        expect(text.replace('†', '').trim()).to.equal(Number(source.percent).toFixed(1).replace('.', ','))
      }
    expect(found).to.be.greaterThan(12)
  })

  it('put each question over its answers, and a group’s two figures beside each other', () => {
    const [groups] = tableOf('T6')
    expect(groups!.rows[0]).to.deep.include({ isStrong: true })
    expect(cellText(groups!.rows[0]!.cells[0]!)).to.equal('Câu P1')
    const [, first] = groups!.rows
    const at = (i: number) => rows[Number(cellText(first!.cells[i]!)) - 2]!
    expect([at(3).measure, at(6).measure, at(3).option === at(6).option]).to.deep.equal(['index', 'overall', true])
    expect(groups!.rows.some(({ cells }) => cellText(cells[0]!).includes('Wald'))).to.equal(true)
  })

  it('say how the city changed since the wave before, by which release', () => {
    const [trend] = tableOf('T9')
    const [before, own] = trend!.rows.map(({ cells }) => cells.map(cellText))
    expect(before!.slice(0, 2)).to.deep.equal(['Đợt 2025 [2025-web-r1]', '50,0'])
    const source = rows[Number(own!.at(-1)) - 2]!
    expect(own![4]).to.equal(CONTEXT.formats.signed(Number(source.points)))
    expect(Number(source.points)).to.be.closeTo(Number(source.percent) - 50, 1e-9)
  })

  it('give nothing of what is hidden or left out, and say why', async () => {
    const few = releaseLines(ANALYSED, analysedLines(manyCases(120)))
    const hidden = few.tables.filter(({ status }) => status === 'suppressed')
    expect(hidden.length).to.be.greaterThan(3)
    for (const { n, percent, top_two_percent } of hidden)
      expect([n, percent, top_two_percent].every((cell) => cell === null || cell === undefined)).to.equal(true)
    const rowsOfFew = few.tables.map((row, i) => ({
      line: i + 2,
      texts: Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? '' : String(value)])),
    }))
    const frozen = { rows: rowsOfFew, questionnaire: few.questionnaire.questionnaire }
    const [report] = few.reports
    const made = moreTables({ reports: few.reports, report: report!, frozen, serviceName: String }, CONTEXT)
    expect(JSON.stringify(made)).to.match(/ẩn \([abc]\)/)
  })
})
