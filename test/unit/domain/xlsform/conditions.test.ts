import { expect } from 'chai'
import type { Condition } from '../../../../server/domain/questionnaire/definition.js'
import { expressionOf } from '../../../../server/domain/xlsform/condition-expression.js'
import { readCondition } from '../../../../server/domain/xlsform/read-condition.js'
import { readConstraint } from '../../../../server/domain/xlsform/read-constraint.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'

const choices = (...codes: number[]) => new Map(codes.map((code) => [String(code), code]))
const QUESTIONS = new Map([
  ['S3', { code: 'S3', choices: choices(1, 2, 98), isMultiple: false }],
  [
    'sex',
    {
      code: 'SEX',
      choices: new Map([
        ['male', 1],
        ['female', 2],
      ]),
      isMultiple: false,
    },
  ],
  ['H6', { code: 'H6', choices: choices(1, 2, 3), isMultiple: true }],
])
/** `{S3}` for `${S3}`, which the linter takes for a mistake. */
const asForm = (text: string) => text.replaceAll(/\{(\w+)\}/g, '$${$1}')
const read = (text: string) => readCondition(asForm(text), QUESTIONS)

describe('conditions of a form', () => {
  const understood: readonly (readonly [string, Condition])[] = [
    ["{S3} = '1'", { item: 'S3', in: [1] }],
    ['{S3}=1', { item: 'S3', in: [1] }],
    ["'1' = {S3}", { item: 'S3', in: [1] }],
    ['selected({S3}, "1")', { item: 'S3', in: [1] }],
    ["selected( {H6} , '2' )", { item: 'H6', in: [2] }],
    ["{sex} != 'male'", { not: { item: 'SEX', in: [1] } }],
    ["{S3} = '1' or {S3} = '2'", { item: 'S3', in: [1, 2] }],
    [
      "{S3} = '1' or {sex} = 'male'",
      {
        any: [
          { item: 'S3', in: [1] },
          { item: 'SEX', in: [1] },
        ],
      },
    ],
    ["{S3} = '1' and not({sex} = 'male')", { all: [{ item: 'S3', in: [1] }, { not: { item: 'SEX', in: [1] } }] }],
    // A comparison takes every code that meets it, 98 "prefer not to say" among them, as the form itself would.
    ['{S3} > 1', { item: 'S3', in: [2, 98] }],
    ['2 >= {S3}', { item: 'S3', in: [1, 2] }],
    ["{S3} != ''", { item: 'S3', in: [1, 2, 98] }],
    ["{S3} = ''", { not: { item: 'S3', in: [1, 2, 98] } }],
    ["{case_mode} = 'web'", { context: 'mode', in: ['web'] }],
    ["({case_unit_kind} = 'phuong' or {case_unit_kind} = 'xa')", { context: 'unitKind', in: ['phuong', 'xa'] }],
    // `and` binds closer than `or`.
    [
      "{S3} = '1' and {sex} = 'male' or {S3} = '2'",
      {
        any: [
          {
            all: [
              { item: 'S3', in: [1] },
              { item: 'SEX', in: [1] },
            ],
          },
          { item: 'S3', in: [2] },
        ],
      },
    ],
  ]
  for (const [text, condition] of understood) {
    it(`${text} is understood`, () => expect(read(text)).to.deep.equal({ kind: 'condition', condition }))
  }

  const notUnderstood: readonly (readonly [string, RegExp])[] = [
    ["{nobody} = '1'", /no question with choices before this one is called nobody/],
    ["{S3} = '7'", /S3 has no choice 7/],
    ['{S3} > 98', /no choice of S3 is > 98/],
    ["{H6} = '1'", /selected\(\)/],
    ['count-selected({H6}) > 1', /one side of a comparison must be a question/],
    ["regex({S3}, '[12]')", /regex\(\) is not understood/],
    ["{S3} = '1", /is not understood/],
    ["({S3} = '1'", /not closed/],
    ["{S3} = '1' {S3}", /is not understood here/],
    ["../S3 = '1'", /is not understood here/],
    ["S3 = '1'", /answers are named/],
    ["instance('x')/root/item[name = '1']/a = 'b'", /not understood/],
    [`${'('.repeat(500)}{S3} = 1${')'.repeat(500)}`, /too many parentheses/],
    ['', /ends too early/],
  ]
  for (const [text, why] of notUnderstood) {
    it(`“${text.slice(0, 40)}” is refused with the reason`, () => {
      const result = read(text)
      expect(result.kind).to.equal('not_understood')
      expect((result as { what: string }).what).to.match(why)
    })
  }

  it('are written as forms route by, left blank only where the question is asked', () => {
    const questionnaire = smallQuestionnaire()
    const write = (condition: Condition) => expressionOf(questionnaire, condition)
    expect(write({ item: 'S3', in: [1, 2] })).to.equal(asForm("({S3} = '1' or {S3} = '2')"))
    expect(write({ item: 'H6', in: [3] })).to.equal(asForm("selected({H6}, '3')"))
    expect(write({ not: { context: 'mode', in: ['web'] } })).to.equal(asForm("not({case_mode} = 'web')"))
    expect(write({ item: 'S3', in: [99] })).to.equal(asForm("{S3} = ''"))
    expect(write({ item: 'C2', in: [99] })).to.equal(asForm("({C2} = '' and {S3} = '1')"))
    // The box under the consent text stands for the item that asks for consent.
    expect(write({ item: 'S1', in: [1] })).to.equal(asForm("{consent_statement} = 'OK'"))
    expect(write({ item: 'S1', in: [2] })).to.equal('false()')
    const age = asForm("number(format-date(today(), '%Y')) - {S2}")
    expect(write({ item: 'S2', in: [1] })).to.equal(`(${age} >= 18 and ${age} <= 34)`)
    expect(write({ item: 'S2', in: [2] })).to.equal(`${age} >= 35`)
  })
})

describe('constraints of a form', () => {
  const year = "number(format-date(today(), '%Y'))"
  const understood: readonly (readonly [string, object])[] = [
    ['string-length(.) <= 100', { maxLength: 100 }],
    ['string-length( . ) < 100', { maxLength: 99 }],
    ['count-selected(.) <= 3', { maxChoices: 3 }],
    [`. >= 1900 and . <= ${year} - 18`, { earliest: 1900, isUpToNow: true, minAgeYears: 18 }],
    [`. >= 1900 and . <= ${year}`, { earliest: 1900, isUpToNow: true }],
    [". != '2'", { refused: ['2'] }],
    ["not(selected(., '2')) and not(. = 3)", { refused: ['2', '3'] }],
    ['', {}],
  ]
  for (const [text, limits] of understood) {
    it(`“${text}” sets its limits`, () => {
      expect(readConstraint(text)).to.deep.equal({ refused: [], notUnderstood: [], ...limits })
    })
  }
  it('that set none of our limits are told, beside those that do', () => {
    const { maxChoices, notUnderstood } = readConstraint("count-selected(.) <= 3 and regex(., '^a')")
    expect(maxChoices).to.equal(3)
    expect(notUnderstood).to.have.length(1)
    expect(readConstraint('. > ').notUnderstood).to.deep.equal(['the expression ends too early'])
  })
})
