import type { Translate } from '../../platform/text.js'

/** What the page of explanations explains, in reading order; sentences are in `views/text/glossary.json`. */
export const GLOSSARY_TERMS = [
  'percent',
  'interval',
  'base',
  'design_effect',
  'points',
  'nonresponse',
  'rule',
  'rollup',
  'flagged',
  'hidden',
  'complementary',
  'differencing',
  'target',
  'rank',
  'standardised',
  'mode_gap',
  'trend',
  'change',
  'control_limits',
  'mapped',
  'importance_performance',
  'alpha',
  'response_accounting',
  'response_quality',
] as const
export type GlossaryTerm = (typeof GLOSSARY_TERMS)[number]

/** Address of the explanations; a term's part of it is `#` and its name with hyphens (`#mode-gap`). */
export const GLOSSARY_PATH = '/reports/method'

/** Every figure explained: what it is, how it is made, an example, what it does not say, where it comes from. */
export function toGlossaryView(t: Translate, listHref: string) {
  return {
    pageTitle: t('glossary.page_title'),
    extraStyle: 'report.css',
    listHref,
    terms: GLOSSARY_TERMS.map((term) => ({
      anchor: anchorOf(term),
      title: t(`glossary.${term}_title`),
      what: t(`glossary.${term}_what`),
      formula: t(`glossary.${term}_formula`),
      example: t(`glossary.${term}_example`),
      limits: t(`glossary.${term}_limits`),
      source: t(`glossary.${term}_source`),
    })),
  }
}

const anchorOf = (term: GlossaryTerm) => term.replaceAll('_', '-')
