import { randomUUID } from 'node:crypto'
import type { TestUsers } from './test-users.js'
import { leavesOf, placed, sampleOf } from './json-schema.js'
import type { BodyPath } from './json-schema.js'
import type { Operation, WireRequest } from './mount.js'

/** A place of an operation's request that takes a value, outside its body or in it. */
export interface Slot {
  readonly name: string
  readonly path: BodyPath | null
}

/** Whose id a name asks for. */
type Kind = 'tenant' | 'user' | 'other'

export function slotsOf({ parameters, body }: Operation): readonly Slot[] {
  const inBody = body ? leavesOf(body) : []
  return [
    ...parameters.map(({ name }) => ({ name, path: null })),
    ...inBody.map((path) => ({ name: String(path.findLast((part) => part !== 0) ?? ''), path })),
  ]
}

/** Names of programs (OAuth's `client_id`) and of models, which are of no tenant. */
const OF_NO_TENANT = /^(client|llm|embd|asr|img2txt|rerank|tts|parser)_?ids?$/i

/** The slots that take an id of something that may be a tenant's. */
export function idSlotsOf(operation: Operation): readonly Slot[] {
  return slotsOf(operation).filter(
    ({ name, path }) =>
      (/(^|[_-])ids?$|Ids?$/.test(name) && !OF_NO_TENANT.test(name)) ||
      // A path may name a tenant by its slug, too.
      (path === null && operation.path.includes('/tenants/{tenant}') && name === 'tenant'),
  )
}

/** A name says whose id it is; a bare `id` in a path is that of the thing before it. */
export function kindOf({ path }: Operation, { name }: Slot): Kind {
  const before = new RegExp(`([\\w-]+)/\\{${name}\\}`).exec(path)?.[1] ?? ''
  if (/(workspace|tenant)[_-]?ids?$/i.test(name) || /^(workspaces|tenants?)$/.test(before)) return 'tenant'
  return /(user|member|owner)_?ids?$/i.test(name) ? 'user' : 'other'
}

/** A request in the cast's tenant that has everything the operation requires, and may well be refused for what it says. */
export function sampleRequest(testUsers: TestUsers, operation: Operation): WireRequest {
  const own = { tenant: testUsers.tenant, user: testUsers.viewer.id, other: randomUUID() }
  const wanted = operation.parameters.filter(
    ({ name, required }) => required || kindOf(operation, { name, path: null }) === 'tenant',
  )
  const values = wanted.map(({ name, schema }): [string, string] => {
    const isId = idSlotsOf(operation).some((slot) => slot.path === null && slot.name === name)
    return [name, isId ? own[kindOf(operation, { name, path: null })] : String(sampleOf(schema))]
  })
  const body = operation.body === null ? undefined : filled(operation, sampleOf(operation.body), own)
  return { as: testUsers.owner, values: Object.fromEntries(values), body }
}

/** Ids that the sample has already become ids of the cast's. */
function filled(operation: Operation, sample: unknown, own: Readonly<Record<Kind, string>>): unknown {
  const present = idSlotsOf(operation).filter(({ path }) => path !== null && at(sample, path) !== undefined)
  return present.reduce((body, slot) => placed(body, slot.path ?? [], own[kindOf(operation, slot)]), sample)
}

function at(value: unknown, [name, ...rest]: BodyPath): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return value
  return at(new Map<string, unknown>(Object.entries(value)).get(String(name)), rest)
}

/** The request with this value in that slot. */
export function withValue(request: WireRequest, { name, path }: Slot, value: unknown): WireRequest {
  if (path) return { ...request, body: placed(request.body, path, value) }
  return { ...request, values: { ...request.values, [name]: String(value) } }
}
