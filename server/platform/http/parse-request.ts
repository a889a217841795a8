import type { Request } from 'express'
import { z } from 'zod'
import { type FieldError, problem } from '../problem.js'

/** What of a request is read, and by which schema. */
export interface RequestShape {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined

/**
 * The parts of a request, checked and typed.
 *
 * @throws {Problem} 404 when the address itself is malformed, 400 naming each field otherwise
 */
export function parseRequest<S extends RequestShape>(req: Request, shape: S) {
  const params = shape.params?.safeParse(req.params)
  if (params && !params.success) throw problem.notFound('page')
  const query = shape.query?.safeParse(req.query)
  const body = shape.body?.safeParse(req.body ?? {})
  const errors = [...fieldErrors('query', query?.error), ...fieldErrors('body', body?.error)]
  if (errors.length > 0) throw problem.malformedRequest(errors)
  return { params: params?.data, query: query?.data, body: body?.data } as {
    params: Parsed<S['params']>
    query: Parsed<S['query']>
    body: Parsed<S['body']>
  }
}

/** An empty field of a form means that nothing was chosen. */
export const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** Names of fields and rules that were broken; never the values. */
function fieldErrors(part: string, error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).map((issue) => ({
    field: [part, ...issue.path].join('.').slice(0, 200),
    code: issue.code,
  }))
}
