import type { DesignEffectRow, FlagRow } from '../../domain/analysis/quality-table.js'
import type { ReliabilityRow } from '../../domain/analysis/reliability-table.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { QualityRuleSet } from '../../domain/statistics/instruments/quality-rules.js'
import type { ReportContext } from '../index-reports/index.js'
import { figure, head, hidden, none, numberColumn, type TableView, textColumn, words } from './table.view.js'

const { minRespondents, minReliableBase } = DISCLOSURE_POLICIES.internal

const FLAG = '\u00a0†'

/** Quality flags of table T12 on the page. */
export function toFlagView(
  rows: readonly FlagRow[],
  rules: QualityRuleSet,
  medianSeconds: number | null,
  context: ReportContext,
): TableView {
  const { t, formats } = context
  const params = {
    seconds: rules.speeder.minSeconds,
    share: formats.percent(100 * rules.speeder.medianShare),
    items: rules.straightline.minItems,
    core: formats.percent(100 * rules.incomplete.minShare),
    months: rules.outOfScope.maxMonths,
    deviations: rules.interviewer.maxDeviations,
    perDay: rules.interviewer.maxPerDay,
  }
  const countCells = ({ status, count, percent, flag }: FlagRow) => {
    if (status === 'suppressed') return [hidden(t('analysis.hidden_few_cases', { minRespondents }), 2)]
    if (count === null) return [none(t(`analysis.flag_${flag}_unknown`), 2)]
    return [figure(formats.count(count)), figure(percent === null ? '' : formats.percent(percent))]
  }
  return {
    caption: t('analysis.flags_caption', { rules: `${rules.name} ${rules.version}` }),
    file: 'flags',
    columns: [
      textColumn(t('analysis.col_flag')),
      textColumn(t('analysis.col_effect')),
      numberColumn(t('analysis.col_cases'), 'response_quality'),
      numberColumn(t('analysis.col_of_received')),
    ],
    rows: rows.map((row) => ({
      isMarked: false,
      cells: [
        head(t(`analysis.flag_${row.flag}`), t(`analysis.flag_${row.flag}_rule`, params)),
        words(t(row.excludes ? 'analysis.excludes' : 'analysis.reports_only')),
        ...countCells(row),
      ],
    })),
    notes: medianSeconds === null ? [] : [t('analysis.median_time', { seconds: formats.count(medianSeconds) })],
  }
}

/** Reliability of table T12 on the page. */
export function toReliabilityView(rows: readonly ReliabilityRow[], context: ReportContext): TableView {
  const { t, formats } = context
  const orNothing = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : formats.decimal(value, 2)
  return {
    caption: t('analysis.reliability_caption'),
    file: 'reliability',
    columns: [
      textColumn(t('analysis.col_factor')),
      numberColumn(t('analysis.col_alpha'), 'alpha'),
      textColumn(t('analysis.col_band')),
      numberColumn(t('analysis.col_alpha_standardised')),
      numberColumn(t('analysis.col_omega')),
      numberColumn(t('analysis.col_item_total')),
      numberColumn(t('analysis.col_if_deleted')),
      numberColumn(t('analysis.col_base'), 'base'),
    ],
    rows: rows.flatMap((row) => reliabilityRows(row, orNothing, context)),
    notes: [t('analysis.reliability_note')],
  }
}

function reliabilityRows(
  { factor, base, reliability, band, isFlagged, omega, low }: ReliabilityRow,
  decimal: (value: number | null | undefined) => string,
  { t, formats, language }: ReportContext,
): TableView['rows'] {
  const name = head(factor.name[language])
  if (base === null)
    return [{ isMarked: true, cells: [name, hidden(t('analysis.too_few_complete', { minReliableBase }), 7)] }]
  if (reliability === null) {
    return [{ isMarked: true, cells: [name, none(t('analysis.alpha_undefined'), 6), figure(formats.count(base))] }]
  }
  return [
    {
      isMarked: true,
      cells: [
        name,
        figure(`${decimal(reliability.alpha)}${isFlagged ? FLAG : ''}`),
        words(band === null ? '' : t(`analysis.band_${band}`)),
        figure(decimal(reliability.standardisedAlpha)),
        figure(decimal(omega)),
        figure(''),
        figure(''),
        figure(formats.count(base)),
      ],
    },
    ...factor.items.map(({ code, text }, j) => ({
      isMarked: false,
      cells: [
        head(`${code} ${text[language]}`),
        figure(''),
        words(low[j] ? t('analysis.low_item_total') : ''),
        figure(''),
        figure(''),
        figure(decimal(reliability.items[j]?.correctedItemTotal)),
        figure(decimal(reliability.items[j]?.alphaIfDeleted)),
        figure(''),
      ],
    })),
  ]
}

/** Design effects of table T12 on the page. */
export function toDesignEffectView(rows: readonly DesignEffectRow[], context: ReportContext): TableView {
  const { t, formats, language } = context
  return {
    caption: t('analysis.design_caption'),
    file: 'design-effects',
    columns: [
      textColumn(t('analysis.col_line')),
      numberColumn(t('analysis.col_base'), 'base'),
      numberColumn(t('analysis.col_answers')),
      numberColumn(t('analysis.col_design_effect'), 'design_effect'),
      numberColumn(t('analysis.col_effective')),
    ],
    rows: rows.map(({ line, figures }) => ({
      isMarked: line.level === 'overall',
      cells: [
        head(line.label[language]),
        ...(figures === null
          ? [hidden(t('analysis.line_hidden'), 4)]
          : [
              figure(formats.count(figures.base)),
              figure(formats.count(figures.answers)),
              figure(formats.decimal(figures.designEffect, 2)),
              figure(formats.count(figures.effectiveBase)),
            ]),
      ],
    })),
    notes: [t('analysis.design_note')],
  }
}
