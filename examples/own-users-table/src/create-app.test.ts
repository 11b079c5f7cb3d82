import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from './create-app.js'
import { addUser } from './users.js'

const ANN = { email: 'ann@example.com', name: 'Ann', password: 'correct horse', emailVerified: true }
const BOB = { email: 'bob@example.com', name: 'Bob', password: 'battery staple', emailVerified: true }

/** The host on a free port, with the users Ann and Bob. */
async function startHost() {
  const database = new Database(':memory:')
  const app = await createApp(database, { sessionKey: 'a key for the cookies of this test' })
  for (const user of [ANN, BOB]) await addUser(database, user)
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
    database.close()
  })
  await once(server, 'listening')
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo

  /** A browser session that keeps its cookies. */
  function browser() {
    const cookies = new Map<string, string>()
    return async <Body = unknown>(method: 'GET' | 'POST', path: string, body?: object) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        cookies.set(name, value)
      }
      // Whatever else the server said fails the test where it is used.
      return { status: response.status, body: (await response.json()) as Body }
    }
  }

  async function signIn({ email, password }: { readonly email: string; readonly password: string }) {
    const request = browser()
    expect(await request('POST', '/sign-in', { email, password })).toMatchObject({ status: 200 })
    return request
  }
  return { database, browser, signIn }
}

interface Invited {
  readonly invitation_results: readonly { readonly url: string }[]
}

/** The workspace Acme, created by the signed-in user, and the token that invites Bob. */
async function inviteBob(request: ReturnType<Awaited<ReturnType<typeof startHost>>['browser']>): Promise<string> {
  expect(await request('POST', '/workspaces', { name: 'Acme' })).toMatchObject({ status: 201 })
  const invite = { emails: [BOB.email], role: 'editor' }
  const { status, body } = await request<Invited>('POST', '/workspaces/current/members/invite-email', invite)
  expect(status).toBe(201)
  return body.invitation_results[0]?.url.split('token=')[1] ?? ''
}

test('users of the host create a workspace, invite and accept with the host’s session', async () => {
  const { signIn } = await startHost()
  const ann = await signIn(ANN)
  const token = await inviteBob(ann)
  const bob = await signIn(BOB)
  expect(await bob('GET', '/workspaces/current')).toMatchObject({ status: 404 })
  expect(await bob('POST', '/activate', { token })).toMatchObject({ status: 200, body: { result: 'success' } })
  expect(await bob('GET', '/workspaces/current')).toMatchObject({ status: 200, body: { name: 'Acme', role: 'editor' } })
  expect(await ann('GET', '/workspaces/current/members')).toMatchObject({
    body: {
      accounts: [
        { id: '1', email: ANN.email, name: 'Ann', role: 'owner' },
        { id: '2', email: BOB.email, name: 'Bob', role: 'editor' },
      ],
    },
  })
})

test('a membership or an account requires a sign-in at the host', async () => {
  const { database, browser, signIn } = await startHost()
  const ann = await signIn(ANN)
  const token = await inviteBob(ann)
  const stranger = browser()
  const attempt = { token, name: 'Mallory', password: 'opens an account' }
  expect(await stranger('POST', '/activate', attempt)).toMatchObject({ status: 401 })
  expect(await stranger('GET', '/workspaces/current')).toMatchObject({ status: 401 })
  expect(await stranger('POST', '/sign-in', { email: BOB.email, password: 'guessed' })).toMatchObject({ status: 401 })
  expect(await stranger('POST', '/sign-in', { email: 'nobody@example.com', password: 'x' })).toMatchObject({
    status: 401,
  })
  expect(await ann('POST', '/activate', { token })).toMatchObject({ status: 403 })
  expect(await ann('GET', '/workspaces/current/members')).toMatchObject({ body: { accounts: [{ email: ANN.email }] } })
  expect(database.prepare('select email from tenancy_users').all()).toEqual([{ email: ANN.email }])
  expect(database.prepare('select count(*) as count from users').get()).toEqual({ count: 2 })
})

test('an unverified address cannot accept an invitation until the host has verified it', async () => {
  const { database, signIn } = await startHost()
  const token = await inviteBob(await signIn(ANN))
  database.prepare('update users set email_verified = 0 where email = ?').run(BOB.email)
  const bob = await signIn(BOB)
  expect(await bob('POST', '/activate', { token })).toMatchObject({ status: 403 })
  database.prepare('update users set email_verified = 1 where email = ?').run(BOB.email)
  expect(await bob('POST', '/activate', { token })).toMatchObject({ status: 200 })
})

test('a change of a row in the users table applies to the account, and a deleted row ends its access', async () => {
  const { database, signIn } = await startHost()
  const ann = await signIn(ANN)
  await inviteBob(ann)
  database.prepare("update users set name = 'Anna', email = 'anna@example.com' where id = 1").run()
  expect(await ann('GET', '/workspaces/current/members')).toMatchObject({
    body: { accounts: [{ id: '1', email: 'anna@example.com', name: 'Anna' }] },
  })
  database.prepare('delete from users where id = 1').run()
  expect(await ann('GET', '/workspaces/current/members')).toMatchObject({ status: 401 })
})

test('signing out ends the session in this browser', async () => {
  const { signIn } = await startHost()
  const ann = await signIn(ANN)
  expect(await ann('GET', '/workspaces')).toMatchObject({ status: 200 })
  await ann('POST', '/sign-out')
  expect(await ann('GET', '/workspaces')).toMatchObject({ status: 401 })
})
