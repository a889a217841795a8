import type { AccountingTable } from '../../domain/analysis/accounting-table.js'
import type { ReportContext } from '../index-reports/index.js'
import { figure, head, none, numberColumn, type TableView, textColumn } from './table.view.js'

/** Steps that nobody stores, with the reason beside. */
const NEVER_STORED = ['refused_or_too_young', 'broken_off']

/** Table T1 on the page. */
export function toAccountingView(
  { rows, sampling, responseRates }: AccountingTable,
  context: ReportContext,
): TableView {
  const { t, formats, language } = context
  const rates = responseRates && {
    rr1: formats.percent(responseRates.rr1Percent),
    rr2: formats.percent(responseRates.rr2Percent),
  }
  return {
    caption: t('analysis.accounting_caption'),
    file: 'accounting',
    columns: [
      textColumn(t('analysis.col_step')),
      numberColumn(t('analysis.col_cases'), 'response_accounting'),
      numberColumn(t('analysis.col_of_before')),
    ],
    rows: rows.map(({ step, count, percent }) => ({
      isMarked: step === 'valid',
      cells: [
        head(t(`analysis.step_${step}`)),
        ...(count === null
          ? [none(t(NEVER_STORED.includes(step) ? 'analysis.not_stored' : 'analysis.not_recorded'), 2)]
          : [figure(formats.count(count)), figure(percent === null ? '' : formats.percent(percent))]),
      ],
    })),
    notes: [
      sampling === null
        ? t('analysis.sampling_unknown')
        : t('analysis.sampling', {
            design: t(`analysis.design_${sampling.design}`),
            description: sampling.description[language],
          }),
      rates === null ? t('analysis.rates_unknown') : t('analysis.rates', rates),
    ],
  }
}
