import type { MethodGroup, MethodReport } from '../../domain/method-report/method-report.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import { type ConsoleRow, toConsoleTable } from './console-table.js'
import type { WaveMethods } from './get-method-report.js'
import { toMethodHeadline } from './headline.view.js'
import { methodSentences, reportFacts, unconfirmedSentences } from './method-facts.js'
import type { MethodContext } from './method-formats.js'
import { toTreeRows } from './tree-table.view.js'
import { toUnitsTables, type UnitsTableView } from './units-table.view.js'

/** Lines of a report for people at a console: the same words and digits as the page. */
export function toConsoleReport(
  report: MethodReport,
  unitUid: string | null,
  context: MethodContext,
): readonly string[] {
  const { t, language } = context
  const { method, wave } = report
  const chosen = unitUid === null ? report.groups.find(({ scope }) => scope === 'total') : report.groups[0]
  const tables = unitUid !== null && report.groups.length === 1 ? [] : toUnitsTables(report, () => '', context)
  return [
    method.title[language],
    wave.title[language],
    ...(wave.isSimulated ? [t('site.simulated')] : []),
    ...reportFacts(report, context).map((fact) => `  ${fact}`),
    ...(chosen === undefined
      ? []
      : ['', ...headlineLines(chosen, report, context), '', ...treeLines(chosen, report, context)]),
    ...tables.flatMap((table) => ['', table.caption, ...unitLines(table, context)]),
    '',
    t('reports.notes_title'),
    ...methodSentences(method, context).map((sentence) => `  ${sentence}`),
    `  ${t('methods.source')}: ${method.source.trim()}`,
    ...unconfirmedSentences(method, context).map((sentence) => `  ${sentence}`),
  ].map((line) => line.replaceAll('\u00a0', ' ').replaceAll('\u2060', ''))
}

function headlineLines(group: MethodGroup, report: MethodReport, context: MethodContext): readonly string[] {
  const { note, value, sentence, extras, flagNote } = toMethodHeadline(group, report, context)
  return [note, `  ${value} ${sentence}`, ...extras, flagNote].filter((line) => line.trim() !== '')
}

function treeLines(group: MethodGroup, report: MethodReport, context: MethodContext): readonly string[] {
  const { t } = context
  const hasAbsolute = report.method.standardisation !== undefined
  const head = [t('reports.col_line'), t('methods.col_value'), t('reports.col_interval'), t('reports.col_base')]
  const rows = toTreeRows(group, report, context)
  const lines = toConsoleTable([
    [...head, ...(hasAbsolute ? [t('methods.col_absolute')] : [])],
    ...rows.map((row): ConsoleRow => {
      const name = `${'  '.repeat(row.depth)}${row.code} ${row.label}`
      return [name, row.isShown ? row.value : row.why, row.interval, row.base, ...(hasAbsolute ? [row.absolute] : [])]
    }),
  ])
  return lines.map((line, i) => (i > 0 && rows[i - 1]!.notes !== '' ? `${line}  (${rows[i - 1]!.notes})` : line))
}

function unitLines(table: UnitsTableView, { t }: MethodContext): readonly string[] {
  const head = [
    t('reports.group_unit'),
    t('reports.col_responses'),
    ...(table.hasRank ? [t('methods.col_rank'), t('methods.col_rank_range')] : []),
    table.columns[0] ?? '',
    t('reports.col_interval'),
    t('reports.col_base'),
    ...(table.hasClass ? [t('methods.col_class')] : []),
  ]
  const rows = table.rows.map((row): ConsoleRow => {
    const index = row.cells[0]!
    return [
      row.scope === 'one' ? row.name : `${row.name} (${row.note})`,
      row.responses,
      ...(table.hasRank ? [row.rank, row.rankRange] : []),
      index.isShown ? index.value : index.why,
      index.interval,
      index.base,
      ...(table.hasClass ? [row.class] : []),
    ]
  })
  return [...toConsoleTable([head, ...rows], '  '), ...(table.silent === null ? [] : [`  ${table.silent.caption}`])]
}

/** Lines that list the methods and the waves that each fits. */
export function toConsoleList(
  waves: readonly WaveMethods[],
  { t, language }: { readonly t: Translate; readonly language: Language },
): readonly string[] {
  const methods = waves[0]?.methods ?? []
  const fitting = (name: string) =>
    waves.filter((one) => one.methods.some((choice) => choice.name === name && choice.isFit)).map(({ wave }) => wave.id)
  return toConsoleTable(
    methods.map(({ name, method }) => {
      const ids = fitting(name)
      const where = ids.length === 0 ? t('methods.fits_none') : ids.join(', ')
      return [name, `${method.title[language]}: ${where}`]
    }),
  ).map((line) => line.replace(/^(\S+)\s+/, (_, name: string) => name.padEnd(18)))
}
