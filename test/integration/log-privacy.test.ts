import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { createRoutes } from '../../server/platform/http/routes.js'
import { startBareApp } from '../support/bare-app.js'

const TYPED = 'điều riêng của tôi'

describe('the log of a failure', () => {
  it('names the field that a model refused and the place in the code, not the value', async () => {
    const schema = new Schema({ answers: { type: Schema.Types.Mixed, validate: () => false }, day: Number })
    const Probe = mongoose.createConnection().model('Probe', schema)
    const pages = createRoutes()
    pages.get('/refused', 'public', () => new Probe({ answers: { H7: TYPED } }).validate())
    pages.get('/cast', 'public', () => new Probe({ day: TYPED }).validate())
    const app = await startBareApp(pages.router)
    for (const path of ['/refused', '/cast']) expect((await fetch(app.url + path)).status).to.equal(500)
    await app.stop()
    const log = app.logLines.join('')
    expect(log).to.include('"fields":["answers"]').and.include('"fields":["day"]').and.include('log-privacy.test')
    expect(log).not.to.include(TYPED)
  })

  it('leaves out what a driver keeps of a document in its error', async () => {
    const pages = createRoutes()
    pages.get('/driver', 'public', () => {
      throw Object.assign(new Error('write failed'), { code: 8000, writeErrors: [{ op: { H7: TYPED } }] })
    })
    const app = await startBareApp(pages.router)
    expect((await fetch(`${app.url}/driver`)).status).to.equal(500)
    await app.stop()
    const log = app.logLines.join('')
    expect(log).to.include('write failed').and.include('8000')
    expect(log).not.to.include(TYPED)
  })
})
