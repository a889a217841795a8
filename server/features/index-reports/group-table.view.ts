import { type Line, lineKey } from '../../domain/index/lines.js'
import type { IndexReport, ReportBlock } from '../../domain/report/index-report.js'
import { LEAGUES } from '../../domain/report/league.js'
import { SATISFACTION_TARGETS } from '../../domain/report/targets.js'
import { isTimeStep } from '../../domain/report/time-steps.js'
import { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
import { GROUP_ORDERS, type GroupOrder, orderBlocks } from './group-order.js'
import { cellOf, labelOf } from './line-table.view.js'
import {
  leagueTitle,
  type RankView,
  type StandardisedView,
  toRank,
  toStandardised,
  toWhisker,
  type WhiskerView,
} from './standing.view.js'

/** The table of units, services or months by index and factors. */
export interface GroupTableView {
  readonly caption: string
  readonly groupHead: string
  /** Units are compared: their index is drawn beside a target, and ranked. */
  readonly hasRanks: boolean
  /** Units also at the common service mix. */
  readonly hasMix: boolean
  readonly columns: readonly { readonly label: string; readonly isIndex: boolean }[]
  readonly columnCount: number
  readonly sections: readonly GroupSectionView[]
  /** Leagues that a script can also draw, from the rows. */
  readonly charts: readonly { readonly league: string; readonly caption: string; readonly targets: string }[]
  readonly orders: readonly { readonly label: string; readonly href: string; readonly isCurrent: boolean }[]
  /** Units nobody has answered about yet: a list of their own instead of empty rows. */
  readonly silent: { readonly caption: string; readonly names: readonly string[] } | null
}

/** Rows that belong together: the totals and areas, or the units of one league. */
interface GroupSectionView {
  /** Empty for totals, services and months. */
  readonly title: string
  readonly league: string
  readonly rows: readonly GroupRowView[]
}

interface GroupRowView {
  readonly name: string
  readonly note: string
  /** The same report about this row alone; empty where there is none. */
  readonly href: string
  readonly responses: string
  readonly scope: string
  readonly whisker: WhiskerView | null
  readonly rank: RankView | null
  readonly standardised: StandardisedView | null
  readonly cells: readonly (EstimateView & { readonly isIndex: boolean; readonly isLow: boolean })[]
}

/** How rows are named, linked and ordered. */
export interface GroupNames {
  readonly serviceName: (code: string) => string
  readonly hrefOf: (block: ReportBlock) => string
  readonly order: GroupOrder
  readonly hrefOfOrder: (order: GroupOrder) => string
}

/** Rows of a report by index and factors; criteria are in the table of lines and in the files. */
export function toGroupTable(report: IndexReport, names: GroupNames, context: ReportContext): GroupTableView {
  const { t, formats } = context
  const lines = report.lines.filter(({ level }) => level !== 'criterion')
  const isSilent = ({ group, receivedCount }: ReportBlock) => group.scope === 'unit' && receivedCount === 0
  const silent = report.blocks.filter(isSilent).map((block) => nameOf(block, names, context))
  const hasRanks = report.breakdown === 'unit'
  const hasMix = report.isStandardised === true
  const sections = sectionsOf(
    report.blocks.filter((block) => !isSilent(block)),
    lines,
    names,
    context,
  )
  return {
    caption: t(`reports.groups_${report.breakdown}`),
    groupHead: t(`reports.group_${report.breakdown}`),
    hasRanks,
    hasMix,
    columns: lines.map((line) => ({ label: labelOf(line, context), isIndex: line.level === 'overall' })),
    columnCount: lines.length + 2 + (hasRanks ? 2 : 0) + (hasMix ? 2 : 0),
    sections,
    charts: sections.flatMap((section) => chartOf(section, context)),
    orders: isTimeStep(report.breakdown) ? [] : GROUP_ORDERS.map((order) => orderLink(order, names, context)),
    silent:
      silent.length === 0
        ? null
        : { caption: t('reports.silent_units', { units: formats.count(silent.length) }), names: silent },
  }
}

/** A drawing of a league's units, where there are two or more to draw. */
function chartOf({ league, rows }: GroupSectionView, { t }: ReportContext) {
  if (league === '' || rows.filter(({ whisker }) => whisker !== null).length < 2) return []
  const caption = t('reports.units_chart', { league: t(`reports.league_${league}`) })
  return [{ league, caption, targets: SATISFACTION_TARGETS.map(({ percent }) => percent).join(' ') }]
}

function orderLink(order: GroupOrder, { order: chosen, hrefOfOrder }: GroupNames, { t }: ReportContext) {
  return { label: t(`reports.order_${order}`), href: hrefOfOrder(order), isCurrent: order === chosen }
}

/** Totals first, then areas (or services, or months), then the units of each league. */
function sectionsOf(
  blocks: readonly ReportBlock[],
  lines: readonly Line[],
  names: GroupNames,
  context: ReportContext,
): readonly GroupSectionView[] {
  const inOrder = (members: readonly ReportBlock[]) =>
    orderBlocks(members, names.order, (block) => nameOf(block, names, context), context.language)
  const rowsOf = (members: readonly ReportBlock[]) => members.map((block) => rowOf(block, lines, names, context))
  const isTotal = ({ group }: ReportBlock) => group.scope === 'total'
  const others = blocks.filter((block) => !isTotal(block) && block.standing === undefined)
  const isOverTime = others.some(({ group }) => isTimeStep(group.scope))
  const first = [...blocks.filter(isTotal), ...(isOverTime ? others : inOrder(others))]
  const leagues = LEAGUES.map((league) => ({
    league,
    members: blocks.filter(({ standing }) => standing?.league === league),
  }))
  return [
    { title: '', league: '', rows: rowsOf(first) },
    ...leagues
      .filter(({ members }) => members.length > 0)
      .map(({ league, members }) => ({
        title: leagueTitle(league, members, context),
        league,
        rows: rowsOf(inOrder(members)),
      })),
  ]
}

function rowOf(block: ReportBlock, lines: readonly Line[], names: GroupNames, context: ReportContext): GroupRowView {
  const whisker = toWhisker(block)
  const isIndex = (line: Line) => line.level === 'overall'
  return {
    name: nameOf(block, names, context),
    note: noteOf(block, lines, context),
    href: names.hrefOf(block),
    responses: context.formats.count(block.responseCount),
    scope: block.rollup === 'none' ? 'one' : 'total',
    whisker,
    rank: block.standing === undefined ? null : toRank(block.standing.rank, context),
    standardised: toStandardised(block.standardised, context),
    cells: lines.map((line) => ({
      ...toEstimateView(cellOf(block, line)?.estimate ?? { kind: 'empty' }, context),
      isIndex: isIndex(line),
      isLow: isIndex(line) && whisker?.isLow === true,
    })),
  }
}

function nameOf({ group }: ReportBlock, { serviceName }: GroupNames, { language, formats }: ReportContext): string {
  if (group.scope === 'service') return serviceName(group.service ?? '')
  if (isTimeStep(group.scope)) return formats[group.scope](group.period.from ?? '')
  return group.unitName[language]
}

/** How a total was put together: never left unsaid. */
function noteOf({ rollup, unitCounts }: ReportBlock, lines: readonly Line[], { t, formats }: ReportContext): string {
  if (rollup === 'none') return ''
  if (rollup === 'pooled') return t('reports.rollup_pooled')
  // Rarely asked items are shown for fewer units, so the columns of the row need not stand on the same ones.
  const counts = lines.flatMap((line) => unitCounts?.[lineKey(line)] ?? []).filter((count) => count > 0)
  const [fewest, most] = counts.length === 0 ? [0, 0] : [Math.min(...counts), Math.max(...counts)]
  const units = fewest === most ? formats.count(most) : `${formats.count(fewest)}–${formats.count(most)}`
  return t('reports.rollup_simple_mean', { units })
}
