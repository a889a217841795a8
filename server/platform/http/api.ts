import type { Request, RequestHandler, Response, Router } from 'express'
import type { z } from 'zod'
import type { Rule } from '../../domain/access/permissions.js'
import { parseRequest, type RequestShape } from './parse-request.js'
import { createRoutes, type GuardOf } from './routes.js'

/** One answer that an operation can give. */
export interface ApiResponse {
  readonly description: string
  readonly schema?: z.ZodType
  /** Other representations than JSON, such as `text/csv`. */
  readonly otherTypes?: readonly string[]
}

/** An operation of the API: the description that OpenAPI prints and the schemas that requests are checked by. */
export interface ApiOperation extends RequestShape {
  readonly method: 'get' | 'post'
  /** Path below `/api/v1`, parameters in braces: `/waves/{id}`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** Unless `public`, a staff session or a bearer token is needed. */
  readonly access: Rule
  readonly responses: Readonly<Record<number, ApiResponse>>
}

/** Routes of one feature together with their description. */
export interface ApiModule {
  readonly router: Router
  readonly operations: readonly ApiOperation[]
}

type Handler<S extends RequestShape> = (
  input: ReturnType<typeof parseRequest<S>> & { req: Request; res: Response },
) => Promise<void> | void

/** Collects the operations of a feature; `route` mounts one behind the guard of its rule, then those of its own. */
export function createApi(guardOf?: GuardOf) {
  const routes = createRoutes(guardOf, '/api/v1')
  const operations: ApiOperation[] = []
  return {
    router: routes.router,
    operations,
    route<S extends ApiOperation>(operation: S, guards: readonly RequestHandler[], handler: Handler<S>) {
      operations.push(operation)
      const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
      routes[operation.method](path, operation.access, ...guards, async (req, res) => {
        await handler({ ...parseRequest(req, operation), req, res })
      })
    },
  }
}
