import type { Router } from 'express'
import type { Texts } from '../text.js'
import type { ApiOperation } from './api.js'
import { viewLanguage } from './language.js'
import { openApiDocument } from './openapi.js'
import { createRoutes } from './routes.js'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: { readonly type?: string; readonly enum?: readonly string[]; readonly format?: string }
}

interface Described {
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: unknown }> }
  readonly responses: Record<string, { readonly description: string; readonly content?: object }>
}

const typeOf = ({ schema }: Parameter) => schema.enum?.join(' | ') ?? schema.format ?? schema.type ?? 'string'

function toOperationView(operation: ApiOperation, described: Described) {
  const { parameters, requestBody, responses } = described
  return {
    method: operation.method.toUpperCase(),
    path: `/api/v1${operation.path}`,
    anchor: `${operation.method}${operation.path.replaceAll(/[^a-z]+/gi, '-')}`,
    summary: operation.summary,
    isPublic: operation.access === 'public',
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      place: parameter.in,
      type: typeOf(parameter),
      required: parameter.required,
      description: parameter.description ?? '',
    })),
    body: requestBody ? JSON.stringify(requestBody.content['application/json']?.schema, null, 2) : null,
    responses: Object.entries(responses).map(([status, response]) => ({
      status,
      description: response.description,
      types: Object.keys(response.content ?? {}).join(', '),
    })),
  }
}

/** `/api/v1/openapi.json`, and `/api`: the same description for people. */
export function apiDocRoutes(options: {
  readonly operations: readonly ApiOperation[]
  readonly version: string
  readonly url: string
  readonly texts: Texts
}): Router {
  const document = openApiDocument(options.operations, options)
  const paths = document.paths as Record<string, Record<string, Described>>
  const { router, get } = createRoutes()
  get('/api/v1/openapi.json', 'public', (_req, res) => {
    res.set('Cache-Control', 'public, max-age=300').json(document)
  })
  get('/api', 'public', (_req, res) => {
    res.render('api/show', {
      pageTitle: options.texts.translator(viewLanguage(res))('api.title'),
      operations: options.operations.map((operation) =>
        toOperationView(operation, paths[operation.path]?.[operation.method] as Described),
      ),
    })
  })
  return router
}
