import { addDays } from '../../domain/survey/day.js'
import type { ReportContext } from '../index-reports/index.js'
import { toCommentView } from '../wave-analysis/index.js'
import type { CommentedUnit } from './agency-scores.js'

/** The page of what people wrote about an agency. */
export function toCommentsView(
  { name, wave, service, choices, comments }: CommentedUnit,
  backHref: string,
  context: ReportContext,
) {
  const { t, language, formats } = context
  const { question, table, until } = comments
  return {
    pageTitle: t('agency.comments_title', { unit: name[language] }),
    extraStyle: 'report.css',
    backHref,
    waveTitle: wave.title[language],
    serviceName: service === null ? '' : (choices.find(({ code }) => code === service)?.name[language] ?? service),
    isAsked: question !== null,
    view: toCommentView(table, question?.[language] ?? '', context),
    until: until === null ? '' : t('agency.comments_until', { day: formats.day(addDays(until, -1)) }),
    ...(wave.isSimulated ? { isSimulated: true } : {}),
  }
}
