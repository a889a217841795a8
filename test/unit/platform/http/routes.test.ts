import { expect } from 'chai'
import express, { type RequestHandler } from 'express'
import { createRoutes, declaredRoutes } from '../../../../server/platform/http/routes.js'

const answer: RequestHandler = (_req, res) => void res.end()

describe('routes that say who may use them', () => {
  it('are listed with method, whole path and rule, however deep their routers lie', () => {
    const inner = createRoutes(() => answer, '/api/v1')
    inner.get('/waves/:id', 'see_reports', answer)
    inner.post('/responses', 'public', answer)
    const app = express()
    app.use('/api/v1', express.Router().use(inner.router))
    expect(declaredRoutes(app.router)).to.deep.equal([
      { method: 'get', path: '/api/v1/waves/:id', rule: 'see_reports' },
      { method: 'post', path: '/api/v1/responses', rule: 'public' },
    ])
  })

  it('a route added past them stops the application from being built, by name', () => {
    const routes = createRoutes()
    routes.get('/open', 'public', answer)
    routes.router.get('/hidden', answer)
    const app = express()
    app.get('/bare', answer)
    app.use(routes.router)
    expect(() => declaredRoutes(app.router)).to.throw('Routes without a rule: /bare, /hidden')
  })

  it('a rule without guards fails at once, not at the first request', () => {
    expect(() => createRoutes().get('/staff', 'signed_in', answer)).to.throw('signed_in needs guards')
  })

  it('the guard of the rule comes before every other handler', () => {
    const guard: RequestHandler = (_req, res) => void res.status(403).end()
    const routes = createRoutes(() => guard)
    routes.post('/accounts', 'manage_accounts', answer)
    const [layer] = routes.router.stack
    expect(layer?.route?.stack.map(({ handle }) => handle)).to.deep.equal([guard, answer])
  })
})
