import { expect } from 'chai'
import { viewAddress } from '../../../server/platform/view-address.js'

describe('the address of a page of figures', () => {
  it('is its path with all that was chosen, without the language', () => {
    expect(viewAddress('/reports/2026-web?unit=p-sai-gon&lang=en')).to.deep.equal({
      kind: 'report',
      address: '/reports/2026-web?unit=p-sai-gon',
    })
    expect(viewAddress('/series?mode=web&by=month')?.kind).to.equal('series')
    const kinds = [
      '/reports/w/analysis',
      '/reports/w/modes',
      '/reports/w/methods/sipas-2017',
      '/city',
      '/agency/p-go-vap',
    ]
    expect(kinds.map((path) => viewAddress(path)?.kind)).to.deep.equal([
      'analysis',
      'modes',
      'method',
      'city',
      'agency',
    ])
  })

  it('is none of another site, a file, a page of no figures, or what is too long', () => {
    const others = [
      'https://evil.example/reports/x',
      '//evil.example/reports/x',
      '/\\evil.example/reports/x',
      'javascript:alert(1)',
      '/reports/x/index.csv',
      '/reports/../accounts',
      '/accounts',
      '/reports',
      '/release-desk/x',
      'reports/x',
      '',
      `/series?x=${'1'.repeat(1000)}`,
    ]
    expect(others.filter((text) => viewAddress(text) !== null)).to.deep.equal([])
  })
})
