import { consoleMailer, createTenancy, SYSTEM } from '@tenantry/core'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { sqliteStorage } from './index.js'

async function tenantFixture(storage: ReturnType<typeof sqliteStorage>) {
  const tenancy = createTenancy({
    storage,
    mailer: consoleMailer(),
    emailEncryptionKey: 'a secret of at least thirty-two bytes',
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    limits: { emailsPerTenant: Infinity },
  })
  await tenancy.migrate()
  const { id: userId } = await tenancy.as(SYSTEM).users.create({ email: 'ann@example.com', emailVerified: true })
  const ann = tenancy.as({ userId })
  return { tenancy, ann, acme: ann.in((await ann.tenants.create({ name: 'Acme' })).id) }
}

it('a long command leaves turns of the event loop to the rest of the process', async () => {
  const { tenancy, acme } = await tenantFixture(sqliteStorage({ filename: ':memory:' }))
  let turns = 0
  let isDone = false
  const count = () => {
    turns += 1
    if (!isDone) setTimeout(count, 0)
  }
  setTimeout(count, 0)
  const members = Array.from({ length: 75 }, (_, row) => ({ email: `p${row}@example.com`, role: 'member' as const }))
  const results = await acme.members.addMany({ members })
  isDone = true
  expect(results.filter(({ status }) => status === 'added')).toHaveLength(75)
  // Without them there is at most one before, and one after.
  expect(turns).toBeGreaterThan(5)
  await tenancy.close()
})

it('the busy timeout that a host sets later stays as the host has set it', async () => {
  const database = new Database(':memory:', { timeout: 5000 })
  database.pragma('foreign_keys = on')
  const { tenancy, ann } = await tenantFixture(sqliteStorage({ database }))
  database.pragma('busy_timeout = 100')
  await ann.tenants.create({ name: 'Beta' })
  expect(database.pragma('busy_timeout', { simple: true })).toBe(100)
  await tenancy.close()
  database.close()
})
