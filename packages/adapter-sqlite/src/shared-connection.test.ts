import Database from 'better-sqlite3'
import { consoleMailer, createTenancy, isTenancyError, SYSTEM } from '@tenantry/core'
import { expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A host's database, a tenancy on it, and whether the host ever found one of our transactions open. */
async function givenSharedConnection() {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = on')
  database.exec('create table note (text text not null)')
  const tenancy = createTenancy({
    storage: sqliteStorage({ database }),
    mailer: consoleMailer({ write: () => {} }),
    secret: 'a secret of at least thirty-two bytes',
    limits: { mailsPerRecipient: 1 },
  })
  await tenancy.migrate()
  const { id: userId } = await tenancy.as(SYSTEM).users.create({ email: 'ann@example.com', emailVerified: true })
  const { id: tenantId } = await tenancy.as({ userId }).tenants.create({ name: 'Acme' })

  const found: boolean[] = []
  let watching = true
  const look = () => {
    found.push(database.inTransaction)
    if (watching) setImmediate(look)
  }
  const watch = async (work: () => Promise<unknown>) => {
    found.length = 0
    watching = true
    setImmediate(look)
    await work()
    watching = false
    return found.includes(true)
  }
  return { database, tenancy, ann: tenancy.as({ userId, ip: '192.0.2.1' }), tenantId, watch }
}

test('no statement of the host falls into a transaction of ours, whatever a command does', async () => {
  const { ann, tenantId, watch } = await givenSharedConnection()
  const acme = ann.in(tenantId)
  const works: Record<string, () => Promise<unknown>> = {
    'create a tenant': () => ann.tenants.create({ name: 'Beta', slug: 'beta' }),
    'invite by mail': () => acme.members.invite({ email: 'bob@example.com', role: 'member' }),
    'invite many': () => acme.members.inviteMany({ emails: ['cy@example.com', 'dee@example.com'], role: 'viewer' }),
    'start a transfer': () => acme.ownership.start(),
    'upload a logo': () => acme.uploadLogo({ bytes: png }),
    'change an account': () => ann.users.update({ password: 'correct horse battery' }),
    'issue a token': () => ann.accessTokens.create(),
  }
  for (const [name, work] of Object.entries(works)) expect([name, await watch(work)]).toEqual([name, false])
})

test('what the host writes while an invitation is refused stays written', async () => {
  const { ann, database, tenantId } = await givenSharedConnection()
  const invite = () => ann.in(tenantId).members.invite({ email: 'bob@example.com', role: 'member' })
  await invite()
  setImmediate(() => database.prepare('insert into note values (?)').run('kept'))
  const refusal: unknown = await invite().catch((error: unknown) => error)
  await new Promise((resolve) => setImmediate(resolve))
  expect(isTenancyError(refusal, 'mail_limit_exceeded')).toBe(true)
  expect(database.prepare('select text from note').all()).toEqual([{ text: 'kept' }])
})
