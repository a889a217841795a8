import { expect } from 'chai'
import { checkUnits } from '../../../../server/domain/units/check-units.js'
import type { UnitData } from '../../../../server/domain/units/unit.js'
import { makeData, makeEvent, makeUnit, part, whole } from '../../../support/unit-fixtures.js'

const codes = (data: UnitData) => checkUnits(data).map(({ code }) => code)
const DAY = '2020-01-01'
const [old, young] = [makeUnit('old', { validTo: DAY }), makeUnit('young', { validFrom: DAY })]
const gso = (value: string, from: string | null = null, to: string | null = null) => ({
  scheme: 'GSO',
  value,
  from,
  to,
})

describe('check of units', () => {
  it('has nothing to say about a city whose district was replaced whole', () => {
    expect(checkUnits(makeData([old, young], [makeEvent(DAY, whole('old', 'young'))]))).to.deep.equal([])
  })

  const unitFaults: readonly (readonly [string, string, UnitData])[] = [
    ['a uid used twice', 'duplicate_uid', makeData([makeUnit('a'), makeUnit('a')])],
    ['a uid that is no part of an address', 'bad_uid', makeData([makeUnit('Quận 1')])],
    ['a uid too long for a QR code', 'bad_uid', makeData([makeUnit('a'.repeat(41))])],
    ['no name', 'missing_name', makeData([makeUnit('a', { names: [] })])],
    [
      'no English name',
      'missing_name',
      makeData([makeUnit('a', { names: [{ vi: 'A', en: ' ', from: null, to: null }] })]),
    ],
    [
      'names with a gap',
      'gap_in_names',
      makeData([
        makeUnit('a', {
          names: [
            { vi: 'A', en: 'A', from: null, to: '2019-01-01' },
            { vi: 'B', en: 'B', from: DAY, to: null },
          ],
        }),
      ]),
    ],
    [
      'a life that ends before it begins',
      'empty_life',
      makeData([makeUnit('a', { validFrom: DAY, validTo: '2019-01-01', note: 'x' })]),
    ],
    ['no parent', 'missing_parent', makeData([makeUnit('a', { parents: [] })])],
    ['an unknown parent', 'unknown_parent', makeData([makeUnit('a', { parent: 'nowhere' })])],
    [
      'a parent that ended earlier',
      'parent_not_valid',
      makeData([makeUnit('b', { validTo: DAY, note: 'x' }), makeUnit('a', { parent: 'b' })]),
    ],
    [
      'a parent for a part of its life only',
      'gap_in_parents',
      makeData([makeUnit('a', { parents: [{ uid: 'city', from: DAY, to: null }] })]),
    ],
    [
      'parents in a circle',
      'circular_parents',
      makeData([makeUnit('a', { parent: 'b' }), makeUnit('b', { parent: 'a' })]),
    ],
    [
      'a code outside its life',
      'code_outside_life',
      makeData([makeUnit('a', { validTo: DAY, note: 'x', codes: [gso('1')] })]),
    ],
    ['no legal basis', 'missing_legal_basis', makeData([makeUnit('a', { legalBasis: '' })])],
    ['an end without a successor', 'no_successor', makeData([old])],
    ['a beginning without an origin', 'no_origin', makeData([young])],
  ]
  for (const [situation, code, data] of unitFaults) {
    it(`reports ${situation}`, () => expect(codes(data)).to.include(code))
  }

  it('points at the second of two units with one code on a day', () => {
    const data = makeData([
      makeUnit('a', { codes: [gso('769', null, DAY)] }),
      makeUnit('b', { codes: [gso('769', DAY)] }),
      makeUnit('c', { codes: [gso('769', '2019-12-31', DAY)] }),
    ])
    expect(checkUnits(data)).to.deep.include({
      code: 'code_twice',
      subject: { kind: 'unit', unit: 3 },
      message: 'GSO code 769 of c is also that of a on some day',
    })
    expect(checkUnits(data).filter(({ code }) => code === 'code_twice')).to.have.length(1)
  })

  it('refuses a registry without its city', () => {
    expect(codes({ units: [], events: [], cityUid: 'city' })).to.deep.equal(['no_city'])
  })

  const [left, right] = [makeUnit('left', { validFrom: DAY }), makeUnit('right', { validFrom: DAY })]
  const split = (...links: Parameters<typeof makeEvent>[1][]) =>
    makeData([old, left, right], [makeEvent(DAY, ...links)])
  const linkFaults: readonly (readonly [string, string, UnitData])[] = [
    ['an unknown unit', 'unknown_unit', split(whole('old', 'elsewhere'))],
    ['shares that miss 1', 'shares_not_one', split(part('old', 'left', 0.4), part('old', 'right', 0.5))],
    ['one known share among unknown ones', 'shares_not_one', split(part('old', 'left', 0.4), part('old', 'right'))],
    ['a share above 1', 'bad_share', split(part('old', 'left', 1.5))],
    ['a whole that is less', 'bad_share', split({ ...whole('old', 'left'), share: 0.5 })],
    ['a share without its basis', 'missing_share_basis', split({ ...part('old', 'left', 0.5), shareBasis: null })],
    ['the same link twice', 'link_twice', split(part('old', 'left'), part('old', 'left'))],
    [
      'a day after the end',
      'event_outside_life',
      makeData([old, young], [makeEvent('2020-06-01', whole('old', 'young'))]),
    ],
    [
      'a whole unit that lives on',
      'whole_but_lives_on',
      makeData([makeUnit('a'), young], [makeEvent(DAY, whole('a', 'young'))]),
    ],
    [
      'a part given away with the rest left open',
      'rest_not_linked',
      makeData([makeUnit('a'), young], [makeEvent(DAY, part('a', 'young'))]),
    ],
    [
      'no legal basis',
      'missing_legal_basis',
      makeData([old, young], [{ ...makeEvent(DAY, whole('old', 'young')), legalBasis: '' }]),
    ],
  ]
  for (const [situation, code, data] of linkFaults) {
    it(`reports a link with ${situation}`, () => expect(codes(data)).to.include(code))
  }

  it('accepts shares whose decimal fractions sum to 1 only nearly', () => {
    const third = makeUnit('third', { validFrom: DAY })
    const links = [part('old', 'left', 0.1), part('old', 'right', 0.7), part('old', 'third', 0.2)]
    expect(codes(makeData([old, left, right, third], [makeEvent(DAY, ...links)]))).to.deep.equal([])
  })

  it('reports a derived link that the units below do not bear out', () => {
    const ward = makeUnit('ward', { kind: 'phuong', parent: 'old', validTo: DAY })
    const links = [whole('ward', 'left'), { ...part('old', 'right'), derived: true }]
    const found = checkUnits(makeData([old, ward, left, right], [makeEvent(DAY, ...links)]))
    expect(found.find(({ code }) => code === 'derived_differs')?.message).to.include('missing: left; too many: right')
  })
})
