import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Locks, Storage, Transaction } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import {
  organizationFixture,
  tenantFixture,
  twoTenantsFixture,
  usersFixture,
  membershipOf,
  organizationMembershipOf,
} from './fixtures/rows.js'
import { write } from './write.js'

/** Twenty transactions that name the same row read, wait and write: no step of one may fall among those of another. */
async function assertOneAfterTheOther(
  storage: Storage,
  locksOf: (index: number) => Locks,
  read: (tx: Transaction) => Promise<number>,
  change: (tx: Transaction, value: number) => Promise<unknown>,
): Promise<void> {
  let inside = 0
  const step = (index: number) =>
    write(
      storage,
      async (tx) => {
        inside += 1
        try {
          assert.equal(inside, 1, 'two transactions hold the same lock')
          const value = await read(tx)
          await setTimeout(1)
          await change(tx, value + 1)
        } finally {
          inside -= 1
        }
      },
      locksOf(index),
    )
  await Promise.all(Array.from({ length: 20 }, (_, index) => step(index)))
  assert.equal(await write(storage, read), 20)
}

export const lockCases = [
  contractCase(
    'transaction-lock-tenant',
    'Transactions that name the same tenant run one after the other',
    async (storage) => {
      await twoTenantsFixture(storage)
      await assertOneAfterTheOther(
        storage,
        (index) => ({ tenants: index % 2 === 0 ? ['acme', 'zeta'] : ['zeta', 'acme', 'acme'] }),
        async (tx) => Number((await tx.tenants.find('acme'))?.settings['count'] ?? 0),
        (tx, count) => tx.tenants.update({ id: 'acme', status: 'active', set: { settings: { count } } }),
      )
    },
  ),

  contractCase(
    'transaction-lock-tenant-count',
    "A count of a tenant's rows holds until the transaction that counted ends",
    async (storage) => {
      const guests = Array.from({ length: 12 }, (_, index) => `guest-${index}`)
      await usersFixture(storage, 'ann', ...guests)
      await tenantFixture(storage, 'acme', ['ann'])
      const join = (userId: string) => async (tx: Transaction) => {
        if ((await tx.memberships.count({ tenantId: 'acme' })) >= 5) return
        await setTimeout(1)
        await tx.memberships.insert(membershipOf({ tenantId: 'acme', userId }))
      }
      await Promise.all(guests.map((guest) => write(storage, join(guest), { tenants: ['acme'] })))
      assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 5)
    },
  ),

  contractCase(
    'transaction-lock-user',
    'Transactions that name the same user run one after the other',
    async (storage) => {
      await twoTenantsFixture(storage)
      await assertOneAfterTheOther(
        storage,
        (index) => (index % 2 === 0 ? { users: ['ann', 'bob'] } : { users: ['bob', 'ann'], tenants: ['acme'] }),
        async (tx) => Number((await tx.users.find('ann'))?.name ?? 0),
        (tx, count) => tx.users.update({ id: 'ann', set: { name: String(count) } }),
      )
    },
  ),

  contractCase(
    'transaction-lock-organization',
    'Transactions that name the same organization run one after the other',
    async (storage) => {
      const guests = Array.from({ length: 20 }, (_, index) => `guest-${index}`)
      await twoTenantsFixture(storage)
      await usersFixture(storage, ...guests)
      await organizationFixture(storage, 'umbrella', ['ann'])
      await organizationFixture(storage, 'acme', ['zoe'])
      await assertOneAfterTheOther(
        storage,
        (index) =>
          index % 2 === 0
            ? { organizations: ['umbrella', 'acme'], users: ['ann'] }
            : { organizations: ['acme', 'umbrella', 'umbrella'], tenants: ['acme'] },
        async (tx) => (await tx.organizationMembers.count({ organizationId: 'umbrella' })) - 1,
        (tx, count) =>
          tx.organizationMembers.insert(
            organizationMembershipOf({ organizationId: 'umbrella', userId: `guest-${count - 1}` }),
          ),
      )
    },
  ),

  contractCase('transaction-lock-missing', 'A lock on a row that is not there is ignored', async (storage) => {
    await usersFixture(storage, 'ann')
    const locks = { organizations: ['absent'], tenants: ['absent', 'absent-too'], users: ['ann', 'absent'] }
    assert.equal(await storage.transaction(locks, async (tx) => (await tx.users.find('ann'))?.id), 'ann')
    assert.equal(await storage.transaction({ organizations: [], tenants: [], users: [] }, async () => 'done'), 'done')
    assert.equal(await storage.read.tenants.find('absent'), null)
  }),
]
