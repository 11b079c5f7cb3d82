import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { call } from './testing/call.js'
import { makeFolder, spawnQuickstart } from './testing/spawn-quickstart.js'

const database = useTestDatabase()

test('the server runs on PostgreSQL in two processes', async () => {
  const folder = makeFolder()
  const env = { DATABASE_URL: database.url, TENANTRY_SECRET: 'a secret of at least thirty-two bytes' }
  const first = spawnQuickstart({ folder, args: ['--json'], env })
  const { url, ownerToken, workspaceId } = await first.announced()
  const current = await call(`${url}/workspaces/current`, { token: ownerToken })
  expect(current).toMatchObject({ status: 200, body: { id: workspaceId, role: 'owner' } })

  const second = await spawnQuickstart({ folder, args: ['--json'], env }).announced()
  expect(second).toMatchObject({ ownerToken: null, workspaceId })
  expect(await call(`${second.url}/workspaces/current`, { token: ownerToken })).toEqual(current)
  expect(await first.stop()).toMatchObject({ code: 0, signal: null, stderr: '' })
  expect(await call(`${second.url}/workspaces/current`, { token: ownerToken })).toEqual(current)
  expect(readdirSync(folder)).toEqual([])
})
