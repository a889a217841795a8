/** The Institute's report of a release as a Word document. */
import { AlignmentType, Document, type FileChild, Packer, Paragraph } from 'docx'
import { ChartRun } from 'docx/charts'
import type { Translate } from '../../platform/text.js'
import { BODY, FONT, foot, head, heading, paragraph, SMALL, section, tableOf } from './docx-parts.js'
import { instituteOf } from './issuers.js'
import type { Paper, PaperChart } from './paper.view.js'

/** Pixels: the width of the text on an upright A4 page. */
const CHART = { width: 620, rowHeight: 24, frame: 100 }

function chartOf({ title, series, bars }: PaperChart): readonly FileChild[] {
  const run = new ChartRun({
    type: 'bar',
    ...(series.length > 1 ? { stacking: 'percent' as const } : {}),
    categories: bars.map(({ label }) => label),
    series: series.map(({ name, colour }, i) => ({
      name,
      values: bars.map(({ percents }) => percents[i] ?? null),
      color: colour,
    })),
    categoryAxis: { reverseOrder: true },
    valueAxis: { labelRotation: 0, crossesAt: 'maximum' },
    ...(series.length > 1 ? { legend: { position: 'bottom' as const } } : {}),
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

/** Writes the paper. */
export async function paperDocument(paper: Paper, t: Translate): Promise<Buffer> {
  const issuer = instituteOf(t)
  const footer = t('paper.page', { release: paper.release })
  const [accounting, ...tables] = paper.tables
  const centre = { align: AlignmentType.CENTER }
  const justified = { align: AlignmentType.JUSTIFIED }
  const front = [
    head(t, issuer),
    paragraph('', { after: 120 }),
    paragraph(t('paper.report'), { ...centre, bold: true, size: 28, after: 0 }),
    paragraph(paper.about, { ...centre, bold: true, after: 200 }),
    ...paper.warnings.map((warning) => paragraph(warning, { ...centre, bold: true, size: SMALL })),
    heading(t('paper.section_source')),
    ...paper.source.map((words) => paragraph(words)),
    ...tableOf(accounting!),
    heading(t('paper.section_results')),
    ...paper.results.map((words) => paragraph(words, justified)),
    ...paper.charts.flatMap(chartOf),
  ]
  const end = [
    heading(t('paper.section_notes')),
    ...paper.notes.map((words) => paragraph(words, justified)),
    paragraph(''),
    foot(t, issuer),
  ]
  const document = new Document({
    title: paper.about,
    creator: t('paper.institute').replace('\n', ' '),
    description: paper.release,
    styles: { default: { document: { run: { font: FONT, size: BODY } } } },
    sections: [
      section(footer, front, false),
      section(footer, tables.flatMap(tableOf), true),
      section(footer, end, false),
    ],
  })
  return Packer.toBuffer(document)
}
