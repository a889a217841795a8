/**
 * The application: middleware in the order a request meets it, then the features.
 *
 * Order matters: headers and the request id first, so that even a refused request carries them; health before parsing,
 * so that a probe never waits; parsers before the input guard, which looks at what they parsed; the error handler last.
 */
import { join } from 'node:path'
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Response,
  type Router,
} from 'express'
import { acceptedRequests, assetKinds } from './platform/http/accepted-requests.js'
import type { ApiModule } from './platform/http/api.js'
import { errorHandler, notFoundHandler } from './platform/http/error-handler.js'
import { type Health, healthRoutes } from './platform/http/health.js'
import { guardFormBytes, inputGuard } from './platform/http/input-guard.js'
import { pageLanguage } from './platform/http/language.js'
import { requestLog } from './platform/http/request-log.js'
import { declaredRoutes } from './platform/http/routes.js'
import { securityHeaders } from './platform/http/security.js'
import { uploads } from './platform/http/uploads.js'
import type { Logger } from './platform/logger.js'
import type { Texts } from './platform/text.js'
import { createViews } from './platform/views.js'

/** What the application is made of; `dependencies.ts` builds it, tests may exchange parts. */
export interface AppParts {
  readonly logger: Logger
  readonly texts: Texts
  readonly health: Health
  /** Measures every request; none where nobody looks at measurements. */
  readonly requestMeter?: RequestHandler
  readonly projectDir: string
  readonly secureCookies: boolean
  /** Labels every page, not only those that show simulated data: for a demonstration. */
  readonly isSimulated?: boolean
  readonly trustedProxyHops: number
  /** Session of staff; mounted only where staff go, so that a citizen's page never touches a session or a cookie. */
  readonly staffSession: readonly RequestHandler[]
  /** Looks at failures before they are answered. */
  readonly noteFailure?: ErrorRequestHandler
  /** Pages, in the order they are asked. */
  readonly pages: readonly Router[]
  /** Operations below `/api/v1`. */
  readonly apis: readonly ApiModule[]
  /** The API's own description and its page. */
  readonly apiDocs: Router
}

const FORM_LIMIT = '64kb'
/** Pages of staff that take files with their forms. */
const UPLOAD_PATHS = ['/admin/questionnaires']
/** A questionnaire has some forty kilobytes, an XLSForm of the city with all its units some hundred. */
const UPLOAD_LIMIT = 2 * 1024 * 1024
const STAFF_PATHS = [
  '/audit/events',
  '/sign-in',
  '/sign-out',
  '/reports',
  '/exports',
  '/release-desk',
  '/voids',
  '/data-quality',
  '/compare',
  '/compare.csv',
  '/views',
  '/request-desk',
  '/series',
  '/agency',
  '/city',
  '/account',
  '/accounts',
  '/admin',
  '/api/v1',
]
const HOUR_S = 3600
const YEAR_S = 365 * 24 * HOUR_S

function mountAssets(app: Express, projectDir: string) {
  // What a page asks for with its fingerprint never changes; what our scripts import by name is asked for again in an hour.
  const setHeaders = (res: Response) => {
    const isFingerprinted = typeof res.req.query.v === 'string'
    res.set('Cache-Control', isFingerprinted ? `public, max-age=${YEAR_S}, immutable` : `public, max-age=${HOUR_S}`)
  }
  const options = { index: false, cacheControl: false, setHeaders }
  app.use('/assets', assetKinds())
  app.use('/assets/vendor', express.static(join(projectDir, 'node_modules/chart.js/dist'), options))
  app.use('/assets', express.static(join(projectDir, 'views/assets'), options))
}

/** Every route says who may use it, and what is not for everybody lies where there are sessions. */
function checkRules(app: Express) {
  const isStaffPath = (path: string) => STAFF_PATHS.some((known) => path === known || path.startsWith(`${known}/`))
  const outside = declaredRoutes(app.router).filter(({ rule, path }) => rule !== 'public' && !isStaffPath(path))
  if (outside.length > 0) throw new Error(`No session where staff go: ${outside.map(({ path }) => path).join(', ')}`)
}

/**
 * Builds the application; nothing listens and nothing connects here.
 *
 * @throws {Error} when a route does not say who may use it
 */
export function createApp(parts: AppParts): Express {
  const app = express()
  const viewsDir = join(parts.projectDir, 'views')
  app.disable('x-powered-by')
  app.set('trust proxy', parts.trustedProxyHops)
  app.set('query parser', 'simple')
  app.set('views', viewsDir)
  app.set('view engine', 'hbs')
  app.engine('hbs', createViews(viewsDir, parts.texts).engine)
  app.set('view cache', true)
  // Whatever NODE_ENV says: where even the error page fails, nobody is shown a stack.
  app.set('env', 'production')
  // What every layout needs, also on the page of an error that comes before a language is chosen.
  Object.assign(app.locals, {
    staff: null,
    isSimulated: parts.isSimulated ?? false,
    langQuery: '',
    otherLanguage: { code: '', href: null },
    showFooter: true,
    scripts: [],
    extraStyle: null,
    bodyClass: null,
  })

  app.use(requestLog(parts.logger))
  if (parts.requestMeter) app.use(parts.requestMeter)
  app.use(securityHeaders(parts.secureCookies))
  app.use(acceptedRequests(UPLOAD_PATHS))
  app.use(healthRoutes(parts.health))
  mountAssets(app, parts.projectDir)
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  app.use(pageLanguage())
  app.use('/api/v1', (_req, res, next) => {
    // A browser keeps an answer as a file instead of showing it as a page of this site; tables name theirs.
    res.set('Content-Disposition', 'attachment; filename="api.json"')
    next()
  })
  app.use('/api', express.json({ limit: FORM_LIMIT, strict: true }))
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 500, verify: guardFormBytes }))
  app.use(inputGuard())

  // Before the sessions: caches may keep the description, and must not keep a cookie with it.
  app.use(parts.apiDocs)
  for (const session of parts.staffSession) app.use(STAFF_PATHS, session)
  app.use(UPLOAD_PATHS, ...uploads(UPLOAD_LIMIT))
  for (const api of parts.apis) app.use('/api/v1', api.router)
  for (const page of parts.pages) app.use(page)

  app.use(notFoundHandler)
  if (parts.noteFailure) app.use(parts.noteFailure)
  app.use(errorHandler(parts.texts))
  checkRules(app)
  return app
}
