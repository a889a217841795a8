import { AGGREGATION_RULES, type AggregationRule } from '../../domain/index/aggregate.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import {
  GLOSSARY_PATH,
  type GroupOrder,
  instrumentText,
  methodText,
  type ReportContext,
  toReportBody,
} from '../index-reports/index.js'
import { cellText } from './paper-cells.js'
import type { SheetTable } from './paper-table.js'
import { manifestOf, type WrittenRelease } from './read-release.js'
import { dayText, proofOf, successorOf } from './release-facts.view.js'

/** A release and how it is looked at. */
export interface ReleasePage {
  readonly release: WrittenRelease
  readonly report: IndexReport
  /** Besides the index by unit. */
  readonly tables: readonly SheetTable[]
  readonly published: readonly WrittenRelease[]
  readonly order: GroupOrder
  readonly langQuery: string
  /** Address of the page, without what was chosen. */
  readonly path: string
}

/** The page of a release: which one it is, its figures, and how to prove them. */
export function toReleaseView(page: ReleasePage, base: ReportContext) {
  const { release, report, path, langQuery, order } = page
  const context = { ...base, reader: report.reader }
  const { t, language } = context
  const withChoice = (changes: { rule?: AggregationRule; order?: GroupOrder }) => {
    const params = new URLSearchParams(langQuery)
    params.set('rule', changes.rule ?? report.rule)
    params.set('order', changes.order ?? order)
    return `${path}?${params}`
  }
  const choice = `${langQuery === '' ? '?' : `${langQuery}&`}rule=${report.rule}`
  const paperHref = (form: string) => `/releases/${release.id}/report.${form}${choice}`
  return {
    pageTitle: t('releases.title', { wave: report.wave.title[language] }),
    extraStyle: 'release.css',
    scripts: ['report-charts.js', 'unit-charts.js'],
    ...(report.wave.isSimulated ? { isSimulated: true } : {}),
    ...standingOf(page, context),
    facts: [
      t(`reports.mode_${report.wave.mode}`),
      ...responseTexts(release, context),
      instrumentText(report, context),
      methodText(report, context),
    ],
    rules: AGGREGATION_RULES.map((rule) => ({
      label: t(`reports.rule_${rule}`),
      href: withChoice({ rule }),
      isCurrent: rule === report.rule,
    })),
    body: toReportBody(
      report,
      {
        serviceName: (code) => code,
        hrefOf: () => '',
        order,
        hrefOfOrder: (other) => withChoice({ order: other }),
      },
      context,
    ),
    tables: page.tables.map(({ sheet, title, columns, rows }) => ({
      sheet,
      title,
      columns,
      rows: rows.map(({ cells, isStrong }) => ({
        isStrong,
        cells: cells.map((cell, i) => ({ text: cellText(cell), isNumber: columns[i]!.isNumber, isHead: i === 0 })),
      })),
    })),
    methodHref: `${GLOSSARY_PATH}${langQuery}`,
    files: {
      csv: `/releases/${release.id}/figures.csv`,
      tables: `/releases/${release.id}/tables.csv`,
      xlsx: `/releases/${release.id}/figures.xlsx`,
      bundle: `/releases/${release.id}/bundle.zip`,
      paper: paperHref('docx'),
      paperXlsx: paperHref('xlsx'),
      auditBundle: `/release-desk/${release.id}/audit-bundle.zip`,
    },
    proof: proofOf(release),
  }
}

/** What was received, and what two persons took out of it. */
function responseTexts(release: WrittenRelease, { t, formats }: ReportContext): readonly string[] {
  const { complete, received, voided } = manifestOf(release).responses
  const all = t('reports.responses', { valid: formats.count(complete), received: formats.count(received) })
  return voided === 0 ? [all] : [all, t('reports.voided', { count: formats.count(voided) })]
}

/** Which release this is, what it takes the place of, and what took its place. */
function standingOf({ release, published, langQuery }: ReleasePage, context: ReportContext) {
  const { t, language } = context
  const { corrects } = manifestOf(release)
  const successor = successorOf(release, published)
  const linkTo = (id: string) => ({ id, href: `/releases/${id}${langQuery}` })
  return {
    releaseId: release.id,
    listHref: `/releases${langQuery}`,
    reason: release.reason[language],
    publishedOn:
      release.publishedAt === null
        ? t(`releases.state_${release.state}`)
        : t('releases.published_on', { day: dayText(release.publishedAt, context) }),
    corrects: corrects && linkTo(corrects.release),
    successor: successor && linkTo(successor.id),
  }
}
