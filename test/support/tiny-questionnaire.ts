import type { Item, Questionnaire, RatingItem } from '../../server/domain/questionnaire/definition.js'

const text = (words: string) => ({ vi: words, en: words })

/** A rating item on the five-point scale `satisfaction`. */
export function rating(code: string, overrides: Partial<RatingItem> = {}): RatingItem {
  return {
    kind: 'rating',
    code,
    text: text(`Criterion ${code}`),
    required: false,
    scale: 'satisfaction',
    allowsNotApplicable: true,
    allowsDontKnow: true,
    isReversed: false,
    ...overrides,
  }
}

/** Two index factors of three and two criteria (the shape of acceptance value B1), one module, an overall item. */
export function tinyQuestionnaire(
  overrides: Partial<Questionnaire> = {},
  extraItems: readonly Item[] = [],
): Questionnaire {
  return {
    id: 'tiny',
    version: '1.0',
    respondentType: 'citizen',
    title: text('Tiny'),
    introduction: text('Introduction'),
    consent: { version: 'c1', heading: text('Consent'), paragraphs: [], statement: text('I agree') },
    scales: {
      satisfaction: {
        options: [1, 2, 3, 4, 5].map((code) => ({ code, label: text(`Level ${code}`) })),
        notApplicable: text('Not applicable'),
        dontKnow: text('Do not know'),
      },
    },
    sections: [
      {
        code: 'all',
        title: text('All'),
        items: [
          ...['C1', 'C2', 'C3', 'C4', 'C5', 'M1', 'G1'].map((code) => rating(code)),
          rating('R1', { isReversed: true }),
          ...extraItems,
        ],
      },
    ],
    factors: [
      { code: 'F1', name: text('Factor one'), items: ['C1', 'C2', 'C3'], role: 'index' },
      { code: 'F2', name: text('Factor two'), items: ['C4', 'C5'], role: 'index', singleItem: 'C4' },
      { code: 'MOD', name: text('Module'), items: ['M1', 'R1'], role: 'module' },
    ],
    overallItem: 'G1',
    coreItems: ['C1', 'C2', 'C3', 'C4', 'C5'],
    minCoreShare: 0.8,
    source: 'made for tests',
    ...overrides,
  }
}
