import { methodCell } from '../../domain/method-report/build-method-report.js'
import type { MethodGroup, MethodReport } from '../../domain/method-report/method-report.js'
import { flagSentences, type MethodCellView, toMethodCellView } from './method-cell.view.js'
import type { MethodContext } from './method-formats.js'

/** Units and roll-ups by index and what is directly below it; one table for each block. */
export interface UnitsTableView {
  readonly caption: string
  readonly columns: readonly string[]
  readonly hasRank: boolean
  readonly hasClass: boolean
  readonly rows: readonly {
    readonly name: string
    readonly note: string
    readonly href: string
    readonly scope: string
    readonly responses: string
    readonly rank: string
    readonly rankRange: string
    readonly class: string
    readonly cells: readonly MethodCellView[]
  }[]
  /** Units nobody has answered about. */
  readonly silent: { readonly caption: string; readonly names: readonly string[] } | null
}

/** One table, or one per block of the method; by rank where there is one. */
export function toUnitsTables(
  report: MethodReport,
  hrefOf: (group: MethodGroup) => string,
  context: MethodContext,
): readonly UnitsTableView[] {
  const { blocks } = report.method
  if (blocks === undefined) return [tableOf(report.groups, context.t('methods.units'), report, hrefOf, context)]
  return blocks.flatMap(({ code, name }) => {
    const groups = report.groups.filter((group) => group.block === code)
    return groups.length === 0 ? [] : [tableOf(groups, name[context.language], report, hrefOf, context)]
  })
}

function tableOf(
  groups: readonly MethodGroup[],
  caption: string,
  report: MethodReport,
  hrefOf: (group: MethodGroup) => string,
  context: MethodContext,
): UnitsTableView {
  const { t, formats, language } = context
  const isIn = new Set(groups.flatMap(({ cells }) => cells.map(({ line }) => line.code)))
  const lines = report.lines.filter(({ depth, level, code }) => depth < 2 && level !== 'criterion' && isIn.has(code))
  const isSilent = ({ scope, receivedCount }: MethodGroup) => scope === 'unit' && receivedCount === 0
  const silent = groups.filter(isSilent).map(({ unitName }) => unitName[language])
  const shown = ranked(groups.filter((group) => !isSilent(group)))
  const { classes, standardisation } = report.method
  return {
    caption,
    columns: lines.map(({ name }) => name[language]),
    hasRank: standardisation !== undefined,
    hasClass: classes !== undefined,
    rows: shown.map((group) => {
      const cells = lines.map(({ code }) => toMethodCellView(methodCell(group, code), report, context))
      const { rank } = group
      return {
        name: group.unitName[language],
        note: group.scope === 'unit' ? indexNotes(group, context) : t('reports.rollup_pooled'),
        href: hrefOf(group),
        scope: group.scope === 'unit' ? 'one' : 'total',
        responses: formats.count(group.responseCount),
        rank: rank === null ? '' : formats.count(rank.rank),
        rankRange: rank === null ? '' : `${formats.count(rank.best)}\u00a0–\u00a0${formats.count(rank.worst)}`,
        class: cells[0]?.class ?? '',
        cells,
      }
    }),
    silent:
      silent.length === 0
        ? null
        : { caption: t('reports.silent_units', { units: formats.count(silent.length) }), names: silent },
  }
}

/** Only what tells units apart: that items are shared or not asked holds for all of them and stands in the notes. */
function indexNotes(group: MethodGroup, context: MethodContext): string {
  const { below_min_base, no_variation, thin_criteria } = methodCell(group)?.flags ?? {}
  const flags = {
    ...(below_min_base && { below_min_base }),
    ...(no_variation && { no_variation }),
    ...(thin_criteria && { thin_criteria }),
  }
  return flagSentences(flags, context).join('; ')
}

/** Ranked ones by rank, the others after them in their order. */
function ranked(groups: readonly MethodGroup[]): readonly MethodGroup[] {
  const place = ({ rank }: MethodGroup) => rank?.rank ?? Number.MAX_SAFE_INTEGER
  return groups.toSorted((a, b) => place(a) - place(b))
}
