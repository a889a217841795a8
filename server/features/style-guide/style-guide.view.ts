import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import { type ColourToken, contrast, PAIRS } from './tokens.js'

const SIZES = ['small', 'body', 'lead', 'h2', 'h1', 'figure'] as const

/** What the page of the design shows: colours, sizes of type, and the parts that pages are made of in each of their states. */
export function toStyleGuideView(tokens: readonly ColourToken[], language: Language, t: Translate) {
  const decimal = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 })
  const colourOf = new Map(tokens.map((token) => [token.name, token]))
  const ratio = (text: string, ground: string, scheme: 'light' | 'dark') =>
    decimal.format(contrast(colourOf.get(text)![scheme], colourOf.get(ground)![scheme]))
  const options = [1, 2, 3].map((code) => ({
    id: `sample-${code}`,
    value: String(code),
    label: t(`design.sample_option_${code}`),
    isChosen: code === 2,
  }))
  const question = {
    partial: 'question-options',
    code: 'sample',
    text: t('design.sample_question'),
    note: t('survey.required'),
    hint: t('design.sample_hint'),
    error: null,
    isNew: false,
    describedBy: null,
    inputType: 'radio',
    isScale: true,
    options,
    asides: [],
  }
  return {
    pageTitle: t('design.title'),
    extraStyle: 'style-guide.css',
    colours: tokens,
    pairs: PAIRS.map(({ text, ground, least }) => ({
      text,
      ground,
      least: decimal.format(least),
      light: ratio(text, ground, 'light'),
      dark: ratio(text, ground, 'dark'),
    })),
    sizes: SIZES.map((name) => ({ name, sample: t('design.sample_text') })),
    question,
    faultyQuestion: {
      ...question,
      code: 'faulty',
      error: t('survey.error_required'),
      options: options.map((one) => ({ ...one, id: `faulty-${one.value}`, isChosen: false })),
    },
    errorSummary: {
      heading: t('design.sample_errors'),
      entries: [{ href: '#faulty-1', text: t('design.sample_question') }],
    },
    levels: [1, 2, 3, 4, 5].map((level) => ({ level, label: t('design.level', { level: String(level) }) })),
  }
}
