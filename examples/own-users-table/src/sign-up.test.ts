import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from './create-app.js'

const CY = { email: 'cy@example.com', name: 'Cy', password: 'tr0ubador and 3', company: 'Cyber' }

async function startHost() {
  const database = new Database(':memory:')
  const app = await createApp(database, { sessionKey: 'a key for the cookies of this test' })
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
  const signUp = (form: object) =>
    fetch(`http://127.0.0.1:${port}/sign-up`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(form),
    })
  const cookiesOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.replace(/;.*/, ''))
      .join('; ')
  const workspaces = async (signedUp: Response) => {
    const response = await fetch(`http://127.0.0.1:${port}/workspaces`, { headers: { Cookie: cookiesOf(signedUp) } })
    return response.json()
  }
  const count = (table: string) => database.prepare(`select count(*) from ${table}`).pluck().get()
  const counts = () => ['users', 'tenancy_users', 'tenancy_tenants', 'tenancy_memberships'].map(count)
  return { database, signUp, workspaces, counts }
}

test('a new user gets an account at the host and a workspace in one transaction', async () => {
  const { signUp, workspaces, counts } = await startHost()
  const response = await signUp(CY)
  expect(response.status).toBe(201)
  expect(counts()).toEqual([1, 1, 1, 1])
  expect(await workspaces(response)).toMatchObject({ workspaces: [{ name: 'Cyber' }] })
})

test('a rejected workspace leaves no account', async () => {
  const { signUp, counts } = await startHost()
  expect((await signUp({ ...CY, company: ' ' })).status).toBe(400)
  expect(counts()).toEqual([0, 0, 0, 0])
  expect((await signUp(CY)).status).toBe(201)
})

test('a rejected account leaves no workspace', async () => {
  const { signUp, counts } = await startHost()
  await signUp(CY)
  expect((await signUp({ ...CY, company: 'Another' })).status).toBe(409)
  expect(counts()).toEqual([1, 1, 1, 1])
})

test('concurrent sign-ups use separate transactions', async () => {
  const { database, signUp, counts } = await startHost()
  const people = Array.from({ length: 12 }, (_, index) => ({ ...CY, email: `cy${index % 8}@example.com` }))
  const statuses = (await Promise.all(people.map(signUp))).map(({ status }) => status)
  expect(statuses.sort()).toEqual([...Array<number>(8).fill(201), ...Array<number>(4).fill(409)])
  expect(counts()).toEqual([8, 8, 8, 8])
  expect(database.inTransaction).toBe(false)
})
