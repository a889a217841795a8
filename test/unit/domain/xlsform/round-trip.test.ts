import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalJson } from '../../../../server/domain/questionnaire/canonical.js'
import type { Condition, Item, Option, Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import { readForm } from '../../../../server/domain/xlsform/read-form.js'
import { writeForm } from '../../../../server/domain/xlsform/write-form.js'
import { loadPublishedQuestionnaires } from '../../../../server/features/questionnaires/index.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'
import { SOURCES } from '../../../support/xlsform.js'

const published = loadPublishedQuestionnaires(join(projectDir(), 'surveys/questionnaires/published'))

/** With the codes that questionnaire files have. */
const inCapitals = (questionnaire: Questionnaire): Questionnaire => ({
  ...questionnaire,
  sections: questionnaire.sections.map((section) => ({ ...section, code: section.code.toUpperCase() })),
})

const write = (questionnaire: Questionnaire) =>
  writeForm({ hash: 'h'.repeat(64), questionnaire }, 'face_to_face', SOURCES)

/** The questionnaire in a form, and all that was said about it. */
function roundTrip(questionnaire: Questionnaire) {
  const read = readForm(write(questionnaire))
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults))
  return read
}

/** What of a questionnaire the sheets of the specification hold by themselves. */
function withoutLeftovers(questionnaire: Questionnaire) {
  const read = readForm({ ...write(questionnaire), not_carried_over: [] })
  return (read as { draft: unknown }).draft as Questionnaire
}

describe('a questionnaire that goes out as a form and comes back', () => {
  for (const { questionnaire } of published) {
    it(`is the same: ${questionnaire.id}`, () => {
      const { draft, findings } = roundTrip(questionnaire)
      expect(canonicalJson(draft)).to.equal(canonicalJson(questionnaire))
      expect(findings).to.deep.equal([])
    })

    it(`has its words, choices, limits and routing in the sheets of the specification: ${questionnaire.id}`, () => {
      const read = withoutLeftovers(questionnaire)
      const asked = (one: Questionnaire) =>
        one.sections.map(({ code, title, lead, showIf, items }) => ({
          code,
          title,
          lead,
          showIf,
          items: items.map(carried),
        }))
      expect(canonicalJson(asked(read))).to.equal(canonicalJson(asked(questionnaire)))
      const { version: _, ...consent } = questionnaire.consent
      expect([read.consent, read.introduction]).to.deep.equal([consent, questionnaire.introduction])
    })
  }

  it('tells by name what the specification has no words for', () => {
    const parts = write(inCapitals(smallQuestionnaire())).not_carried_over.map(({ cells }) => cells.part)
    expect(parts).to.include.members(['factors', 'coreItems', 'version', 'title.en', 'sections.ABOUT.items.S2.bands'])
    expect(parts.filter((part) => part!.endsWith('.text') || part!.endsWith('.options'))).to.deep.equal([])
  })

  it('asks for consent once, by the box, as the form on the web does', () => {
    const rows = write(inCapitals(smallQuestionnaire())).survey.map(({ cells }) => cells)
    expect(rows.find(({ name }) => name === 'consent_statement')).to.deep.include({
      type: 'acknowledge',
      required: 'yes',
    })
    expect(rows.find(({ name }) => name === 'S1')).to.deep.include({ relevant: 'false()', constraint: ". != '2'" })
  })

  it('keeps texts that a form would take for an answer, and conditions it cannot tell apart', () => {
    const item = rating('X1', {
      text: { vi: `Giá \${A}`, en: '=1+1' },
      showIf: {
        any: [
          { item: 'C1', in: [1] },
          { item: 'C1', in: [2] },
        ],
      },
    })
    const questionnaire = inCapitals(tinyQuestionnaire({}, [item]))
    const labels = write(questionnaire).survey.map(({ cells }) => cells['label.vi'] ?? '')
    expect(labels.filter((label) => label.includes('${'))).to.deep.equal([])
    expect(canonicalJson(roundTrip(questionnaire).draft)).to.equal(canonicalJson(questionnaire))
  })

  it('has random items, conditions and texts as before', () => {
    fc.assert(
      fc.property(questionnaires, (questionnaire) => {
        expect(canonicalJson(roundTrip(questionnaire).draft)).to.equal(canonicalJson(questionnaire))
        const whole = write(questionnaire).not_carried_over.filter(({ cells }) => cells.part === 'sections')
        expect(whole).to.deep.equal([])
      }),
      { numRuns: 40 },
    )
  })
})

/** An item less what XLSForm does not say of one. */
function carried(item: Item) {
  const { criteria: _, isReversed: __, bands: ___, ...rest } = item as Item & { isReversed?: boolean; bands?: unknown }
  const { text, ...others } = rest
  const plain = 'options' in others ? { ...others, options: others.options.map(withoutAbout) } : others
  return item.kind === 'context' ? plain : { text, ...plain }
}
const withoutAbout = ({ code, label }: Option) => ({ code, label })

const words = fc
  .string({ unit: fc.constantFrom(...`aâđ $\{}'"<&=@\n.1`), minLength: 1, maxLength: 8 })
  .map((text) => `x${text}x`)
const localized = fc.record({ vi: words, en: words })
const options = fc
  .uniqueArray(fc.integer({ min: 0, max: 98 }), { minLength: 2, maxLength: 5 })
  .chain((codes) => fc.tuple(...codes.map((code) => localized.map((label) => ({ code, label })))))

const kinds = fc.oneof(
  fc.record({
    kind: fc.constant('rating' as const),
    scale: fc.constant('satisfaction'),
    allowsNotApplicable: fc.boolean(),
    allowsDontKnow: fc.boolean(),
    isReversed: fc.boolean(),
  }),
  options.map((own) => ({ kind: 'choice' as const, options: own })),
  options.map((own) => ({ kind: 'choice' as const, options: own, stopsAt: [own[0]!.code] })),
  options.map((own) => ({ kind: 'multi' as const, options: own, maxChoices: own.length - 1 })),
  fc.record({ kind: fc.constant('year' as const), earliest: fc.constant(1900) }),
  fc.record({ kind: fc.constant('year' as const), earliest: fc.constant(1900), minAgeYears: fc.constant(18) }),
  fc.record({ kind: fc.constant('text' as const), maxLength: fc.integer({ min: 1, max: 4000 }) }),
  fc.record({ kind: fc.constant('unit' as const), unitKinds: fc.constantFrom(['phuong'], ['xa', 'phuong'], ['quan']) }),
  fc.record({ kind: fc.constant('context' as const), source: fc.constantFrom('unit', 'service') }),
)

/** Conditions about items before, whatever their codes. */
const conditionAbout = (codes: readonly string[]): fc.Arbitrary<Condition> =>
  fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.record({
        item: fc.constantFrom(...codes),
        in: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        context: fc.constant('mode' as const),
        in: fc.constantFrom(['web' as const], ['kiosk' as const, 'phone' as const]),
      }),
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ),
  })).condition

const questionnaires = fc
  .array(fc.record({ kind: kinds, text: localized, hint: fc.option(localized), required: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((specs) =>
    fc.tuple(
      fc.constant(specs),
      fc.tuple(
        ...specs.map((_, i) => fc.option(conditionAbout(['C1', ...Array.from({ length: i }, (_, j) => `Q${j}`)]))),
      ),
    ),
  )
  .map(([specs, conditions]) => {
    const items = specs.map(({ kind, text, hint, required }, i) => ({
      code: `Q${i}`,
      text,
      required,
      ...(hint && { hint }),
      ...(conditions[i] && { showIf: conditions[i] }),
      ...kind,
    }))
    return inCapitals(tinyQuestionnaire({}, items as Item[]))
  })
