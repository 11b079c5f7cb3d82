import assert from 'node:assert/strict'
import type { Invitation } from '../model/invitation.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, invitationOf, noon } from './fixtures/rows.js'
import { tokensOf } from './fixtures/tokens.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

async function invitationsFixture(storage: Storage, ...invitations: readonly Invitation[]): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    for (const invitation of invitations) await tx.invitations.insert(invitation, tokensOf(`token of ${invitation.id}`))
  })
}

const acmes = (id: string, fields: Partial<Invitation> = {}) =>
  invitationOf({ id, tenantId: 'acme', inviterId: 'ann', ...fields })
const zetas = (id: string, fields: Partial<Invitation> = {}) =>
  invitationOf({ id, tenantId: 'zeta', inviterId: 'zoe', ...fields })

const mixed: readonly Invitation[] = [
  acmes('accepted', { status: 'accepted', resolvedAt: noon, createdAt: noon + 1 }),
  acmes('declined', { status: 'declined', resolvedAt: noon }),
  acmes('expired', { expiresAt: noon - 1 }),
  acmes('open', { createdAt: noon - 1 }),
  acmes('revoked', { status: 'revoked', resolvedAt: noon }),
  zetas('zetas'),
]

const byStatus = [
  [undefined, ['accepted', 'revoked', 'expired', 'declined', 'open']],
  ['pending', ['expired', 'open']],
  ['accepted', ['accepted']],
  ['declined', ['declined']],
  ['revoked', ['revoked']],
] as const

export const invitationListCases = [
  contractCase(
    'invitation-find-pending',
    'The pending invitation of an address is found in one tenant, expired or not',
    async (storage) => {
      const emailKey = 'a_b@example.com'
      const expired = acmes('expired', { emailKey, expiresAt: noon - 1 })
      await invitationsFixture(
        storage,
        acmes('past', { emailKey, status: 'declined', resolvedAt: 1 }),
        acmes('x', { emailKey: 'axb@example.com' }),
        expired,
      )
      const find = (tenantId: string, key = emailKey) =>
        storage.read.invitations.findPending({ tenantId, emailKey: key })
      assert.deepEqual(await find('acme'), expired)
      assert.equal(await find('zeta'), null)
      assert.equal(await find('acme', 'A_B@example.com'), null)
      await write(storage, (tx) =>
        tx.invitations.resolve({ tenantId: 'acme', id: 'expired', status: 'revoked', at: noon }),
      )
      assert.equal(await find('acme'), null)
    },
  ),

  contractCase('invitation-last-declined', 'The last time a mailbox declined is known by tenant', async (storage) => {
    const emailKey = 'joe@example.com'
    const resolved = (id: string, status: Invitation['status'], resolvedAt: number) =>
      acmes(id, { emailKey, status, resolvedAt })
    await invitationsFixture(
      storage,
      resolved('1', 'declined', noon + 5),
      resolved('2', 'declined', noon + 9),
      resolved('3', 'declined', noon + 7),
      resolved('4', 'revoked', noon + 11),
      resolved('5', 'accepted', noon + 12),
      acmes('6', { status: 'declined', resolvedAt: noon + 13 }),
      zetas('7', { emailKey, status: 'declined', resolvedAt: noon + 14 }),
      zetas('8'),
    )
    const last = (tenantId: string, mailbox = emailKey) =>
      storage.read.invitations.lastDeclinedAt({ tenantId, mailbox })
    assert.equal(await last('acme'), noon + 9)
    assert.equal(await last('zeta'), noon + 14)
    assert.equal(await last('zeta', '8@example.com'), null)
    assert.equal(await last('acme', 'unknown@example.com'), null)
  }),

  contractCase(
    'invitation-list',
    "A list holds one tenant's invitations only, by status when one is given",
    async (storage) => {
      await invitationsFixture(storage, ...mixed)
      for (const [status, expected] of byStatus) {
        const listed = await storage.read.invitations.list({ tenantId: 'acme', status, page })
        assert.deepEqual(
          listed.map(({ id }) => id),
          expected,
        )
        for (const invitation of listed)
          assert.deepEqual(
            invitation,
            mixed.find(({ id }) => id === invitation.id),
          )
      }
      assert.equal((await storage.read.invitations.list({ tenantId: 'zeta', page })).length, 1)
      assert.equal((await storage.read.invitations.list({ tenantId: 'nowhere', page })).length, 0)
    },
  ),

  contractCase('invitation-list-pages', 'Invitations are paged without gap or repetition', async (storage) => {
    const scattered = scatteredPlaces.map(({ id, at }) => acmes(id, { createdAt: at }))
    await invitationsFixture(storage, ...scattered, zetas('z-1'), zetas('z-2'))
    const list = (status?: 'pending') =>
      assertPages(
        'newest',
        (request) => storage.read.invitations.list({ tenantId: 'acme', status, page: request }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      )
    await list()
    await list('pending')
  }),

  contractCase('invitation-count', 'The count of invitations is the length of their list', async (storage) => {
    await invitationsFixture(storage, ...mixed)
    for (const [status, expected] of byStatus) {
      assert.equal(await storage.read.invitations.count({ tenantId: 'acme', status }), expected.length)
    }
    assert.equal(await storage.read.invitations.count({ tenantId: 'nowhere' }), 0)
  }),

  contractCase(
    'invitation-count-open',
    'Open invitations are the pending ones that are not yet expired',
    async (storage) => {
      await invitationsFixture(storage, ...mixed, acmes('later', { expiresAt: noon + 2000 }))
      const count = (now: number, tenantId = 'acme') => storage.read.invitations.countOpen({ tenantId, now })
      assert.deepEqual([await count(noon - 2), await count(noon - 1), await count(noon + 999)], [3, 2, 2])
      assert.deepEqual([await count(noon + 1000), await count(noon + 1999), await count(noon + 2000)], [1, 1, 0])
      assert.deepEqual([await count(noon, 'zeta'), await count(noon, 'nowhere')], [1, 0])
    },
  ),

  contractCase('invitation-count-open-role', 'Open invitations are counted by role, too', async (storage) => {
    const clerks = (id: string, fields: Partial<Invitation> = {}) => acmes(id, { role: 'clerk', ...fields })
    const resolved = clerks('revoked', { status: 'revoked', resolvedAt: noon })
    await invitationsFixture(storage, acmes('other'), clerks('one'), clerks('two', { expiresAt: noon + 1 }), resolved)
    const count = (now: number, role: string, tenantId = 'acme') =>
      storage.read.invitations.countOpen({ tenantId, now, role })
    assert.deepEqual(
      [await count(noon, 'clerk'), await count(noon + 1, 'clerk'), await count(noon, 'Clerk')],
      [2, 1, 0],
    )
    assert.deepEqual([await count(noon, 'member'), await count(noon, 'clerk', 'zeta')], [1, 0])
  }),

  contractCase(
    'invitation-revoke-by-inviter',
    "One inviter's pending invitations are revoked, and no other's",
    async (storage) => {
      await invitationsFixture(
        storage,
        ...mixed,
        acmes("bob's", { inviterId: 'bob' }),
        zetas("ann's-in-zeta", { inviterId: 'ann' }),
      )
      const revoke = (inviterId: string) =>
        write(storage, (tx) => tx.invitations.revokeByInviter({ tenantId: 'acme', inviterId, at: noon + 7 }))
      assert.deepEqual([...(await revoke('ann'))].sort(), ['expired', 'open'])
      assert.deepEqual(await revoke('ann'), [])
      assert.deepEqual(await revoke('nobody'), [])
      const untouched = mixed.filter(({ status, tenantId }) => status !== 'pending' || tenantId === 'zeta')
      for (const invitation of untouched) assert.deepEqual(await storage.read.invitations.find(invitation), invitation)
      for (const id of ['expired', 'open']) {
        const revoked = { ...mixed.find((invitation) => invitation.id === id), status: 'revoked', resolvedAt: noon + 7 }
        assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id }), revoked)
        assert.equal(await storage.read.invitations.locate(`token of ${id}`), null)
        assert.equal(await storage.read.invitations.locate(`mailed token of ${id}`), null)
      }
      assert.deepEqual(await storage.read.invitations.locate("token of bob's"), {
        tenantId: 'acme',
        id: "bob's",
        by: 'revealed',
      })
      assert.deepEqual(await storage.read.invitations.locate("token of ann's-in-zeta"), {
        tenantId: 'zeta',
        id: "ann's-in-zeta",
        by: 'revealed',
      })
      assert.equal(await storage.read.invitations.count({ tenantId: 'zeta', status: 'pending' }), 2)
    },
  ),
]
