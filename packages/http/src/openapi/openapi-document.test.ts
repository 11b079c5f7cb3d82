import { memoryStorage } from '@tenantry/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APIS } from '../apis.js'
import type { ApiName } from '../apis.js'
import { responseProblems, operationOf, requestProblems, valueProblems, withOwn } from '../testing/document-checks.js'
import type { OpenapiDocument } from '../testing/document-checks.js'
import { docsPages } from './docs-pages.js'
import { serve } from '../testing/serve.js'
import { exampleIn } from '../testing/api-client.js'
import { APIS_UNDER_TEST } from '../testing/apis-under-test.js'
import { createScenario } from '../testing/scenario.js'
import type { Scenario } from '../testing/scenario.js'
import { tenancyRouter } from '@tenantry/express-router'

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

async function documentAt(url: string): Promise<OpenapiDocument> {
  // Its shape is what the first test checks.
  return (await (await fetch(`${url}/openapi.json`)).json()) as OpenapiDocument
}

// Object.keys forgets which names there are.
const names = Object.keys(APIS) as ApiName[]

describe.each(names)('the document of %s alone', (name) => {
  const { client, examples } = APIS_UNDER_TEST[name]
  const { prefix } = APIS[name]
  let document: OpenapiDocument

  beforeEach(async () => {
    const server = await serve(tenancyRouter({ tenancy: scenario.tenancy, apis: { [name]: true } }))
    document = await documentAt(server.url)
    await server.close()
  })

  it('is valid and contains every route of the API', async () => {
    expect(await new Validator().validate({ ...document })).toMatchObject({ valid: true })
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const inPrefix = [...client.routes.values()].map(({ method, path }) => `${method} ${pathIn(prefix, path)}`)
    expect(operations.sort()).toEqual(inPrefix.sort())
  })

  it('contains only valid defaults and examples', () => {
    expect(valueProblems(document)).toEqual([])
  })

  it('has an example of every request body', () => {
    const without = [...client.routes].filter(([, { body, example }]) => body && example === undefined)
    expect(without.map(([key]) => key)).toEqual([])
  })

  it.each(Object.keys(examples))('tells of what %s takes, by an example that it takes, and answers', async (key) => {
    const route = client.routes.get(key)
    const operation = operationOf(document, route?.method ?? '', pathIn(prefix, route?.path ?? ''))
    const own = await exampleIn(examples, scenario, key)
    expect(requestProblems(operation, own)).toEqual([])
    const shown = operation.requestBody?.content?.['application/json']?.example
    expect(shown).toEqual(route?.example)
    const request = shown === undefined ? own : { ...own, body: withOwn(shown, own.body) }
    const response = await client.ask(scenario, key, request)
    expect([response.status, response.text]).toEqual([route?.status ?? 200, response.text])
    expect(responseProblems(document, operation, response)).toEqual([])
    const refused = await client.ask(scenario, key, { ...request, as: null, headers: { authorization: 'Bearer x' } })
    if (!route?.public) expect(refused.status).toBe(401)
    expect(responseProblems(document, operation, refused)).toEqual([])
  })
})

const pathIn = (prefix: string, path: string) => `${prefix.replace(/\/$/, '')}${path}`

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const document = await documentAt(scenario.url)
    const result = await new Validator().validate({ ...document })
    expect(result).toMatchObject({ valid: true })
  })

  it('contains every route once', async () => {
    const { paths } = await documentAt(scenario.url)
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const routes = names.flatMap((name) =>
      [...APIS_UNDER_TEST[name].client.routes.values()].map(
        ({ method, path }) => `${method} ${pathIn(APIS[name].prefix, path)}`,
      ),
    )
    expect(operations.sort()).toEqual(routes.sort())
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('describes a route with the schemas that validate it', async () => {
    const { paths } = await documentAt(scenario.url)
    expect(paths['/workspaces/current/members/{member_id}/update-role']?.['put']).toMatchObject({
      parameters: [
        { name: 'member_id', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'x-workspace-id', in: 'header', required: false },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { required: ['role'], additionalProperties: false } } },
      },
      security: [{ bearer: [] }],
    })
    expect(paths['/all-workspaces']?.['get']).toMatchObject({
      parameters: [
        { name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 1 } },
        { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100, default: 20 } },
      ],
    })
  })

  it('lists every security scheme', async () => {
    const { paths } = await documentAt(scenario.url)
    expect(paths['/tenant/{tenantId}']?.['get']).toMatchObject({ security: [{ apiKey: [] }, { bearer: [] }] })
    expect(paths['/activate']?.['post']).toMatchObject({ security: [{}, { bearer: [] }] })
  })

  it('contains the paths at which the host has mounted the APIs', async () => {
    const app = express().use(
      '/tenancy',
      tenancyRouter({ tenancy: scenario.tenancy, apis: { console: { prefix: '/console/api' } } }),
    )
    const server = await serve(app)
    const document = await documentAt(`${server.url}/tenancy`)
    expect(document.servers).toEqual([{ url: '/tenancy' }])
    expect(Object.keys(document.paths)).toContain('/console/api/workspaces/current')
    const response = await fetch(`${server.url}/tenancy/console/api/workspaces`)
    expect(response.status).toBe(401)
    await server.close()
  })
})

describe('the documentation pages', () => {
  it.each(['/docs', '/docs/'])('list every API at %s with its page and document', async (path) => {
    const html = await (await fetch(`${scenario.url}${path}`)).text()
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => new URL(link ?? '', `${scenario.url}${path}`))
    expect(links.map(({ pathname }) => pathname)).toEqual([
      ...names.flatMap((name) => [`/docs/${name}`, `/docs/${name}/openapi.json`]),
      '/openapi.json',
    ])
    for (const link of links) expect((await fetch(link)).status).toBe(200)
    expect(html).not.toMatch(/<script|https?:/)
  })

  it.each(names)('serve a document for %s with its introduction and only its routes', async (name) => {
    const document = await documentAt(`${scenario.url}/docs/${name}`)
    expect(document.info).toMatchObject({ title: APIS_UNDER_TEST[name].client.api.title })
    expect(document.info.description).toContain('**Credential.**')
    const count = Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length
    expect(count).toBe(APIS_UNDER_TEST[name].client.routes.size)
  })

  it('show a single API at /docs without a list', async () => {
    const server = await serve(tenancyRouter({ tenancy: scenario.tenancy }))
    const html = await (await fetch(`${server.url}/docs`)).text()
    expect(html).toContain('data-document="./docs/tenancy/openapi.json"')
    await server.close()
  })

  it.each(['/docs/console', '/docs/console/'])(
    'at %s bring everything they need, and run nothing else',
    async (path) => {
      const response = await fetch(`${scenario.url}${path}`)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
      const html = await response.text()
      const links = [...html.matchAll(/(?:src|href|data-document)="([^"]+)"/g)].map(
        ([, link]) => new URL(link ?? '', `${scenario.url}${path}`),
      )
      expect(links.map(({ pathname }) => pathname)).toEqual([
        '/docs/swagger-ui.css',
        '/docs/swagger-ui-bundle.js',
        '/docs/start.js',
        '/docs/console/openapi.json',
      ])
      for (const link of links) {
        const file = await fetch(link)
        expect([file.status, file.headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
        expect((await file.text()).length).toBeGreaterThan(100)
      }
      expect(html).not.toMatch(/<script>|https?:/)
    },
  )

  it('explain how to install Swagger UI if it is missing, and link the documents', async () => {
    const mounts = names.map((name) => ({ prefix: '/<here>', api: APIS_UNDER_TEST[name].client.api }))
    const pages = docsPages(mounts, null)
    const at = async (path: string, up: string) => (await pages[path]?.({ mountPath: '', up }))?.body
    const index = await at('/docs', './')
    expect(index).toContain('npm install swagger-ui-dist')
    expect(index).toContain('href="./openapi.json"')
    expect(index).toContain('<code>/&lt;here&gt;</code>')
    const own = await at('/docs/tenancy', '../')
    expect(own).toContain('npm install swagger-ui-dist')
    expect(own).toContain('href="../docs/tenancy/openapi.json"')
    expect(Object.keys(pages).filter((path) => path.endsWith('.js'))).toEqual([])
  })

  it('are not served with docs: false', async () => {
    const server = await serve(tenancyRouter({ tenancy: scenario.tenancy, docs: false }))
    expect((await fetch(`${server.url}/docs`)).status).toBe(404)
    expect((await fetch(`${server.url}/openapi.json`)).status).toBe(404)
    await server.close()
  })
})
