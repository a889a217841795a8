import { ANALYSIS_TABLE_NAMES } from '../../domain/analysis/analysis-rows.js'
import type { FilterChoices, ReportContext } from '../index-reports/index.js'
import { toAccountingView } from './accounting.view.js'
import { toCommentView } from './comment.view.js'
import type { WaveAnalysis } from './get-wave-analysis.js'
import { toGroupViews } from './group.view.js'
import { toImportanceView } from './importance.view.js'
import { toNegativeViews } from './negative.view.js'
import { toDesignEffectView, toFlagView, toReliabilityView } from './quality.view.js'
import { toWishView } from './wish.view.js'

/** Addresses of an analysis with the reader's filters kept. */
export interface AnalysisLinks {
  readonly path: string
  readonly all: string
  /** The index report of the same selection. */
  readonly report: string
  readonly method: string
  readonly json: string
  readonly xlsx: string
  /** Address of a table's file. */
  readonly csv: (table: string) => string
  readonly hidden: readonly { readonly name: string; readonly value: string }[]
}

export interface AnalysisPage {
  readonly analysis: WaveAnalysis
  readonly choices: Pick<FilterChoices, 'units' | 'services'>
  readonly links: AnalysisLinks
  readonly serviceName: (code: string) => string
}

/** Most wanted things named at the top. */
const LEADING_WISHES = 3
const LEADING_GAPS = 3

/** Where each table of methodology 1.9 stands, in its order. */
const TABLE_PLACES = [
  ['t1', 'accounting'],
  ['t2', 'groups'],
  ['t3', 'report'],
  ['t6', 'groups'],
  ['t7', 'wishes'],
  ['t8', 'negatives'],
  ['t9', 'report'],
  ['t10', 'importance'],
  ['t11', 'comments'],
  ['t12', 'quality'],
] as const

/** The page of an analysis: what to mend first, then every table; every number finished text. */
export function toAnalysisView({ analysis, choices, links, serviceName }: AnalysisPage, context: ReportContext) {
  const { t, language } = context
  const { wave, tables, rules, medianSeconds, plan } = analysis
  const importance = toImportanceView(tables.importance, context)
  const wishes = toWishView(tables.wishes, plan.wishes?.text[language] ?? '', context)
  return {
    pageTitle: t('analysis.title', { wave: wave.title[language] }),
    extraStyle: 'report.css',
    scripts: ['importance-chart.js'],
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    links,
    files: Object.fromEntries(ANALYSIS_TABLE_NAMES.map((name) => [name.replace('-', '_'), links.csv(name)])),
    facts: factsOf(analysis, serviceName, context),
    filters: filtersOf(analysis, choices, context),
    isEmpty: (tables.accounting.rows.find(({ step }) => step === 'received')?.count ?? 0) === 0,
    emptyNote: t('reports.empty', { from: context.formats.day(wave.opensOn) }),
    contents: TABLE_PLACES.map(([table, place]) => ({
      label: t(`analysis.table_${table}`),
      href: place === 'report' ? links.report : `#${place}`,
    })),
    first: {
      gaps: (importance?.gaps ?? []).slice(0, LEADING_GAPS),
      wishes: leadingWishes(analysis, context),
    },
    accounting: toAccountingView(tables.accounting, context),
    groups: toGroupViews(tables.groups, context),
    wishes,
    comments: toCommentView(tables.comments, plan.comments?.item.text[language] ?? '', context),
    negatives: toNegativeViews(tables.negatives, context),
    importance,
    quality: [
      toFlagView(tables.flags, rules, medianSeconds, context),
      toReliabilityView(tables.reliability, context),
      toDesignEffectView(tables.designEffects, context),
    ],
  }
}

function leadingWishes({ tables }: WaveAnalysis, { t, formats, language }: ReportContext): readonly string[] {
  const shown = (tables.wishes ?? []).flatMap(({ option, share }) =>
    share.kind === 'published' && share.figures.count > 0 ? [{ option, figures: share.figures }] : [],
  )
  return shown
    .slice(0, LEADING_WISHES)
    .map(({ option, figures }) =>
      t('analysis.wish_line', { name: option.label[language], percent: formats.percent(figures.percent) }),
    )
}

function factsOf(
  { wave, selection, questionnaire, method, rules, tables }: WaveAnalysis,
  serviceName: AnalysisPage['serviceName'],
  { t, formats, language }: ReportContext,
): readonly string[] {
  const countOf = (step: string) => formats.count(tables.accounting.rows.find((row) => row.step === step)?.count ?? 0)
  const { id, version } = questionnaire.questionnaire
  const name = t(`reports.questionnaire_${wave.respondentType}`)
  return [
    selection.unitUid === null ? t('reports.filter_unit_all') : selection.unitName[language],
    selection.service === null ? t('reports.filter_service_all') : serviceName(selection.service),
    t(`reports.mode_${wave.mode}`),
    t('analysis.valid_of_received', { valid: countOf('valid'), received: countOf('received') }),
    t('reports.instrument', { name, id, version }),
    t('analysis.made_by', { method, rules: `${rules.name} ${rules.version}` }),
  ]
}

function filtersOf({ selection }: WaveAnalysis, { units, services }: AnalysisPage['choices'], { t }: ReportContext) {
  const field = (name: 'unit' | 'service', chosen: string | null, options: readonly (readonly [string, string])[]) => ({
    name,
    label: t(`reports.filter_${name}`),
    options: [['', t(`reports.filter_${name}_all`)] as const, ...options].map(([value, label]) => ({
      value,
      label,
      isSelected: value === (chosen ?? ''),
    })),
  })
  return [
    field(
      'unit',
      selection.unitUid,
      units.map(({ uid, name }) => [uid, name] as const),
    ),
    field(
      'service',
      selection.service,
      services.map(({ code, name }) => [code, name] as const),
    ),
  ]
}
