import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { colourTokens, contrast, PAIRS } from '../../../../server/features/style-guide/tokens.js'
import { projectDir } from '../../../../server/platform/paths.js'

const tokens = new Map(
  colourTokens(readFileSync(join(projectDir(), 'views/assets/tokens.css'), 'utf8')).map((token) => [token.name, token]),
)

describe('colours of the design', () => {
  it('are told apart as WCAG measures it', () => {
    // Values that the W3C and others print: black on white, the darkest grey that fails 4.5 on white and the next that does not.
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 1e-9)
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.005)
    expect(contrast('#ffffff', '#767676')).to.be.closeTo(4.54, 0.005)
    expect(contrast('#123456', '#123456')).to.equal(1)
  })

  for (const { text, ground, least } of PAIRS) {
    it(`keep ${text} readable on ${ground}, in the light and in the dark`, () => {
      for (const scheme of ['light', 'dark'] as const) {
        const [one, other] = [tokens.get(text)![scheme], tokens.get(ground)![scheme]]
        expect(contrast(one, other), `${scheme}: ${one} on ${other}`).to.be.at.least(least)
      }
    })
  }

  it('are written in the tokens and nowhere else, but for letters on the five levels and the ground of a QR code', () => {
    const folder = join(projectDir(), 'views/assets')
    const sheets = readdirSync(folder).filter((file) => file.endsWith('.css') && file !== 'tokens.css')
    expect(sheets.length).to.be.above(8)
    const strays = sheets.flatMap((name) => {
      const css = readFileSync(join(folder, name), 'utf8')
      return [...css.matchAll(/([^{}]+)\{[^}]*#[0-9a-f]{3,8}\b[^}]*\}/gi)].map(([, selector]) => selector!.trim())
    })
    expect(strays.filter((selector) => !/split-bar|\.qr/.test(selector))).to.deep.equal([])
  })
})
