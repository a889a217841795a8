import { expect } from 'chai'
import { normalizeUnitText, unitCore } from '../../../../server/domain/units/unit-text.js'
import { projectRegistry } from '../../../support/project-files.js'

const TODAY = '2026-04-01'

describe('search of units', () => {
  const registry = projectRegistry()
  const search = (text: string, on = TODAY) => registry.search(text, { on }).map(({ uid }) => uid)

  const firsts: readonly (readonly [string, string])[] = [
    ['quan 1', 'quan-1'],
    ['Q1', 'quan-1'],
    ['q.01', 'quan-1'],
    ['District 1', 'quan-1'],
    ['quận 10', 'quan-10'],
    ['go vap', 'p-go-vap'],
    ['quan go vap', 'quan-go-vap'],
    ['Bến Thành', 'p-ben-thanh'],
    ['p ben thanh', 'p-ben-thanh'],
    ['P. Bến Thành', 'p-ben-thanh'],
    ['BEN THANH WARD', 'p-ben-thanh'],
    ['thu duc', 'p-thu-duc'],
    ['tp thu duc', 'tp-thu-duc'],
    ['so xay dung', 'so-xay-dung'],
    ['Sở Xây dựng', 'so-xay-dung'],
    ['so tai nguyen', 'so-moi-truong'],
    ['hoc mon', 'x-hoc-mon'],
    ['h. hoc mon', 'huyen-hoc-mon'],
    ['con dao', 'dk-con-dao'],
    ['hepza', 'hepza'],
    ['tphcm', 'tp-ho-chi-minh'],
    ['phường 5 gò vấp', 'quan-go-vap.p5'],
    ['dakao', 'quan-1.da-kao'],
    ['ben thahn', 'p-ben-thanh'],
    ['xã qui đức', 'huyen-binh-chanh.quy-duc'],
  ]
  for (const [text, uid] of firsts) {
    it(`finds ${uid} first for "${text}"`, () => expect(search(text)[0]).to.equal(uid))
  }

  it('puts the unit of the day before its namesake of another time', () => {
    expect(search('bến thành')).to.deep.equal(['p-ben-thanh', 'quan-1.ben-thanh'])
    expect(search('bến thành', '2020-01-01')).to.deep.equal(['quan-1.ben-thanh', 'p-ben-thanh'])
  })

  it('does not take quận 1 for the beginning of quận 10', () => {
    expect(search('quan 1')).to.deep.equal(['quan-1'])
  })

  it('leads from a district that has ended to the wards on its ground', () => {
    const resolution = registry.resolve(search('quan 1')[0] ?? '', TODAY)
    if (resolution.kind !== 'ended') throw new Error('Quận 1 has not ended')
    expect(resolution.successors.map(({ uid }) => uid)).to.have.members([
      'p-sai-gon',
      'p-tan-dinh',
      'p-ben-thanh',
      'p-cau-ong-lanh',
    ])
  })

  it('finds only the kinds asked for, and no more than asked for', () => {
    expect(registry.search('tan binh', { kinds: ['quan'] }).map(({ uid }) => uid)).to.deep.equal(['quan-tan-binh'])
    expect(registry.search('phuong', { limit: 7 })).to.have.length(7)
  })

  it('finds nothing for nothing and for what nobody is called', () => {
    for (const text of ['', '  ', '???', 'zzzzzz', '\u{1F600}']) expect(search(text), text).to.deep.equal([])
  })
})

describe('text of unit names', () => {
  it('loses diacritics, case, punctuation and leading zeros, and writes kinds out', () => {
    expect(normalizeUnitText('  Q.03 ')).to.equal('quan 3')
    expect(normalizeUnitText('P.Đa Kao')).to.equal('phuong da kao')
    expect(normalizeUnitText('TT. Củ Chi')).to.equal('thi tran cu chi')
    expect(normalizeUnitText('Bến Thành'.normalize('NFD'))).to.equal('ben thanh')
  })

  it('keeps a letter at the end, which is part of a name', () => {
    expect(normalizeUnitText('Bình Hưng Hòa H')).to.equal('binh hung hoa h')
  })

  it('tells which one from what kind', () => {
    expect(unitCore('quan go vap')).to.equal('go vap')
    expect(unitCore('go vap district')).to.equal('go vap')
    expect(unitCore('quan')).to.equal('quan')
  })
})
