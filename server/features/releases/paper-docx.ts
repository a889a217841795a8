/**
 * A paper as a Word document in the layout of administrative documents: national header and motto, number, place and date left
 * to whoever signs, recipients; Times New Roman 13, margins 20, 30, 15 and 20 mm.
 *
 * @see Nghị định 30/2020/NĐ-CP, annex I, on layout; the text was not read here, the layout follows what such papers look like
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  Packer,
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
import { ChartRun } from 'docx/charts'
import type { Translate } from '../../platform/text.js'
import type { Paper, PaperChart, PaperTable } from './paper.view.js'
import { cellText } from './paper-cells.js'

const FONT = 'Times New Roman'
/** Half points. */
const BODY = 26
const SMALL = 20
const MILLIMETRE = 56.7
const twips = (millimetres: number) => Math.round(millimetres * MILLIMETRE)
const MARGINS = { top: twips(20), bottom: twips(20), left: twips(30), right: twips(15) }
/** The five levels, worst to best, as on the pages. */
const LEVEL_COLOURS = ['A6611A', 'DFC27D', 'E9E7E2', '80CDC1', '018571']
/** Pixels: the width of the text on an upright A4 page. */
const CHART = { width: 620, rowHeight: 24, frame: 100 }

type Align = (typeof AlignmentType)[keyof typeof AlignmentType]

interface Look {
  readonly bold?: boolean
  readonly italics?: boolean
  readonly size?: number
  readonly align?: Align
  readonly after?: number
  readonly keepNext?: boolean
}

function paragraph(
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

function head(t: Translate): Table {
  const centre = { align: AlignmentType.CENTER, after: 20 }
  return columns(
    [
      paragraph(t('paper.authority'), { ...centre, size: 24 }),
      paragraph(t('paper.institute'), { ...centre, size: 24, bold: true }),
      paragraph(t('paper.number'), { ...centre, after: 0 }),
    ],
    [
      paragraph(t('paper.nation'), { ...centre, size: 24, bold: true }),
      paragraph(t('paper.motto'), { ...centre, bold: true }),
      paragraph(t('paper.place_date'), { ...centre, italics: true, after: 0 }),
    ],
    [38, 62],
  )
}

function foot(t: Translate): Table {
  return columns(
    [
      paragraph(t('paper.recipients'), { bold: true, italics: true, size: 24, after: 0 }),
      paragraph(t('paper.recipients_list'), { size: 22 }),
    ],
    [paragraph(t('paper.director'), { bold: true, align: AlignmentType.CENTER })],
    [50, 50],
  )
}

const heading = (words: string) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    keepNext: true,
    spacing: { before: 240, after: 120 },
    children: [new TextRun({ text: words, bold: true, size: BODY, color: '000000', font: FONT })],
  })

function tableOf({ title, columns: cols, rows }: PaperTable): readonly FileChild[] {
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

function chartOf({ title, levels, bars }: PaperChart): readonly FileChild[] {
  const run = new ChartRun({
    type: 'bar',
    stacking: 'percent',
    categories: bars.map(({ label }) => label),
    series: levels.map((name, i) => ({
      name,
      values: bars.map(({ percents }) => percents[i] ?? null),
      color: LEVEL_COLOURS[i]!,
    })),
    categoryAxis: { reverseOrder: true },
    valueAxis: { labelRotation: 0, crossesAt: 'maximum' },
    legend: { position: 'bottom' },
    gapWidth: 40,
    font: { name: FONT },
    transformation: { width: CHART.width, height: CHART.frame + CHART.rowHeight * bars.length },
    altText: { name: title, description: title },
  })
  return [
    paragraph(title, { bold: true, after: 60, keepNext: true }),
    new Paragraph({ children: [run], spacing: { after: 160 } }),
  ]
}

function section(paper: Paper, t: Translate, children: readonly FileChild[], isWide: boolean): ISectionOptions {
  const line = [
    new TextRun({ text: t('paper.page', { release: paper.release }), size: SMALL }),
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

/** Writes the paper. */
export async function paperDocument(paper: Paper, t: Translate): Promise<Buffer> {
  const [accounting, lines, units, factors] = paper.tables
  const centre = { align: AlignmentType.CENTER }
  const justified = { align: AlignmentType.JUSTIFIED }
  const front = [
    head(t),
    paragraph('', { after: 120 }),
    paragraph(t('paper.report'), { ...centre, bold: true, size: 28, after: 0 }),
    paragraph(paper.about, { ...centre, bold: true, after: 200 }),
    ...paper.warnings.map((warning) => paragraph(warning, { ...centre, bold: true, size: SMALL })),
    heading(t('paper.section_source')),
    ...paper.source.map((words) => paragraph(words)),
    ...tableOf(accounting!),
    heading(t('paper.section_results')),
    ...paper.results.map((words) => paragraph(words, justified)),
    ...(paper.chart === null ? [] : chartOf(paper.chart)),
  ]
  const end = [
    heading(t('paper.section_notes')),
    ...paper.notes.map((words) => paragraph(words, justified)),
    paragraph(''),
    foot(t),
  ]
  const document = new Document({
    title: paper.about,
    creator: t('paper.institute').replace('\n', ' '),
    description: paper.release,
    styles: { default: { document: { run: { font: FONT, size: BODY } } } },
    sections: [
      section(paper, t, front, false),
      section(paper, t, [...tableOf(lines!), ...tableOf(units!), ...tableOf(factors!)], true),
      section(paper, t, end, false),
    ],
  })
  return Packer.toBuffer(document)
}
