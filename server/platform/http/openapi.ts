import { z } from 'zod'
import type { ApiOperation } from './api.js'

type Json = Record<string, unknown>

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, params: { type: 'object' } },
      },
    },
  },
}

const toSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

function parametersOf(operation: ApiOperation): Json[] {
  return (['params', 'query'] as const).flatMap((part) => {
    const schema = operation[part]
    if (!schema) return []
    const { properties = {}, required = [] } = toSchema(schema, 'input') as { properties?: Json; required?: string[] }
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: part === 'params' ? 'path' : 'query',
      required: part === 'params' || required.includes(name),
      schema: property,
      ...((property as Json).description ? { description: (property as Json).description } : {}),
    }))
  })
}

function responsesOf(operation: ApiOperation): Json {
  const responses: Json = {}
  for (const [status, { description, schema, otherTypes = [] }] of Object.entries(operation.responses)) {
    const content: Json = {}
    if (schema) content['application/json'] = { schema: toSchema(schema, 'output') }
    for (const type of otherTypes) content[type] = { schema: { type: 'string' } }
    responses[status] = Object.keys(content).length > 0 ? { description, content } : { description }
  }
  responses.default = {
    description: 'A problem, with a stable code',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return responses
}

/**
 * The OpenAPI 3.1 description of the API, made from the same schemas that check the requests.
 *
 * @see OpenAPI Specification 3.1.0
 */
export function openApiDocument(operations: readonly ApiOperation[], info: { version: string; url: string }): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const entry: Json = {
      summary: operation.summary,
      tags: [operation.tag],
      parameters: parametersOf(operation),
      responses: responsesOf(operation),
      security: operation.access === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    }
    if (operation.body) {
      const schema = toSchema(operation.body, 'input')
      entry.requestBody = { required: true, content: { 'application/json': { schema } } }
    }
    paths[operation.path] = { ...paths[operation.path], [operation.method]: entry }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hài lòng API', version: info.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: `${info.url}/api/v1` }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token made by the command `npm run token`' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-hai_long_session' },
      },
    },
  }
}
