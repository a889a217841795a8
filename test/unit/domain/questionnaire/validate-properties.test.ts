import { expect } from 'chai'
import fc from 'fast-check'
import { pruneHidden, visibleItems } from '../../../../server/domain/questionnaire/routing.js'
import { validateAnswers, validateSection } from '../../../../server/domain/questionnaire/validate-answers.js'
import { projectQuestionnaire } from '../../../support/project-files.js'
import { caseContext, cleanCases, contexts, rawCases } from '../../../support/survey-cases.js'

const NAMES = ['citizen', 'business', 'counter'] as const
const DROP = { whenHidden: 'drop' } as const

/** No NUL, and well-formed: half a surrogate pair does not survive the way through UTF-8. */
function isCleanText(text: string): boolean {
  return !text.includes('\0') && Buffer.from(text, 'utf8').toString('utf8') === text
}

for (const name of NAMES) {
  const questionnaire = projectQuestionnaire(name)

  describe(`validating the ${name} questionnaire`, () => {
    it('accepts what the routing asks, stores an entry for each rated item asked and none for those hidden', () => {
      fc.assert(
        fc.property(cleanCases(questionnaire), contexts, (raw, context) => {
          const outcome = validateAnswers(questionnaire, withoutForeignCodes(raw), context, DROP)
          if (outcome.kind !== 'valid') throw new Error(JSON.stringify(outcome))
          const asked = visibleItems(questionnaire, outcome.answers, context)
          const askedCodes = new Set(asked.map(({ code }) => code))
          expect(Object.keys(outcome.answers).filter((code) => !askedCodes.has(code))).to.deep.equal([])
          const coded = asked.filter(({ kind }) => kind !== 'text' && kind !== 'unit')
          expect(coded.filter(({ code }) => outcome.answers[code] === undefined)).to.deep.equal([])
        }),
        { numRuns: 60 },
      )
    })

    it('accepts its own output again, unchanged', () => {
      fc.assert(
        fc.property(cleanCases(questionnaire), contexts, (raw, context) => {
          const first = validateAnswers(questionnaire, withoutForeignCodes(raw), context, DROP)
          if (first.kind !== 'valid') throw new Error(JSON.stringify(first))
          expect(validateAnswers(questionnaire, first.answers, context)).to.deep.equal(first)
          expect(pruneHidden(questionnaire, first.answers, context)).to.deep.equal(first.answers)
        }),
        { numRuns: 60 },
      )
    })

    it('never throws, whatever is sent, and never stores what it refused', () => {
      const anything = fc.oneof(
        rawCases(questionnaire),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('S1', 'G1', '__proto__', 'constructor')), fc.anything()),
      )
      fc.assert(
        fc.property(anything, contexts, (raw, context) => {
          const outcome = validateAnswers(questionnaire, raw, context)
          if (outcome.kind === 'invalid') expect(outcome.errors).to.not.be.empty
          const stored = outcome.kind === 'valid' ? Object.values(outcome.answers) : []
          expect(stored.filter((answer) => typeof answer === 'string' && !isCleanText(answer))).to.deep.equal([])
        }),
        { numRuns: 150 },
      )
    })

    it('page by page comes to the same answers as all at once', () => {
      const context = caseContext()
      fc.assert(
        fc.property(cleanCases(questionnaire), (sent) => {
          const raw = withoutForeignCodes(sent)
          let answers = {}
          for (const section of questionnaire.sections) {
            const page = Object.fromEntries(section.items.map(({ code }) => [code, raw[code]]))
            const outcome = validateSection(questionnaire, section.code, page, answers, context)
            if (outcome.kind !== 'valid') throw new Error(JSON.stringify(outcome))
            answers = outcome.answers
          }
          const whole = validateAnswers(questionnaire, raw, context, DROP)
          expect(whole.kind === 'valid' && whole.answers).to.deep.equal(answers)
        }),
        { numRuns: 40 },
      )
    })
  })

  /** Clean cases draw 96 and 97 for every rated item; only some allow them. */
  function withoutForeignCodes(raw: Record<string, unknown>): Record<string, unknown> {
    const items = questionnaire.sections.flatMap((section) => section.items)
    const isForeign = (code: string, value: unknown) => {
      const item = items.find((one) => one.code === code)
      if (item?.kind !== 'rating') return false
      return (
        (!item.allowsNotApplicable && String(value) === '96') ||
        (!item.allowsDontKnow && String(value) === '97') ||
        (item.required && String(value) === '99')
      )
    }
    return Object.fromEntries(Object.entries(raw).filter(([code, value]) => !isForeign(code, value)))
  }
}
