import { z } from 'zod'
import type { Route } from '../handler/route.js'
import type { Api } from '../handler/api.js'

/** An API and the path it is mounted at. */
export interface Mount {
  readonly prefix: string
  readonly api: Api
}

const BEARER = { bearer: { type: 'http', scheme: 'bearer' } }

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 document, generated from the route tables. `serverUrl` is the path of the router. */
export function openapiDocument(mounts: readonly Mount[], { serverUrl }: { readonly serverUrl: string }): Json {
  const operations = mounts.flatMap((mount) => mount.api.routes.map((route) => ({ mount, route })))
  const paths: Record<string, Record<string, Json>> = {}
  for (const { mount, route } of operations) {
    const path = `${mount.prefix.replace(/\/$/, '')}${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(mount.api, route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: mounts.map(({ api }) => api.title).join(', '), description: introduce(mounts), version: '1' },
    servers: [{ url: serverUrl || '/' }],
    paths,
    components: {
      securitySchemes: Object.fromEntries(mounts.flatMap(({ api }) => Object.entries(schemesOf(api)))),
      responses: Object.fromEntries(mounts.map(({ api }) => [`${api.name}Failure`, failure(api)])),
    },
  }
}

function introduce(mounts: readonly Mount[]): string {
  const [only, ...others] = mounts
  if (only && others.length === 0) return only.api.introduction
  return mounts.map(({ prefix, api }) => `## ${api.title} at \`${prefix}\`\n\n${api.introduction}`).join('\n\n')
}

function operation(api: Api, route: Route): Json {
  const parameters = [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...parametersOf(route.headers, 'header'),
  ]
  const body = requestBody(route)
  return {
    operationId: route.operationId ?? operationId(api, route),
    summary: route.summary,
    tags: [route.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    security: [...(route.public ? [{}] : []), ...Object.keys(schemesOf(api)).map((name) => ({ [name]: [] }))],
    responses: {
      [String(route.status ?? 200)]: { description: 'Done', ...responseHeaders(route), ...responseContent(route) },
      default: { $ref: `#/components/responses/${api.name}Failure` },
    },
  }
}

function schemesOf({ securitySchemes = BEARER }: Api): Json {
  return securitySchemes
}

function operationId(api: Api, { method, path }: Route): string {
  const words = [api.name, method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/).filter(Boolean)]
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query' | 'header'): readonly Json[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries<z.ZodType>(schema.shape).map(([name, field]) => {
    const { description, ...shape } = jsonSchema(field, 'input')
    const absent = field.safeParse(undefined)
    return {
      name,
      in: place,
      required: !absent.success,
      ...(description === undefined ? {} : { description }),
      schema: absent.data === undefined ? shape : { ...shape, default: absent.data },
    }
  })
}

function requestBody(route: Route): Json | null {
  if (route.upload) {
    const file = { type: 'object', properties: { [route.upload.part]: {} }, required: [route.upload.part] }
    return { required: true, content: { 'multipart/form-data': { schema: file } } }
  }
  if (!route.body) return null
  const required = !route.body.safeParse({}).success
  const example = route.example === undefined ? {} : { example: route.example }
  return { required, content: { 'application/json': { schema: jsonSchema(route.body, 'input'), ...example } } }
}

function responseHeaders({ responseHeaders: declared }: Route): Json {
  if (!declared) return {}
  const headers = Object.entries(declared).map(([name, description]) => {
    return [name, { description, schema: { type: 'string' } }]
  })
  return { headers: Object.fromEntries(headers) }
}

function responseContent({ response, status }: Route): Json {
  if (status === 204) return {}
  if (!(response instanceof z.ZodType)) return { content: Object.fromEntries(response.map((type) => [type, {}])) }
  return { content: { 'application/json': { schema: jsonSchema(response, 'output') } } }
}

function failure(api: Api): Json {
  const schema = jsonSchema(api.failure, 'output')
  return { description: 'Refused or failed', content: { [api.failureType ?? 'application/json']: { schema } } }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io })
  return shape
}
