import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Storage, Transaction } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { deviceOf, externalTokenOf, subjectOf, tokenOf, tokensOf } from './fixtures/tokens.js'
import {
  eventOf,
  fileOf,
  twoTenantsFixture,
  usersFixture,
  invitationOf,
  queuedEmailOf,
  membershipOf,
  noon,
  roleOf,
  tenantOf,
  transferOf,
  userOf,
} from './fixtures/rows.js'
import { refuses, write } from './write.js'

async function writeEverywhere(tx: Transaction): Promise<void> {
  await tx.users.insert(userOf({ id: 'new' }))
  await tx.users.update({ id: 'ann', set: { name: 'Ann' } })
  await tx.users.setPasswordHash('ann', 'hash')
  await tx.tenants.insert(tenantOf({ id: 'new', ownerId: 'new', slug: 'new' }))
  await tx.tenants.update({ id: 'zeta', status: 'active', set: { name: 'Zeta two' } })
  await tx.memberships.insert(membershipOf({ tenantId: 'new', userId: 'new' }))
  await tx.memberships.delete({ tenantId: 'acme', userId: 'bob' })
  await tx.roles.insert(roleOf({ tenantId: 'acme', key: 'new' }))
  await tx.invitations.insert(
    invitationOf({ id: 'new', tenantId: 'acme', inviterId: 'ann' }),
    tokensOf('invitation-hash'),
  )
  await tx.ownershipTransfers.put(transferOf({ tenantId: 'acme', ownerId: 'ann' }))
  await tx.accessTokens.put(tokenOf({ id: 'new', userId: 'ann' }), 'token-hash')
  await tx.externalTokens.put(externalTokenOf({ id: 'new', subject: subjectOf('eva') }), 'external-hash')
  const codes = { deviceCodeHash: 'device-hash', userCodeHash: 'user-code-hash' }
  await tx.deviceAuthorizations.insert(deviceOf({ id: 'new' }), codes)
  await tx.events.append(eventOf({ scope: { tenantId: 'acme' }, seq: 1 }))
  await tx.emails.enqueue(queuedEmailOf({ id: 'new' }))
  await tx.files.insert(fileOf({ id: 'new', tenantId: 'acme' }))
  await tx.counters.add({ key: 'new', points: 1, expiresAt: noon + 1000, now: noon })
}

/** Everything that {@link writeEverywhere} touches, as `reads` sees it. */
async function everything(reads: Storage['read']) {
  const page = { limit: 100 }
  return {
    users: await reads.users.list({ page }),
    password: await reads.users.findPasswordHash('ann'),
    tenants: await reads.tenants.listAll({ page }),
    members: await reads.memberships.list({ tenantId: 'acme', page }),
    memberships: await reads.memberships.listByUser('new'),
    roles: await reads.roles.list('acme'),
    invitations: await reads.invitations.list({ tenantId: 'acme', page }),
    located: await reads.invitations.locate('invitation-hash'),
    transfer: await reads.ownershipTransfers.find('acme'),
    token: await reads.accessTokens.findByHash('token-hash'),
    external: await reads.externalTokens.findByHash('external-hash'),
    device: await reads.deviceAuthorizations.findByDeviceCode('device-hash'),
    head: await reads.events.head({ tenantId: 'acme' }),
    emails: await reads.emails.backlog(),
    file: (await reads.files.find({ tenantId: 'acme', id: 'new' }))?.id,
  }
}

const counterOf = (storage: Storage) => write(storage, (tx) => tx.counters.find({ key: 'new', now: noon }))

export const transactionCases = [
  contractCase(
    'transaction-commit',
    'A transaction keeps what its work wrote, and answers its result',
    async (storage) => {
      await twoTenantsFixture(storage)
      const result = { any: 'value' }
      const within = await write(storage, async (tx) => {
        await writeEverywhere(tx)
        return { seen: await everything(tx), result }
      })
      assert.equal(within.result, result)
      assert.deepEqual(await everything(storage.read), within.seen)
      assert.deepEqual(within.seen.head, { seq: 1, hash: 'hash-1' })
      assert.deepEqual(await counterOf(storage), { points: 1, expiresAt: noon + 1000 })
    },
  ),

  contractCase(
    'transaction-rollback',
    'A transaction whose work rejects leaves nothing, and rejects with the same error',
    async (storage) => {
      await twoTenantsFixture(storage)
      const before = await everything(storage.read)
      const failure = new Error('the work failed')
      const failing = storage.transaction({ tenants: ['acme'], users: ['ann'] }, async (tx) => {
        await writeEverywhere(tx)
        throw failure
      })
      await assert.rejects(failing, (error) => error === failure)
      assert.deepEqual(await everything(storage.read), before)
      assert.equal(await counterOf(storage), null)
    },
  ),

  contractCase('transaction-isolation', 'Nobody reads what is not committed', async (storage) => {
    await twoTenantsFixture(storage)
    const before = await everything(storage.read)
    let ended = false
    // A storage may let a read wait for the transaction, so it is not awaited within.
    const peek = async () => {
      const seen = await everything(storage.read)
      return { seen, afterTheEnd: ended }
    }
    let peeked: ReturnType<typeof peek> | undefined
    const failure = new Error('the work failed')
    const failing = storage.transaction({}, async (tx) => {
      await writeEverywhere(tx)
      peeked = peek()
      await Promise.race([peeked, setTimeout(100)])
      throw failure
    })
    await assert.rejects(failing, (error) => error === failure)
    assert.deepEqual((await peeked)?.seen, before, 'writes that were undone later')

    await write(storage, async (tx) => {
      await writeEverywhere(tx)
      peeked = peek()
      await Promise.race([peeked, setTimeout(100)])
      ended = true
    })
    const last = await peeked
    if (!last?.afterTheEnd) assert.deepEqual(last?.seen, before, 'writes that were committed later')
    assert.notDeepEqual(await everything(storage.read), before)
  }),

  contractCase('transaction-own-writes', 'A transaction reads its own writes', async (storage) => {
    await twoTenantsFixture(storage)
    await write(storage, async (tx) => {
      await writeEverywhere(tx)
      assert.equal((await tx.users.find('ann'))?.name, 'Ann')
      assert.equal((await tx.users.findByEmailKey('new@example.com'))?.id, 'new')
      assert.equal(await tx.memberships.find({ tenantId: 'acme', userId: 'bob' }), null)
      assert.equal(await tx.memberships.count({ tenantId: 'acme' }), 2)
      assert.equal((await tx.access.find({ tenantId: 'new', userId: 'new' }))?.membership?.userId, 'new')
      assert.equal((await tx.tenants.current({ userId: 'new' }))?.tenant.id, 'new')
      assert.equal((await tx.counters.add({ key: 'new', points: 2, expiresAt: noon + 9000, now: noon })).points, 3)
      await tx.users.update({ id: 'new', set: { emailKey: 'newer@example.com' } })
      assert.equal(await tx.users.findByEmailKey('new@example.com'), null)
    })
  }),

  contractCase(
    'transaction-after-failure',
    'Any number of failed transactions leaves the storage working',
    async (storage) => {
      await usersFixture(storage, 'ann')
      const failures = [
        (tx: Transaction) => tx.users.insert(userOf({ id: 'ann' })),
        (tx: Transaction) => tx.tenants.insert(tenantOf({ id: 'acme', ownerId: 'ann' })),
        () => Promise.reject(new Error('the work failed')),
      ]
      for (let round = 0; round < 15; round += 1) {
        const outcomes = await Promise.allSettled(failures.map((work) => write(storage, work, { users: ['ann'] })))
        assert.deepEqual(
          outcomes.map(({ status }) => status),
          ['rejected', 'rejected', 'rejected'],
        )
      }
      await refuses(storage, 'user.id', (tx) => tx.users.insert(userOf({ id: 'ann' })))
      await usersFixture(storage, 'bob')
      assert.equal(await storage.read.users.count({}), 2)
    },
  ),
]
