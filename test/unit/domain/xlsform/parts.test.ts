import { expect } from 'chai'
import type { JsonValue } from '../../../../server/domain/questionnaire/canonical.js'
import { freeCode, toCode } from '../../../../server/domain/xlsform/codes.js'
import { leftoversOf, withLeftover } from '../../../../server/domain/xlsform/leftovers.js'
import { readType } from '../../../../server/domain/xlsform/question-types.js'
import { columnOf, headingOf } from '../../../../server/domain/xlsform/sheets.js'

describe('parts of a questionnaire that a form does not hold', () => {
  const wanted = {
    id: 'x',
    consent: { version: 'c1' },
    sections: [
      {
        code: 'A',
        items: [
          { code: 'A1', criteria: ['TC1'] },
          { code: 'A2', options: [{ code: 1, about: 'A1' }] },
        ],
      },
    ],
    source: 'own',
  }
  const read = {
    id: 'x',
    consent: { paragraphs: [] },
    sections: [{ code: 'A', items: [{ code: 'A1' }, { code: 'A2', options: [{ code: 1 }], extra: true }] }],
  }

  it('are named in the smallest pieces, and put back one by one', () => {
    const leftovers = leftoversOf(wanted, read)
    expect(leftovers).to.deep.equal([
      { part: 'consent.version', value: '"c1"' },
      { part: 'consent.paragraphs', value: '' },
      { part: 'sections.A.items.A1.criteria', value: '["TC1"]' },
      { part: 'sections.A.items.A2.options.1.about', value: '"A1"' },
      { part: 'sections.A.items.A2.extra', value: '' },
      { part: 'source', value: '"own"' },
    ])
    expect(leftovers.reduce<JsonValue>((done, one) => withLeftover(done, one)!, read)).to.deep.equal(wanted)
  })

  it('are whole lists where their members differ', () => {
    expect(leftoversOf({ list: [{ code: 'B' }, { code: 'A' }] }, { list: [{ code: 'A' }] })).to.deep.equal([
      { part: 'list', value: '[{"code":"B"},{"code":"A"}]' },
    ])
  })

  it('go nowhere when their place is gone, and never into the prototype of an object', () => {
    for (const part of [
      'sections.B.title',
      'sections.A.items.A9.criteria',
      'nothing.x',
      '__proto__.x',
      'constructor.prototype.x',
    ])
      expect(withLeftover(read, { part, value: '"x"' }), part).to.equal(undefined)
    expect(() => withLeftover(read, { part: 'id', value: '{' })).to.throw(SyntaxError)
    expect(({} as Record<string, unknown>).x).to.equal(undefined)
  })
})

describe('words of a form', () => {
  it('become codes', () => {
    expect(['A1', 'giới tính', 'Đường', '2nd', 'x'.repeat(40)].map(toCode)).to.deep.equal([
      'A1',
      'GIOI_TINH',
      'DUONG',
      'Q2ND',
      'X'.repeat(32),
    ])
    expect(freeCode('A', (code) => ['A', 'A_2'].includes(code))).to.equal('A_3')
    expect(freeCode('X'.repeat(32), (code) => code === 'X'.repeat(32))).to.equal(`${'X'.repeat(30)}_2`)
  })

  it('are types as the specification spells them, and as it did before', () => {
    expect(readType('select_one yes_no')).to.deep.equal({
      kind: 'select',
      list: 'yes_no',
      isMultiple: false,
      hasOther: false,
    })
    expect(readType('select all that apply from wishes or_other')).to.deep.equal({
      kind: 'select',
      list: 'wishes',
      isMultiple: true,
      hasOther: true,
    })
    expect(readType('Begin Group')).to.deep.equal({ kind: 'begin', what: 'group' })
    expect(readType('end_repeat')).to.deep.equal({ kind: 'end', what: 'repeat' })
    for (const [type, kind] of [
      ['int', 'integer'],
      ['trigger', 'acknowledge'],
      ['start-geopoint', 'metadata'],
      ['rank list', 'not_carried_over'],
      ['select_one_from_file a.csv', 'not_carried_over'],
      ['select_one', 'unknown'],
      ['', 'unknown'],
    ] as const)
      expect(readType(type).kind, type).to.equal(kind)
  })

  it('are headings in either language', () => {
    for (const heading of ['label::Tiếng Việt (vi)', 'label::vi', 'Label : Vietnamese', 'label', 'caption'])
      expect(columnOf(heading, undefined), heading).to.equal('label.vi')
    for (const heading of ['hint::English (en)', 'hint::en', 'hint'])
      expect(columnOf(heading, 'English (en)'), heading).to.equal('hint.en')
    expect(columnOf('label::Français (fr)', undefined)).to.equal('label::Français (fr)')
    expect(columnOf('constraint message::English', undefined)).to.equal('constraint_message.en')
    expect(['label.vi', 'relevant'].map(headingOf)).to.deep.equal(['label::Tiếng Việt (vi)', 'relevant'])
  })
})
