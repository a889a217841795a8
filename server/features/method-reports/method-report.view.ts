import type { MethodGroup, MethodReport } from '../../domain/method-report/method-report.js'
import { toMethodHeadline } from './headline.view.js'
import { methodSentences, reportFacts, unconfirmedSentences } from './method-facts.js'
import type { MethodContext } from './method-formats.js'
import { toTreeRows } from './tree-table.view.js'
import { toUnitsTables } from './units-table.view.js'

/** Addresses around the page. */
export interface MethodPageLinks {
  readonly indexReport: string
  readonly methods: string
  /** The page without a unit chosen; empty when none is. */
  readonly all: string
  readonly csv: string
  readonly xlsx: string
  readonly json: string
  readonly hrefOf: (group: MethodGroup) => string
}

/** The page of a method: the answer, then the evidence, then what to think of it; every number finished text. */
export function toMethodReportView(report: MethodReport, links: MethodPageLinks, context: MethodContext) {
  const { t, language } = context
  const { method, wave } = report
  const chosen = links.all === '' ? report.groups.find(({ scope }) => scope === 'total') : report.groups[0]
  const rows = chosen === undefined ? [] : toTreeRows(chosen, report, context)
  const { hrefOf, ...addresses } = links
  return {
    pageTitle: method.title[language],
    waveTitle: wave.title[language],
    extraStyle: 'report.css',
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    facts: reportFacts(report, context),
    links: addresses,
    isEmpty: report.responseCount === 0,
    emptyNote: t('reports.empty', { from: context.formats.day(wave.opensOn) }),
    headline: chosen === undefined ? null : toMethodHeadline(chosen, report, context),
    noHeadline: method.rollup.kind === 'none' ? method.rollup.reason[language] : '',
    tree:
      chosen === undefined
        ? null
        : {
            caption: t('reports.lines_caption', { name: chosen.unitName[language] }),
            unit: method.range.unit[language],
            hasAbsolute: method.standardisation !== undefined,
            rows,
          },
    tables: links.all !== '' && report.groups.length === 1 ? [] : toUnitsTables(report, hrefOf, context),
    sentences: methodSentences(method, context),
    source: method.source,
    unconfirmed: unconfirmedSentences(method, context),
  }
}
