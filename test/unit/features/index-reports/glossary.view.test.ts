import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { LANGUAGES } from '../../../../server/domain/survey/vocabulary.js'
import { GLOSSARY_TERMS, toGlossaryView } from '../../../../server/features/index-reports/glossary.view.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { createViews } from '../../../../server/platform/views.js'
import { readSource } from '../../../support/imports.js'
import { projectTexts } from '../../../support/project-files.js'

const viewsDir = join(projectDir(), 'views')
const texts = projectTexts()
const views = createViews(viewsDir, texts)

describe('page of explanations', () => {
  for (const language of LANGUAGES) {
    it(`explains every figure in five parts, each at an address of its own (${language})`, async () => {
      const view = { language, ...toGlossaryView(texts.translator(language), '/reports') }
      const $ = load(await views.render(join(viewsDir, 'index-reports/method.hbs'), view))
      for (const term of GLOSSARY_TERMS) {
        const section = $(`#${term.replaceAll('_', '-')}`)
        expect(section.find('h2').text(), term).to.equal(texts.translator(language)(`glossary.${term}_title`))
        expect(
          section
            .find('dd')
            .toArray()
            .every((dd) => $(dd).text().length > 5),
          term,
        ).to.equal(true)
        expect(section.find('dd')).to.have.length(4)
      }
      expect($('nav a')).to.have.length(GLOSSARY_TERMS.length)
    })
  }

  it('has an anchor for every term that a report links to', () => {
    const anchors = new Set<string>(GLOSSARY_TERMS.map((term) => term.replaceAll('_', '-')))
    for (const page of ['views/partials/report-body.hbs', 'views/series/show.hbs']) {
      const named = [...readSource(page).matchAll(/explain [^}]*term='([\w-]+)'/g)]
      expect(named.length, page).to.be.greaterThan(5)
      expect(named.map(([, term]) => term!).filter((term) => !anchors.has(term))).to.deep.equal([])
    }
  })
})
