import { addDays } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ReportContext } from './estimate.view.js'

/** The list of waves that have a report, the latest first. */
export function toReportListView(
  waves: readonly Wave[],
  hrefOf: (path: string) => string,
  { language, t, formats }: ReportContext,
) {
  return {
    pageTitle: t('reports.list_title'),
    extraStyle: 'report.css',
    qualityHref: hrefOf('/data-quality'),
    compareHref: hrefOf('/compare'),
    viewsHref: hrefOf('/views'),
    questionnairesHref: hrefOf('/admin/questionnaires'),
    ...(waves.some(({ isSimulated }) => isSimulated) ? { isSimulated: true } : {}),
    waves: waves
      .toSorted((a, b) => (a.opensOn < b.opensOn ? 1 : -1))
      .map((wave) => ({
        href: hrefOf(`/reports/${wave.id}`),
        title: wave.title[language],
        facts: [
          t(`reports.mode_${wave.mode}`),
          t(`reports.respondents_${wave.respondentType}`),
          t('reports.period_between', { from: formats.day(wave.opensOn), to: formats.day(addDays(wave.closesOn, -1)) }),
          t('reports.unit_count', { count: formats.count(wave.unitUids.length) }),
        ].join(' · '),
      })),
  }
}
