import assert from 'node:assert/strict'
import type { Attack } from './attack.js'
import { sampleRequest, slotsOf, withValue } from './ids.js'
import { send } from './mount.js'
import type { Operation } from './mount.js'
import type { Target } from './target.js'
import { assertRefused, unharmed } from './assert-unchanged.js'

/** What tables hold, in the words of wires and of models. */
// prettier-ignore
const COLUMNS = [
  'id', 'tenant_id', 'tenantId', 'user_id', 'userId', 'owner_id', 'ownerId', 'role', 'roles', 'rank', 'permissions', 'overrides', 'active',
  'status', 'plan', 'settings', 'email', 'emailVerified', 'email_verified_at', 'password_hash', 'superuser', 'is_superuser', 'token_hash',
  'seq', 'hash', 'created_at', 'createdAt', '__proto__', 'constructor',
]
const PAGES = ['-1', 'NaN', '1e999', '99999999999999999999', '1.5', '', 'x', '1;drop table tenants']
const SQL = [`' or '1'='1`, `%' --`, `\\`, `"; drop table memberships; --`, `$1`, `\u0000`, `name desc, (select 1)`]

function writing({ mount }: Target): readonly Operation[] {
  return [...mount.operations.values()].filter(({ method, takesFile }) => method !== 'GET' && !takesFile)
}

/** Asks every operation that reads with each value in each parameter of its query that `is` chooses; no answer is a failure. */
async function askQueries(
  { mount, testUsers }: Target,
  is: (parameter: Operation['parameters'][number]) => boolean,
  values: readonly string[],
): Promise<void> {
  for (const operation of mount.operations.values()) {
    if (operation.method !== 'GET') continue
    for (const { name } of operation.parameters.filter((one) => one.in === 'query' && is(one)))
      for (const value of values) {
        const request = withValue(sampleRequest(testUsers, operation), { name, path: null }, value)
        const response = await send(mount, operation, request)
        assert.ok(response.status < 500, `${operation.id}: ${name}=${value}: ${response.text}`)
        assert.ok(
          !response.text.includes(testUsers.otherTenant),
          `${operation.id}: ${name}=${value} reads another tenant`,
        )
      }
  }
}

/** Requests that no client of the API makes. */
export const requestCases: readonly Attack[] = [
  {
    id: 'H01',
    name: 'mass assignment: every column of every table as a field of every body',
    run: (target) =>
      unharmed(target, async () => {
        for (const operation of writing(target)) {
          const request = sampleRequest(target.testUsers, operation)
          const declared = slotsOf(operation).map(({ path, name }) => path?.[0] ?? name)
          for (const column of COLUMNS.filter((name) => !declared.includes(name))) {
            // Written as text: in a literal `__proto__` would set the prototype.
            const body = `{${[JSON.stringify(request.body ?? {}).slice(1, -1), `"${column}":"x"`].filter(Boolean).join(',')}}`
            assertRefused(await send(target.mount, operation, { ...request, body }), `${operation.id} with ${column}`)
          }
        }
      }),
  },
  {
    id: 'H02',
    name: 'negative, non-numeric and huge page numbers',
    run: (target) => askQueries(target, ({ schema }) => schema.type === 'integer', PAGES),
  },
  {
    id: 'H03',
    name: 'SQL injection in every filter, order and keyword',
    run: (target) => unharmed(target, () => askQueries(target, ({ schema }) => schema.type !== 'integer', SQL)),
  },
  {
    id: 'H04',
    name: 'bodies that are too large, too deep, invalid JSON, or have duplicate keys',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        const bodies = [
          ...[`{"x":"${'x'.repeat(1_100_000)}"}`, `${'['.repeat(40)}${']'.repeat(40)}`, '{', '"x"', '[]'],
          '{"name":"a","name":"b"}',
        ]
        for (const operation of writing(target)) {
          const request = sampleRequest(testUsers, operation)
          for (const body of bodies)
            assertRefused(
              await send(mount, operation, { ...request, body }),
              `${operation.id} with ${body.slice(0, 30)}`,
            )
          const headers = { 'content-type': 'text/plain' }
          const asText = await send(mount, operation, { ...request, body: '{"x":1}', headers })
          assertRefused(asText, `${operation.id} with a body of text`)
        }
      }),
  },
]
