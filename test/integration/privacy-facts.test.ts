import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { canonicalJson } from '../../server/domain/questionnaire/canonical.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

describe('facts about personal data', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
  })
  after(() => app.stop())

  it('are there for everybody, in both languages, with who reads what and every version of the consent', async () => {
    const client = createClient(app.url)
    const page = await client.get('/privacy?lang=en')
    expect(page.status).to.equal(200)
    expect(client.cookies.size).to.equal(0)
    const rows = page
      .$('tbody tr')
      .toArray()
      .map((tr) => page.$(tr).text())
    expect(rows).to.have.length(10)
    expect(rows.find((row) => row.includes('data_requests')))
      .to.include('removed 30 days after the end')
      .and.not.include('Administrator')
    expect(rows.find((row) => row.includes('audit_events'))).to.include('Auditor')
    const text = page.$('main').text()
    for (const { hash, questionnaire } of app.published)
      expect(text).to.include(hash).and.include(questionnaire.consent.version)
    // Of the consent alone: the digest that anybody gets from its canonical text.
    for (const { questionnaire } of app.published) {
      const digest = createHash('sha256').update(canonicalJson(questionnaire.consent)).digest('hex')
      expect(text).to.include(digest)
    }
    expect(text).to.include('asked in no wave yet')
    expect(text).to.include('disposition, answers')
    expect((await client.get('/privacy')).$('h1').text()).to.equal('Dữ liệu cá nhân: các dữ kiện')
  })
})
