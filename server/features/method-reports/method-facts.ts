import type { Method, MethodComposite } from '../../domain/method/method.js'
import type { MethodReport } from '../../domain/method-report/method-report.js'
import { flagLimits } from './headline.view.js'
import type { MethodContext } from './method-formats.js'

/** How figures are made, hidden and drawn, in sentences: what stands below every report of the method. */
export function methodSentences(
  method: Method,
  { t, language }: Pick<MethodContext, 't' | 'language'>,
): readonly string[] {
  const { standardisation, rollup, interval, disclosure, fitNote } = method
  const { minRespondents, minReliableBase } = disclosure.internal
  return [
    t(`methods.transformation_${method.transformation}`),
    ...rulesOf(method.index).map((rule) => t(`methods.rule_${rule}`)),
    ...(standardisation === undefined
      ? []
      : [
          t('methods.standardised', {
            low: standardisation.low,
            high: standardisation.high,
            minBase: standardisation.minBase,
          }),
        ]),
    interval.kind === 'none' ? interval.reason[language] : t(`methods.interval_${interval.kind}`),
    rollup.kind === 'none' ? rollup.reason[language] : t('methods.rollup_pooled'),
    t('methods.validity'),
    t('methods.hiding', { minRespondents, minReliableBase }),
    t('methods.flagged', flagLimits(disclosure.internal)),
    fitNote[language],
  ]
}

/** Every rule of the tree once, the index's first. */
function rulesOf(composite: MethodComposite): readonly string[] {
  return [...new Set([composite.rule, ...(composite.parts ?? []).flatMap(rulesOf)])]
}

/** What no source confirms, with how it is known. */
export function unconfirmedSentences(
  { unconfirmed }: Method,
  { t, language }: Pick<MethodContext, 't' | 'language'>,
): readonly string[] {
  return unconfirmed.map(({ claim, status }) => t(`methods.unconfirmed_${status}`, { claim: claim[language] }))
}

/** What every figure rests on: method, mode, responses, questionnaire, seed. */
export function reportFacts(report: MethodReport, { t, formats }: MethodContext): readonly string[] {
  const { wave, method, questionnaire, bootstrap } = report
  return [
    t('methods.method_version', { id: method.id, version: method.version }),
    t(`reports.mode_${wave.mode}`),
    t('reports.responses', {
      valid: formats.count(report.responseCount),
      received: formats.count(report.receivedCount),
    }),
    t('reports.instrument', {
      name: t(`reports.questionnaire_${wave.respondentType}`),
      id: questionnaire.id,
      version: questionnaire.version,
    }),
    t('methods.validity_version', { validity: report.validity }),
    ...(bootstrap === null
      ? []
      : [t('methods.seed', { replicates: formats.count(bootstrap.replicates), seed: bootstrap.seed })]),
    ...(report.unscoredCount === 0 ? [] : [t('methods.unscored', { units: formats.count(report.unscoredCount) })]),
  ]
}
