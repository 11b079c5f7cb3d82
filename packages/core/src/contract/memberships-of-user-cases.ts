import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { membershipOf, tenantFixture, usersFixture } from './fixtures/rows.js'
import { write } from './write.js'

/** The memberships of one user, in whichever tenants. */
export const membershipsOfUserCases = [
  contractCase('membership-count-by-user', "A user's tenants are counted unless they are deleted", async (storage) => {
    await usersFixture(storage, 'ann', 'bob')
    for (const status of ['active', 'suspended', 'archived', 'deleted'] as const) {
      await tenantFixture(storage, status, ['ann'], { status })
    }
    await tenantFixture(storage, 'inactive', ['bob', 'ann'])
    await write(storage, (tx) => tx.memberships.update({ tenantId: 'inactive', userId: 'ann', set: { active: false } }))
    assert.equal(await storage.read.memberships.countByUser('ann'), 4)
    assert.equal(await storage.read.memberships.countByUser('bob'), 1)
    assert.equal(await storage.read.memberships.countByUser('nobody'), 0)
  }),

  contractCase(
    'membership-list-by-user',
    "A user's memberships are listed whatever the statuses, by tenant id",
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob')
      const statuses = { b: 'deleted', B: 'archived', a: 'suspended', '-': 'active', _: 'active' } as const
      for (const [id, status] of Object.entries(statuses)) await tenantFixture(storage, id, ['ann'], { status })
      await tenantFixture(storage, 'not-ours', ['bob'])
      await write(storage, (tx) => tx.memberships.update({ tenantId: '_', userId: 'ann', set: { active: false } }))
      assert.deepEqual(
        await storage.read.memberships.listByUser('ann'),
        ['-', 'B', '_', 'a', 'b'].map((tenantId) =>
          membershipOf({ tenantId, userId: 'ann', active: tenantId !== '_' }),
        ),
      )
      assert.deepEqual(await storage.read.memberships.listByUser('nobody'), [])
    },
  ),
]
