import assert from 'node:assert/strict'
import type { Attack } from './attack.js'
import { sampleRequest } from './ids.js'
import { send } from './mount.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { unharmed } from './assert-unchanged.js'

const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
const BOUNDARY = 'evil'
const FILE = [
  `--${BOUNDARY}`,
  'Content-Disposition: form-data; name="file"; filename="logo.svg"',
  'Content-Type: image/svg+xml',
  '',
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  `--${BOUNDARY}--`,
  '',
].join('\r\n')

/** What a form or a script of another page can send without asking first, and what a lax host lets it send. */
// prettier-ignore
const SENT: Readonly<Record<string, (body: unknown) => { readonly type?: string; readonly body?: string }>> = {
  'no body':   () => ({}),
  text:        (body) => ({ type: 'text/plain', body: JSON.stringify(body ?? {}) }),
  'a form':    (body) => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fieldsOf(body)).toString() }),
  'a file':    () => ({ type: `multipart/form-data; boundary=${BOUNDARY}`, body: FILE }),
  JSON:        (body) => ({ type: 'application/json', body: JSON.stringify(body ?? {}) }),
}

function fieldsOf(body: unknown): [string, string][] {
  return Object.entries(Object(body) as object).map(([name, value]) => [name, String(value)])
}

/** What pages of other origins do with the session of somebody who looks at them. */
export const crossSiteCases: readonly Attack[] = [
  {
    id: 'I04',
    name: 'cross-site requests with the session cookie, on every route that changes data',
    needs: ['readTenant'],
    isPossible: ({ testUsers }) => testUsers.session !== undefined,
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        const cookie = { cookie: testUsers.session ?? '' }
        const takers = await takersOf(target, cookie)
        for (const operation of mount.operations.values()) {
          const isTaken = takers.some((name) => operation.id.startsWith(name))
          // What anybody may do takes no session where the API goes by tokens.
          if (operation.method === 'GET' || (operation.isPublic && !isTaken)) continue
          const request = sampleRequest(testUsers, operation)
          for (const [kind, make] of Object.entries(SENT)) {
            const { type, body } = make(request.body)
            const headers = { ...cookie, ...EVIL, ...(type === undefined ? {} : { 'content-type': type }) }
            const { status, text } = await send(mount, operation, { ...request, as: null, body, headers })
            const isRefused = status === 401 || status === 403
            assert.ok(isRefused, `${operation.id} with ${kind}: got ${status} ${text.slice(0, 500)}`)
          }
        }
      }),
  },
]

/** The names of the APIs that go by the session. One that opens nothing would prove nothing. */
async function takersOf(target: Target, cookie: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const takers: string[] = []
  for (const api of offering(target, 'readTenant')) {
    const { status } = await api.ask(null, 'readTenant', { tenant: target.testUsers.tenant }, cookie)
    if (status < 300) takers.push(api.name)
  }
  assert.ok(takers.length > 0, 'the session of the cast opens nothing: no API lets it read the tenant')
  return takers
}
