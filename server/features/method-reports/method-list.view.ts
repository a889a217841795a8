import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { WaveMethods } from './get-method-report.js'
import { unconfirmedSentences } from './method-facts.js'

/** The list of methods of a wave: what each is, whether it fits, what is doubtful in it. */
export function toMethodListView(
  { wave, questionnaire, methods }: WaveMethods,
  hrefOf: (path: string) => string,
  { t, language }: { readonly t: Translate; readonly language: Language },
) {
  const entry = ({ method, name }: WaveMethods['methods'][number]) => ({
    href: hrefOf(`/reports/${wave.id}/methods/${name}`),
    title: method.title[language],
    version: t('methods.method_version', { id: method.id, version: method.version }),
    how: t(`methods.transformation_${method.transformation}`),
    unit: t('methods.range', {
      lowest: String(method.range.lowest).replace('-', '−'),
      highest: method.range.highest,
      unit: method.range.unit[language],
    }),
    fitNote: method.fitNote[language],
    source: method.source,
    unconfirmed: unconfirmedSentences(method, { t, language }),
  })
  return {
    pageTitle: t('methods.list_title', { wave: wave.title[language] }),
    extraStyle: 'report.css',
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    back: hrefOf(`/reports/${wave.id}`),
    lead: t('methods.list_lead', { questionnaire: `${questionnaire.id} ${questionnaire.version}` }),
    fitting: methods.filter(({ isFit }) => isFit).map(entry),
    others: methods.filter(({ isFit }) => !isFit).map(entry),
  }
}
