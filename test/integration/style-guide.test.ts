import { expect } from 'chai'
import { Router } from 'express'
import { styleGuideRoutes } from '../../server/features/style-guide/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { startBareApp } from '../support/bare-app.js'
import { createClient } from '../support/http-client.js'
import { projectTexts } from '../support/project-files.js'

describe('the design on one page', () => {
  it('shows every colour with its contrast, and the parts of pages in each state, in both languages', async () => {
    const pages = Router().use(styleGuideRoutes({ projectDir: projectDir(), texts: projectTexts() }))
    const app = await startBareApp(pages)
    try {
      for (const [lang, decimal] of [
        ['vi', ','],
        ['en', '.'],
      ] as const) {
        const page = await createClient(app.url).get(`/design?lang=${lang}`)
        expect(page.status).to.equal(200)
        expect(page.$('svg rect[fill="#01695a"]')).to.have.length(1)
        expect(page.$('td.n').text()).to.include(`4${decimal}5`)
        expect(page.$('.question.has-error, .error-summary, .hid, .verdict, button.secondary').length).to.be.above(5)
        expect(page.$('[style], style, script:not([src])')).to.have.length(0)
      }
    } finally {
      await app.stop()
    }
  })
})
