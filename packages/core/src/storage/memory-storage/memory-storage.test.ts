import { describe, expect, test } from 'vitest'
import { storageContract } from '../../contract.js'
import { membershipOf, tenantOf, userOf } from '../../contract/fixtures/rows.js'
import { memoryStorage } from './memory-storage.js'

describe('memory storage', () => {
  test.each(storageContract)('$id: $name', ({ run }) => run(async () => ({ storage: memoryStorage() })))

  test('a read does not wait for a transaction that is under way', async () => {
    const storage = memoryStorage()
    const seen = await storage.transaction({}, async (tx) => {
      await tx.users.insert(userOf({ id: 'ann' }))
      return storage.read.users.find('ann')
    })
    expect(seen).toBeNull()
  })

  test('a transaction is lost when its work goes on after a refusal, as it would be on a database server', async () => {
    const storage = memoryStorage()
    const ann = userOf({ id: 'ann' })
    const work = storage.transaction({}, async (tx) => {
      await tx.users.insert(ann)
      await tx.users.insert(ann).catch(() => 'swallowed')
    })
    await expect(work).rejects.toMatchObject({ code: 'conflict', constraint: 'user.id' })
    expect(await storage.read.users.count({})).toBe(0)
  })

  test('a write after the end of its transaction reaches nobody', async () => {
    const storage = memoryStorage()
    const users = await storage.transaction({}, async (tx) => tx.users)
    await users.insert(userOf({ id: 'ann' }))
    expect(await storage.read.users.find('ann')).toBeNull()
  })

  test('what was read cannot be changed', async () => {
    const storage = memoryStorage()
    await storage.transaction({}, async (tx) => {
      await tx.users.insert(userOf({ id: 'ann' }))
      await tx.tenants.insert(tenantOf({ id: 'acme', ownerId: 'ann', settings: { theme: 'dark' } }))
      await tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: 'ann' }))
    })
    const facts = await storage.read.access.find({ tenantId: 'acme', userId: 'ann' })
    for (const part of [
      facts?.tenant,
      facts?.tenant.settings,
      facts?.user,
      facts?.membership,
      facts?.membership?.roles,
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })
})
