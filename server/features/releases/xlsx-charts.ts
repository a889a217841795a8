/**
 * Charts in a workbook: bars over cells of one of its sheets, so that whoever changes a cell sees the bar move.
 *
 * The package that writes the workbook draws none; the few parts of a drawing are added to its zip here.
 *
 * @see ECMA-376 part 1, 20.5 (SpreadsheetML drawing) and 21.2 (charts)
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** A bar chart over a table of cells: labels in the first column, a series in each other, names in the row above. */
export interface SheetChart {
  /** Name of its sheet. */
  readonly sheet: string
  readonly title: string
  /** Red, green, blue in hexadecimal, one for each series. */
  readonly colours: readonly string[]
  readonly isStacked: boolean
  /** Row of the names of the series, from 1; labels follow below it. */
  readonly headRow: number
  readonly barCount: number
  /** Rows that it covers, from 0. */
  readonly fromRow: number
  readonly toRow: number
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const TYPES = 'application/vnd.openxmlformats-officedocument'
/** Columns that a chart covers. */
const COLUMNS = 6

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const column = (i: number) => String.fromCharCode('A'.charCodeAt(0) + i)

/** Cells of a sheet as a formula names them. */
const rangeOf = (sheet: string, col: number, from: number, to: number) =>
  escaped(`'${sheet.replaceAll("'", "''")}'!$${column(col)}$${from}:$${column(col)}$${to}`)

function chartXml({ sheet, title, colours, isStacked, headRow, barCount }: SheetChart): string {
  const rows = [headRow + 1, headRow + barCount] as const
  const series = colours.map((colour, i) =>
    [
      `<c:ser><c:idx val="${i}"/><c:order val="${i}"/>`,
      `<c:tx><c:strRef><c:f>${rangeOf(sheet, i + 1, headRow, headRow)}</c:f></c:strRef></c:tx>`,
      `<c:spPr><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>`,
      `<c:cat><c:strRef><c:f>${rangeOf(sheet, 0, ...rows)}</c:f></c:strRef></c:cat>`,
      `<c:val><c:numRef><c:f>${rangeOf(sheet, i + 1, ...rows)}</c:f></c:numRef></c:val></c:ser>`,
    ].join(''),
  )
  const axis = (kind: 'cat' | 'val', id: number, other: number, more: string) =>
    [
      `<c:${kind}Ax><c:axId val="${id}"/>`,
      `<c:scaling><c:orientation val="${kind === 'cat' ? 'maxMin' : 'minMax'}"/></c:scaling><c:delete val="0"/>`,
      `<c:axPos val="${kind === 'cat' ? 'l' : 'b'}"/><c:tickLblPos val="nextTo"/><c:crossAx val="${other}"/>${more}`,
      `</c:${kind}Ax>`,
    ].join('')
  return [
    HEAD,
    `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}">`,
    '<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr sz="1200" b="1"/>',
    `<a:t>${escaped(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>`,
    `<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="${isStacked ? 'percentStacked' : 'clustered'}"/><c:varyColors val="0"/>`,
    ...series,
    `<c:gapWidth val="40"/>${isStacked ? '<c:overlap val="100"/>' : ''}<c:axId val="1"/><c:axId val="2"/></c:barChart>`,
    axis('cat', 1, 2, '<c:crosses val="autoZero"/>'),
    axis('val', 2, 1, '<c:crosses val="max"/>'),
    '</c:plotArea>',
    isStacked ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : '',
    '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>',
  ].join('')
}

function drawingXml({ title, fromRow, toRow }: SheetChart): string {
  const frame = [
    `<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${fromRow}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
    `<xdr:to><xdr:col>${COLUMNS}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${toRow}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>`,
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart" descr="${escaped(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`,
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">',
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>',
  ].join('')
  return `${HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}">${frame}</xdr:wsDr>`
}

const relationship = (id: string, type: string, target: string) =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`

/**
 * Adds a chart to each of some sheets of a workbook that has no drawings.
 *
 * @param charts by number of the sheet, from 1 in the order of the workbook
 */
export function withCharts(workbook: Uint8Array, charts: ReadonlyMap<number, SheetChart>): Buffer {
  const parts = unzipSync(workbook)
  const text = (name: string) => strFromU8(parts[name]!)
  const put = (name: string, xml: string) => {
    parts[name] = strToU8(xml)
  }
  const overrides: string[] = []
  for (const [n, chart] of charts) {
    const sheetPart = `xl/worksheets/sheet${n}.xml`
    put(sheetPart, text(sheetPart).replace('</worksheet>', '<drawing r:id="rIdDrawing"/></worksheet>'))
    put(`xl/worksheets/_rels/sheet${n}.xml.rels`, relationship('rIdDrawing', 'drawing', `../drawings/drawing${n}.xml`))
    put(`xl/drawings/drawing${n}.xml`, drawingXml(chart))
    put(`xl/drawings/_rels/drawing${n}.xml.rels`, relationship('rId1', 'chart', `../charts/chart${n}.xml`))
    put(`xl/charts/chart${n}.xml`, chartXml(chart))
    overrides.push(
      `<Override ContentType="${TYPES}.drawing+xml" PartName="/xl/drawings/drawing${n}.xml"/>`,
      `<Override ContentType="${TYPES}.drawingml.chart+xml" PartName="/xl/charts/chart${n}.xml"/>`,
    )
  }
  put('[Content_Types].xml', text('[Content_Types].xml').replace('</Types>', `${overrides.join('')}</Types>`))
  return Buffer.from(zipSync(parts))
}
