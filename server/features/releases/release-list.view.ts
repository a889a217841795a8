import type { ReportContext } from '../index-reports/index.js'
import { manifestOf, type WrittenRelease } from './read-release.js'
import { dayText, successorOf } from './release-facts.view.js'

/** The list of published releases, those in force first. */
export function toReleaseListView(
  published: readonly WrittenRelease[],
  titleOf: (waveId: string) => string,
  langQuery: string,
  context: ReportContext,
) {
  const { t, formats, language } = context
  const rows = published.map((release) => {
    const successor = successorOf(release, published)
    const { responses, simulated } = manifestOf(release)
    return {
      id: release.id,
      href: `/releases/${release.id}${langQuery}`,
      title: titleOf(release.waveId),
      isSimulated: simulated,
      reason: release.reason[language],
      publishedOn: t('releases.published_on', { day: dayText(release.publishedAt, context) }),
      responses: t('reports.responses', {
        valid: formats.count(responses.complete),
        received: formats.count(responses.received),
      }),
      isSuperseded: successor !== undefined,
      successor: successor && { id: successor.id, href: `/releases/${successor.id}${langQuery}` },
    }
  })
  return {
    pageTitle: t('releases.list_title'),
    extraStyle: 'release.css',
    ...(rows.some(({ isSimulated }) => isSimulated) ? { isSimulated: true } : {}),
    current: rows.filter(({ isSuperseded }) => !isSuperseded),
    superseded: rows.filter(({ isSuperseded }) => isSuperseded),
  }
}
