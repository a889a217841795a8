import { expect } from 'chai'
import type { Item } from '../../../../server/domain/questionnaire/definition.js'
import { readForm } from '../../../../server/domain/xlsform/read-form.js'
import { formOf } from '../../../support/xlsform.js'

const SURVEY_HEAD = [
  'type',
  'name',
  'label::English (en)',
  'label::Vietnamese',
  'required',
  'relevant',
  'constraint',
  'appearance',
]
const CHOICES = [
  ['list name', 'name', 'label::English (en)', 'label::Vietnamese'],
  ['yes_no', 'yes', 'Yes', 'Có'],
  ['yes_no', 'no', 'No', 'Không'],
  ...[1, 2, 3, 4, 5].map((code) => ['satisfied', String(code), `Level ${code}`, `Mức ${code}`]),
  ['satisfied', '99', 'No answer', 'Không trả lời'],
]
const SPARE = ['spare', '1', 'Spare', 'Thừa']

/** Cells as in the sheet, `{a}` for `${a}`. */
const read = (
  survey: readonly (readonly string[])[],
  choices = CHOICES,
  settings: readonly (readonly string[])[] = [],
) => {
  const rows = survey.map((row) => row.map((cell) => cell.replaceAll(/\{(\w+)\}/g, '$${$1}')))
  const { form, findings, faults } = formOf({ survey: [SURVEY_HEAD, ...rows], choices, settings })
  if (faults.length > 0) return { faults, findings: [], sections: [], draft: {} }
  const result = readForm(form)
  if (result.kind === 'faults') return { faults: result.faults, findings: [], sections: [], draft: {} }
  const draft = result.draft as unknown as {
    readonly sections: readonly { code: string; showIf?: unknown; items: readonly Item[] }[]
  }
  return { faults: [], findings: [...findings, ...result.findings], sections: draft.sections, draft }
}

describe('a form made elsewhere', () => {
  it('comes over with its own names turned into codes, groups into sections, and all that is lost told', () => {
    const { sections, findings, draft } = read(
      [
        ['start', 'start'],
        ['deviceid', 'deviceid'],
        ['begin group', 'visit', 'Your visit', 'Lần đến'],
        ['note', 'n1', 'Think of the last visit', 'Nhớ lần gần nhất'],
        ['select_one yes_no', 'borrowed', 'Did you borrow?', 'Có mượn không?', 'yes'],
        ['begin_group', 'details', 'Details', 'Chi tiết', '', "{borrowed} = 'yes'"],
        ['select_one satisfied', 'staff', 'Staff', 'Nhân viên', '', "pulldata('x', 'y', 'z', 'w') = 1", '', 'likert'],
        ['geopoint', 'where', 'Where?', 'Ở đâu?'],
        ['end_group', 'details'],
        ['text', 'why', 'Why?', 'Vì sao?', '', '', "regex(., '[a-z]+')"],
        ['integer', 'times', 'How often?', 'Mấy lần?'],
        ['end group', ''],
      ],
      [...CHOICES, SPARE],
      [
        ['form_title', 'form_id', 'version', 'public_key'],
        ['Reader survey', 'Reader Survey', '7', 'abc'],
      ],
    )
    expect(sections.map(({ code, items }) => [code, items.map(({ code: item }) => item)])).to.deep.equal([
      ['VISIT', ['BORROWED']],
      ['DETAILS', ['STAFF']],
      ['VISIT_2', ['WHY']],
    ])
    expect(sections[1]!.showIf).to.deep.equal({ item: 'BORROWED', in: [1] })
    expect(sections[1]!.items[0]).to.deep.include({ kind: 'rating', scale: 'satisfied', allowsDontKnow: false })
    expect(sections[0]).to.deep.include({ lead: { vi: 'Nhớ lần gần nhất', en: 'Think of the last visit' } })
    expect(draft).to.deep.include({ id: 'reader-survey', title: { vi: 'Reader survey', en: '' } })
    // Factors and consent are nobody's to make up.
    expect(draft).not.to.have.any.keys('factors', 'consent', 'version')

    const told = findings.map(({ sheet, row, column, what }) => `${sheet} ${row} ${column} ${what}`)
    for (const part of [
      /^settings 2 public_key /,
      /^settings 2 version /,
      /^survey 3 type a fact of the device/,
      /^choices 10 list_name no question uses the list spare/,
      /^settings 2 form_id Reader Survey is reader-survey/,
      /^choices 2 name .*yes = 1, no = 2/,
      /^choices 4 name choice 99 means left blank/,
      /^choices \d list_name the list satisfied is taken as a five-point scale/,
      /^survey 6 name .*borrowed is BORROWED/,
      /^survey 8 relevant one side of a comparison must be a question: asked of everybody/,
      /^survey 8 appearance likert/,
      /^survey 9 type no kind of item/,
      /^survey 11 constraint no limit in characters: 1000/,
      /^survey 11 constraint it sets no limit/,
      /^survey 12 type numbers are asked for as years alone/,
    ]) {
      expect(
        told.filter((line) => part.test(line)),
        String(part),
      ).to.have.length(1)
    }
  })

  it('tells of cells that nothing is made of, wherever they stand', () => {
    const { findings } = read([
      ['begin_group', 'g', 'Hello {a}', 'Chào', 'yes', '', '', 'grid-theme'],
      ['note', 'n', 'First', 'Một', '', "{a} = 'yes'"],
      ['note', 'm', 'Second', 'Hai'],
      ['text', 'a', 'Why, {n}?', 'Vì sao?', 'sometimes()', '', 'string-length(.) < 9'],
      ['end_group', 'g'],
      ['begin_group', 'h', 'Only words', 'Chỉ có lời'],
      ['note', 'o', 'Words', 'Lời'],
      ['end_group', 'h'],
    ])
    const told = findings.filter(({ sheet }) => sheet === 'survey')
    expect(told.map(({ row, column }) => `${row} ${column}`)).to.have.members([
      '2 label.en',
      '2 required',
      '2 appearance',
      '3 relevant',
      '4 label',
      '5 label.en',
      '5 required',
      '5 name',
      '7 label',
    ])
  })

  it('keeps nothing of a repeat, and says so once', () => {
    const { sections, findings } = read([
      ['text', 'before', 'Before', 'Trước'],
      ['begin_repeat', 'people', 'People', 'Người'],
      ['begin_group', 'one', 'One', 'Một'],
      ['text', 'name', 'Name', 'Tên'],
      ['end_group', 'one'],
      ['end_repeat', 'people'],
    ])
    expect(sections.flatMap(({ items }) => items.map(({ code }) => code))).to.deep.equal(['BEFORE'])
    expect(findings.filter(({ what }) => what.includes('repeated questions'))).to.have.length(1)
  })

  const faults: readonly (readonly [string, readonly (readonly string[])[], RegExp])[] = [
    ['a type that does not exist', [['selectone yes_no', 'a', 'A', 'A']], /selectone yes_no is no type of question/],
    ['a row without a type', [['', 'a', 'A', 'A']], /the row has no type/],
    ['a list that is not there', [['select_one yesno', 'a', 'A', 'A']], /there is no list yesno/],
    ['a question without a name', [['text', '', 'A', 'A']], /has no name/],
    [
      'two questions of one name',
      [
        ['text', 'a', 'A', 'A'],
        ['text', 'a', 'B', 'B'],
      ],
      /a is the name of row 2 too/,
    ],
    [
      'a group that is never closed',
      [
        ['begin_group', 'g', 'G', 'G'],
        ['text', 'a', 'A', 'A'],
      ],
      /g is never closed/,
    ],
    ['a group closed twice', [['end_group', 'g']], /no group is open/],
    [
      'groups closed in the wrong order',
      [
        ['begin_group', 'g', 'G', 'G'],
        ['end_group', 'h'],
      ],
      /closes h, but g is open/,
    ],
  ]
  for (const [name, rows, what] of faults) {
    it(`with ${name} is refused`, () => {
      const { faults: found } = read(rows)
      expect(found.map((fault) => fault.what).join()).to.match(what)
      expect(found[0]!.row).to.be.greaterThan(1)
    })
  }

  it('without a sheet survey, without its columns or with two of one heading is refused', () => {
    const why = (sheets: Record<string, string[][]>) =>
      formOf(sheets).faults.map(({ what, column }) => `${column}: ${what}`)
    expect(why({ Sheet1: [['a']] })[0]).to.match(/there is no sheet survey, only Sheet1/)
    expect(why({ survey: [['type', 'label']] })).to.deep.equal(['name: the sheet needs a column with this heading'])
    expect(why({ survey: [['type', 'name', 'name']] })[0]).to.match(/two columns/)
  })

  it('reads texts without a language as those of the default language, and tells of others', () => {
    const survey = [
      ['type', 'name', 'label', 'label::Français (fr)'],
      ['text', 'A1', 'Why?', 'Pourquoi ?'],
    ]
    const { form, findings } = formOf({ survey, settings: [['default_language'], ['English (en)']] })
    const result = readForm(form)
    expect(JSON.stringify(result)).to.include('"text":{"vi":"","en":"Why?"}')
    expect(findings.map(({ column }) => column)).to.deep.equal(['label::Français (fr)'])
  })
})
