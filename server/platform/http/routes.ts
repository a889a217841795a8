/**
 * Routes that each say who may use them.
 *
 * `get` and `post` take the rule beside the path and put its guard first, so that a route without a rule does not compile. What
 * is put on a router in any other way, `declaredRoutes` finds: then the application is not built.
 */
import { type IRoute, type RequestHandler, Router } from 'express'
import type { Rule } from '../../domain/access/permissions.js'

/** Makes the guard of a rule, which turns away whom the rule keeps out. */
export type GuardOf = (rule: Exclude<Rule, 'public'>) => RequestHandler

/** A route as it was declared, by its whole path. */
export interface DeclaredRoute {
  readonly method: string
  readonly path: string
  readonly rule: Rule
}

/** A router that takes a route only with its rule. */
export interface Routes {
  readonly router: Router
  get(path: string, rule: Rule, ...handlers: RequestHandler[]): void
  post(path: string, rule: Rule, ...handlers: RequestHandler[]): void
}

const declared = new WeakMap<IRoute, Omit<DeclaredRoute, 'method'>>()

const onlyPublic: GuardOf = (rule) => {
  throw new Error(`The rule ${rule} needs guards, and this router was made without`)
}

/**
 * An empty router.
 *
 * @param guardOf left out where every route is public
 * @param base where the router is mounted, for the list of routes alone
 */
export function createRoutes(guardOf: GuardOf = onlyPublic, base = ''): Routes {
  const router = Router()
  const add = (method: 'get' | 'post', path: string, rule: Rule, handlers: readonly RequestHandler[]) => {
    const guards = rule === 'public' ? [] : [guardOf(rule)]
    const route = router.route(path)
    declared.set(route, { path: `${base}${path}`, rule })
    route[method](...guards, ...handlers)
  }
  return {
    router,
    get: (path, rule, ...handlers) => add('get', path, rule, handlers),
    post: (path, rule, ...handlers) => add('post', path, rule, handlers),
  }
}

interface Layer {
  readonly route?: IRoute & { readonly methods: Readonly<Record<string, boolean>> }
  readonly handle: { readonly stack?: readonly Layer[] }
}

/**
 * Every route below a router or an application, with its rule.
 *
 * @throws {Error} naming routes that were added without one
 */
export function declaredRoutes(router: { readonly stack: readonly unknown[] }): readonly DeclaredRoute[] {
  const found: DeclaredRoute[] = []
  const bare: string[] = []
  const walk = (layers: readonly Layer[]) => {
    for (const { route, handle } of layers) {
      if (route === undefined) walk(handle.stack ?? [])
      else {
        const facts = declared.get(route)
        if (facts === undefined) bare.push(String(route.path))
        else found.push(...Object.keys(route.methods).map((method) => ({ method, ...facts })))
      }
    }
  }
  walk(router.stack as readonly Layer[])
  if (bare.length > 0) throw new Error(`Routes without a rule: ${bare.join(', ')}; add them with createRoutes`)
  return found
}
