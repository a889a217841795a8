/**
 * Parts of a Word document in the layout of administrative documents: national header and motto, number, place and date left
 * to whoever signs, recipients; Times New Roman 13, margins 20, 30, 15 and 20 mm.
 *
 * @see Nghị định 30/2020/NĐ-CP, annex I, on layout; the text was not read here, the layout follows what such papers look like
 */
import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Translate } from '../../platform/text.js'
import type { Issuer } from './issuers.js'
import { cellText } from './paper-cells.js'
import type { PaperTable } from './paper-table.js'

export const FONT = 'Times New Roman'
/** Half points. */
export const BODY = 26
export const SMALL = 20
const MILLIMETRE = 56.7
const twips = (millimetres: number) => Math.round(millimetres * MILLIMETRE)
const MARGINS = { top: twips(20), bottom: twips(20), left: twips(30), right: twips(15) }

type Align = (typeof AlignmentType)[keyof typeof AlignmentType]

interface Look {
  readonly bold?: boolean
  readonly italics?: boolean
  readonly size?: number
  readonly align?: Align
  readonly after?: number
  readonly keepNext?: boolean
}

export function paragraph(
  words: string,
  { bold = false, italics = false, size = BODY, align = AlignmentType.LEFT, after = 80, keepNext = false }: Look = {},
) {
  const lines = words.split('\n')
  return new Paragraph({
    alignment: align,
    keepNext,
    spacing: { after },
    children: lines.map((line, i) => new TextRun({ text: line, bold, italics, size, ...(i > 0 ? { break: 1 } : {}) })),
  })
}

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER }

/** Two columns without lines: the head and the foot of the paper. */
function columns(left: readonly Paragraph[], right: readonly Paragraph[], widths: readonly [number, number]) {
  const cell = (children: readonly Paragraph[], width: number) =>
    new TableCell({ children, borders: NO_BORDERS, width: { size: width, type: WidthType.PERCENTAGE } })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
    rows: [new TableRow({ children: [cell(left, widths[0]), cell(right, widths[1])] })],
  })
}

export function head(t: Translate, issuer: Issuer): Table {
  const centre = { align: AlignmentType.CENTER, after: 20 }
  return columns(
    [
      paragraph(issuer.authority, { ...centre, size: 24 }),
      paragraph(issuer.name, { ...centre, size: 24, bold: true }),
      paragraph(issuer.number, { ...centre, after: 0 }),
    ],
    [
      paragraph(t('paper.nation'), { ...centre, size: 24, bold: true }),
      paragraph(t('paper.motto'), { ...centre, bold: true }),
      paragraph(t('paper.place_date'), { ...centre, italics: true, after: 0 }),
    ],
    [38, 62],
  )
}

export function foot(t: Translate, { recipients, signs }: Pick<Issuer, 'recipients' | 'signs'>): Table {
  return columns(
    [
      paragraph(t('paper.recipients'), { bold: true, italics: true, size: 24, after: 0 }),
      paragraph(recipients, { size: 22 }),
    ],
    [paragraph(signs, { bold: true, align: AlignmentType.CENTER })],
    [50, 50],
  )
}

export const heading = (words: string) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    keepNext: true,
    spacing: { before: 240, after: 120 },
    children: [new TextRun({ text: words, bold: true, size: BODY, color: '000000', font: FONT })],
  })

export function tableOf({ title, columns: cols, rows }: PaperTable): readonly FileChild[] {
  const cellOf = (words: string, i: number, bold: boolean) =>
    new TableCell({
      verticalAlign: VerticalAlignTable.CENTER,
      width: { size: cols[i]!.width, type: WidthType.PERCENTAGE },
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      children: [
        paragraph(words, {
          bold,
          size: SMALL,
          after: 0,
          align: cols[i]!.isNumber ? AlignmentType.RIGHT : AlignmentType.LEFT,
        }),
      ],
    })
  return [
    paragraph(title, { bold: true, after: 60, keepNext: true }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: cols.map(({ label }, i) => cellOf(label, i, true)),
        }),
        ...rows.map(
          ({ cells, isStrong }) =>
            new TableRow({ cantSplit: true, children: cells.map((cell, i) => cellOf(cellText(cell), i, isStrong)) }),
        ),
      ],
    }),
    paragraph('', { after: 120 }),
  ]
}

/** Pages of A4 with a line at their foot that says what they are of. */
export function section(footer: string, children: readonly FileChild[], isWide: boolean): ISectionOptions {
  const line = [
    new TextRun({ text: footer, size: SMALL }),
    new TextRun({ children: [PageNumber.CURRENT], size: SMALL }),
  ]
  return {
    properties: {
      page: {
        margin: MARGINS,
        size: {
          width: twips(210),
          height: twips(297),
          orientation: isWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
      },
    },
    footers: {
      default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: line })] }),
    },
    children: [...children],
  }
}
