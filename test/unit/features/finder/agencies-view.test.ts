import { expect } from 'chai'
import { toAgenciesView } from '../../../../server/features/finder/agencies.view.js'
import { type AgencyQuery, findAgencies } from '../../../../server/features/finder/find-agencies.js'
import { toHomeView } from '../../../../server/features/finder/home.view.js'
import { pageOf } from '../../../../server/features/finder/paging.js'
import { english, ON, registry, services, vietnamese } from './city.js'

const nothing: AgencyQuery = { text: '', kind: null, area: null, service: null }

function viewOf(asked: Partial<AgencyQuery>, { page = 1, size = 30, context = vietnamese } = {}) {
  const query = { ...nothing, ...asked }
  const found = findAgencies({ registry, services }, query, ON)
  const list = pageOf(found.units, page, size)
  const isOpen = (uid: string) => uid === 'p-sai-gon'
  return toAgenciesView(context, { registry, services, query, on: ON, matchedServices: found.services, list, isOpen })
}

const names = (view: ReturnType<typeof viewOf>) => view.units.map(({ name }) => name)

describe('list of agencies', () => {
  it('leads from the old name to the successors', () => {
    const [line] = viewOf({ text: 'quan 1' }).units
    expect(line).to.include({ name: 'Quận 1', lifeNote: 'Không còn hoạt động từ ngày 01/07/2025.' })
    expect(line?.heirs.map(({ href }) => href)).to.deep.equal(['/u/p-sai-gon', '/u/p-tan-dinh'])
  })

  it('says where no survey is open, of units in force alone', () => {
    const facts = Object.fromEntries(viewOf({ kind: 'phuong' }).units.map(({ name, facts }) => [name, facts]))
    expect(facts).to.deep.equal({
      'Phường Sài Gòn': 'Địa bàn Quận 1 trước đây',
      'Phường Tân Định': 'Địa bàn Quận 1 trước đây · Chưa có đợt khảo sát',
    })
  })

  it('browses units in force only: by former district, by matter', () => {
    const area = registry.byUid('quan-1') ?? null
    const service = services.byCode('DAT') ?? null
    expect(names(viewOf({ area }))).to.deep.equal(['Phường Sài Gòn', 'Phường Tân Định'])
    expect(names(viewOf({ service }))).to.deep.equal(['Sở Y tế', 'Phường Sài Gòn', 'Phường Tân Định'])
    expect(viewOf({ service }).units[1]?.href).to.equal('/u/p-sai-gon#dv-DAT')
  })

  it('finds the matter by its everyday words, and no agency that only sounds alike', () => {
    const view = viewOf({ text: 'sổ đỏ' })
    expect(view.services.map(({ href }) => href)).to.deep.equal(['/agencies?service=DAT'])
    expect(names(view)).to.deep.equal([])
    expect(view.isEmpty).to.equal(false)
  })

  it('lists filters with the way to drop each, once there are two', () => {
    const view = viewOf({ text: 'go', kind: 'phuong' }, { context: english })
    expect(view.filters.map(({ href }) => href)).to.deep.equal([
      '/agencies?kind=phuong&lang=en',
      '/agencies?q=go&lang=en',
    ])
    expect(view.search.hidden).to.deep.equal([
      { name: 'kind', value: 'phuong' },
      { name: 'lang', value: 'en' },
    ])
    expect(viewOf({ kind: 'phuong' }).filters).to.deep.equal([])
  })

  it('turns pages without losing what was asked', () => {
    const middle = viewOf({}, { page: 2, size: 1 })
    expect(middle.paging).to.deep.equal({ status: 'Trang 2 / 3', previous: '/agencies', next: '/agencies?page=3' })
    expect(viewOf({ kind: 'phuong' }, { page: 9, size: 1 }).paging).to.deep.equal({
      status: 'Trang 2 / 2',
      previous: '/agencies?kind=phuong',
      next: null,
    })
  })

  it('is empty, and says so, when nothing fits', () => {
    expect(viewOf({ text: 'zzz' })).to.include({ isEmpty: true, hasUnits: false })
  })
})

describe('first page', () => {
  it('counts the units in force of each kind and lists the districts that ended', () => {
    const view = toHomeView(english, { registry, services }, ON)
    expect(view.kinds).to.deep.equal([
      { label: 'City departments', href: '/agencies?kind=so&lang=en', count: 1 },
      { label: 'Wards', href: '/agencies?kind=phuong&lang=en', count: 2 },
    ])
    expect(view.areas).to.deep.equal([{ label: 'District 1', href: '/agencies?area=quan-1&lang=en' }])
  })
})
