import { memoryStorage } from '@tenantry/core'
import { afterEach, expect, it } from 'vitest'
import { fileForm, uploadedLogo } from './testing/console-examples.js'
import { createScenario } from './testing/scenario.js'
import type { Scenario } from './testing/scenario.js'
import { MOUNTS } from './testing/serve-apis.js'

let scenario: Scenario
afterEach(() => scenario.close())

/** What changes from run to run, or is the connection's. */
const LEFT_OUT = [
  'connection',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
  'x-powered-by',
]

type Send = (scenario: Scenario) => readonly [path: string, init?: RequestInit]

const as = (token: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { authorization: `Bearer ${token}`, ...init.headers },
})
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

/** One request for each kind of response of each API, and of each page. */
// prettier-ignore
const REQUESTS: Readonly<Record<string, Send>> = {
  'console: success':            ({ people }) => ['/workspaces', as(people.ann.token)],
  'console: not signed in':      () => ['/workspaces'],
  'console: bad token':          () => ['/workspaces', as('no-such-token')],
  'console: foreign workspace':  ({ people, globex }) => ['/workspaces/current', as(people.ann.token, { headers: { 'x-workspace-id': globex } })],
  'console: bad input':          ({ people }) => ['/workspaces', as(people.ann.token, json({ name: '' }))],
  'console: method not allowed': ({ people }) => ['/workspaces', as(people.ann.token, { method: 'DELETE' })],
  'console: OPTIONS':            () => ['/workspaces', { method: 'OPTIONS' }],
  'openapi: success':            ({ people }) => ['/openapi/v1/workspaces', as(people.ann.token)],
  'openapi: not signed in':      () => ['/openapi/v1/workspaces'],
  'openapi: unknown workspace':  ({ people }) => ['/openapi/v1/workspaces/none', as(people.ann.token)],
  'openapi: method not allowed': ({ people }) => ['/openapi/v1/workspaces', as(people.ann.token, { method: 'PUT' })],
  'tenant: success':             ({ people, acme }) => [`/tenant/${acme}`, as(people.ann.token)],
  'tenant: not signed in':       ({ acme }) => [`/tenant/${acme}`],
  'tenant: foreign tenant':      ({ people, globex }) => [`/tenant/${globex}`, as(people.ann.token)],
  'teams: success':              ({ people }) => ['/v1/tenant/list', as(people.ann.token)],
  'teams: not signed in':        () => ['/v1/tenant/list'],
  'teams: bad input':            ({ people }) => ['/v1/tenant/create', as(people.ann.token, json({}))],
  'workspaces: success':         ({ people }) => ['/api/v3/workspaces', as(people.ann.token)],
  'workspaces: not signed in':   () => ['/api/v3/workspaces'],
  'workspaces: unknown':         ({ people }) => ['/api/v3/workspaces/none', as(people.ann.token)],
  'workspaces: export':          ({ people, umbrella }) => [`/api/v3/organizations/${umbrella}/export`, as(people.ann.token)],
  'documents: /docs':            () => ['/docs'],
  'documents: /docs/start.js':   () => ['/docs/start.js'],
  'documents: the style':        () => ['/docs/swagger-ui.css'],
  'documents: the bundle':       () => ['/docs/swagger-ui-bundle.js'],
  'documents: /openapi.json':    () => ['/openapi.json'],
  'device: the page':            () => ['/device'],
  'device: the script':          () => ['/device/page.js'],
  'device: the style':           () => ['/device/page.css'],
}

async function describeResponse(path: string, init?: RequestInit): Promise<string> {
  const response = await fetch(`${scenario.url}${path}`, { redirect: 'manual', ...init })
  await response.arrayBuffer()
  const headers = [...response.headers].filter(([name]) => !LEFT_OUT.includes(name))
  return [`${response.status}`, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join('\n')
}

it.each(MOUNTS)('every kind of response through %s has the headers of the snapshot', async (mount) => {
  scenario = await createScenario(memoryStorage(), { mount })
  const parts: string[] = []
  for (const [name, send] of Object.entries(REQUESTS)) {
    parts.push(`${name} → ${await describeResponse(...send(scenario))}`)
  }
  const id = await uploadedLogo(scenario, { taken: true })
  expect(id).toBeTruthy()
  parts.push(`console: a logo → ${await describeResponse(`/files/workspaces/${scenario.acme}/webapp-logo`)}`)
  const upload = as(scenario.people.ann.token, { method: 'POST', body: fileForm('no image', 'logo.png') })
  parts.push(
    `console: an upload that is refused → ${await describeResponse('/workspaces/custom-config/webapp-logo/upload', upload)}`,
  )
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot('testing/headers.txt')
})
