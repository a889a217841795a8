import { expect } from 'chai'
import type { Wave } from '../../../../server/domain/survey/wave.js'
import { type AgencyInput, toAgencyView } from '../../../../server/features/finder/agency.view.js'
import { english, ON, registry, services, vietnamese, wave } from './city.js'

function inputOf(uid: string, waves: readonly Wave[], overrides: Partial<AgencyInput> = {}): AgencyInput {
  const unit = registry.byUid(uid)
  if (!unit) throw new Error(`no ${uid}`)
  return { registry, services, unit, on: ON, waves, respondentType: 'citizen', text: '', ...overrides }
}

const rateLinks = (view: ReturnType<typeof toAgencyView>) => view.services.map(({ href }) => href)

describe('agency page', () => {
  it('links each service to its form where a wave for citizens is open', () => {
    const view = toAgencyView(vietnamese, inputOf('p-sai-gon', [wave()]))
    expect(view.pageTitle).to.equal('Phường Sài Gòn')
    expect(rateLinks(view)).to.deep.equal(['/r/p-sai-gon/DAT', '/r/p-sai-gon/HT'])
    expect(view.services[0]?.words).to.equal('sổ đỏ, sổ hồng')
    expect([view.noSurvey, view.end, view.audiences]).to.deep.equal([null, null, null])
  })

  it('links only the services in the scope of the wave', () => {
    const view = toAgencyView(vietnamese, inputOf('p-sai-gon', [wave({ serviceCodes: ['HT'] })]))
    expect(rateLinks(view)).to.deep.equal([null, '/r/p-sai-gon/HT'])
  })

  it('takes a counter wave for no door of its own', () => {
    const view = toAgencyView(vietnamese, inputOf('p-sai-gon', [wave({ mode: 'kiosk' })]))
    expect(rateLinks(view)).to.deep.equal([null, null])
    expect(view.noSurvey).to.equal('Hiện chưa có đợt khảo sát nào hỏi người dân về cơ quan này.')
  })

  it('offers the way for businesses where they are asked, and keeps it and the language in the form link', () => {
    const waves = [wave(), wave({ respondentType: 'business', serviceCodes: ['DAT'] })]
    const citizens = toAgencyView(english, inputOf('p-sai-gon', waves))
    const businesses = toAgencyView(english, inputOf('p-sai-gon', waves, { respondentType: 'business' }))
    expect(citizens.audiences).to.deep.equal([
      { label: 'Citizens', href: '/u/p-sai-gon?lang=en', isCurrent: true },
      { label: 'Businesses', href: '/u/p-sai-gon?as=business&lang=en', isCurrent: false },
    ])
    expect(rateLinks(businesses)).to.deep.equal(['/r/p-sai-gon/DAT?as=business&lang=en', null])
  })

  it('narrows the services by everyday words, and shows all when none fits', () => {
    const found = toAgencyView(vietnamese, inputOf('p-sai-gon', [wave()], { text: 'so hong' }))
    const missed = toAgencyView(vietnamese, inputOf('p-sai-gon', [wave()], { text: 'xe buýt' }))
    expect(found.services.map(({ code }) => code)).to.deep.equal(['DAT'])
    expect(missed.services.map(({ code }) => code)).to.deep.equal(['DAT', 'HT'])
  })

  it('tells since when a unit is gone, and names its successors', () => {
    const view = toAgencyView(vietnamese, inputOf('quan-1', []))
    expect(view.end?.sentence).to.equal('Không còn hoạt động từ ngày 01/07/2025.')
    expect(view.end?.heirs).to.deep.equal([
      { name: 'Phường Sài Gòn', href: '/u/p-sai-gon' },
      { name: 'Phường Tân Định', href: '/u/p-tan-dinh' },
    ])
    expect(view.hasServices).to.equal(false)
  })

  it('advises by how long ago a unit ended: 12 months are asked about', () => {
    const adviceOn = (on: string) => toAgencyView(english, inputOf('quan-1', [], { on })).end?.advice
    expect(adviceOn('2026-06-30')).to.match(/^Business done before 1 July 2025 is still within 12 months/)
    expect(adviceOn('2026-07-01')).to.match(/^The survey asks only about the last 12 months/)
  })

  it('lets a unit that ended be rated while a wave still asks about it', () => {
    const view = toAgencyView(vietnamese, inputOf('quan-1', [wave({ unitUids: ['quan-1'] })]))
    expect(view.end?.advice).to.include('trước ngày 01/07/2025, xin chọn việc đã làm')
    expect(rateLinks(view)).to.deep.equal(['/r/quan-1/DAT'])
  })

  it('names what a unit was formed from, parts as parts', () => {
    const view = toAgencyView(vietnamese, inputOf('p-sai-gon', []))
    const origins = view.origins.map(({ name, isPart }) => `${name} ${isPart}`)
    expect(origins).to.include('Phường Đa Kao true').and.include('Phường Bến Nghé false')
  })

  it('labels simulated data, and never switches a label off', () => {
    expect(toAgencyView(vietnamese, inputOf('p-sai-gon', [wave({ isSimulated: true })]))).to.include({
      isSimulated: true,
    })
    expect(toAgencyView(vietnamese, inputOf('p-sai-gon', [wave()]))).not.to.have.property('isSimulated')
  })
})
