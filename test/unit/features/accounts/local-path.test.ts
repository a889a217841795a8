import { expect } from 'chai'
import fc from 'fast-check'
import { localPath } from '../../../../server/features/accounts/local-path.js'

describe('the page to go to after sign-in', () => {
  it('keeps paths of this site with their query', () => {
    for (const path of ['/reports', '/agency/quan-1?wave=w1&lang=en', '/']) expect(localPath(path), path).to.equal(path)
  })

  it('refuses whatever a browser reads as another site', () => {
    const elsewhere = [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://evil.example',
      'evil',
      '',
      '/.//evil.example',
      'javascript:alert(1)',
    ]
    for (const text of elsewhere) expect(localPath(text), JSON.stringify(text)).to.equal(undefined)
  })

  it('never leaves the site, whatever the text', () => {
    const odd = fc.string({
      unit: fc.constantFrom('/', '\\', '\t', '\n', '.', ':', '@', '?', '#', 'a', '%2f'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(odd, (tail) => {
        const path = localPath(`/${tail}`)
        if (path !== undefined) expect(new URL(path, 'https://site.example').origin).to.equal('https://site.example')
      }),
      { numRuns: 2000 },
    )
  })
})
