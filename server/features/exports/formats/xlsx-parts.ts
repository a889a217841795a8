const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML 1.0 cannot hold at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** A text as content or attribute of XML. */
export const xmlText = (text: string): string =>
  text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!)

/**
 * The parts of a workbook besides its sheets and texts, by path.
 *
 * @param sheets names of the sheets, in order
 * @see ECMA-376, part 1, 18 (SpreadsheetML), and part 2 (packages)
 */
export function workbookParts(sheets: readonly string[]): ReadonlyMap<string, string> {
  const parts = sheets.map((name, i) => ({ name, id: `rId${i + 1}`, path: `worksheets/sheet${i + 1}.xml` }))
  const override = (path: string, kind: string) =>
    `<Override PartName="/xl/${path}" ContentType="${CONTENT}.${kind}+xml"/>`
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`
  return new Map([
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('workbook.xml', 'sheet.main')}${parts.map(({ path }) => override(path, 'worksheet')).join('')}${override('sharedStrings.xml', 'sharedStrings')}${override('styles.xml', 'styles')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${parts.map(({ name, id }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="${id}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${parts.map(({ id, path }) => relation(id, 'worksheet', path)).join('')}${relation(`rId${parts.length + 1}`, 'sharedStrings', 'sharedStrings.xml')}${relation(`rId${parts.length + 2}`, 'styles', 'styles.xml')}</Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ],
  ])
}

/** What stands around the rows of a sheet; the first row stays in view. */
export const SHEET = {
  before: `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`,
  after: '</sheetData></worksheet>',
} as const

/** The texts of all sheets, each once. */
export function* sharedStrings(texts: readonly string[]): Generator<string> {
  yield `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${texts.length}">`
  for (const text of texts) yield `<si><t xml:space="preserve">${xmlText(text)}</t></si>`
  yield '</sst>'
}

/**
 * The letters of a column.
 *
 * @param index from 0
 * @example columnLetters(27) // 'AB'
 */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  const letter = String.fromCharCode(65 + (index % 26))
  return rest === 0 ? letter : columnLetters(rest - 1) + letter
}
