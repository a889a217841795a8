import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createViews } from '../../../server/platform/views.js'
import { projectTexts } from '../../support/project-files.js'

describe('template engine', () => {
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'views-'))
    for (const name of ['assets', 'layouts', 'partials']) mkdirSync(join(dir, name))
    writeFileSync(join(dir, 'partials/word.hbs'), '<i>{{word}}</i>')
    writeFileSync(join(dir, 'page.hbs'), '{{#each words}}{{#once this}}{{> word}}{{/once}}{{/each}}')
  })
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('draws a view once for each object and keeps it as long as the object', async () => {
    const views = createViews(dir, projectTexts())
    let readings = 0
    const counted = {
      get word() {
        readings += 1
        return '<a>'
      },
    }
    const draw = (words: readonly object[]) => views.render(join(dir, 'page.hbs'), { language: 'vi', words })
    expect(await draw([counted, { word: 'b' }])).to.equal('<i>&lt;a&gt;</i><i>b</i>')
    const once = readings
    expect(once).to.be.greaterThan(0)
    expect(await draw([counted, { word: 'c' }])).to.equal('<i>&lt;a&gt;</i><i>c</i>')
    expect(readings).to.equal(once)
  })
})
