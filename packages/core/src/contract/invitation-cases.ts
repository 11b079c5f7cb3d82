import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { givenTwoTenants, invitationOf, noon } from './given.js'
import { refuses, write } from './write.js'

const one = invitationOf({ id: 'one', tenantId: 'acme', inviterId: 'ann' })
const key = { tenantId: 'acme', id: 'one' }
const statuses = ['accepted', 'declined', 'revoked'] as const

const zetas = { ...one, tenantId: 'zeta', inviterId: 'zoe' }
const zetasKey = { tenantId: 'zeta', id: 'one' }
const two = invitationOf({ id: 'two', tenantId: 'acme', inviterId: 'ann' })

/** Acme's invitations `one` and `two`, and Zeta's, which has the id and the address of `one`. */
async function givenInvitations(storage: Storage): Promise<void> {
  await givenTwoTenants(storage)
  await write(storage, async (tx) => {
    await tx.invitations.insert(one, 'token-one')
    await tx.invitations.insert(two, 'token-two')
    await tx.invitations.insert(zetas, 'token-zeta')
  })
}

async function assertOthersUntouched({ read: { invitations } }: Storage): Promise<void> {
  assert.deepEqual(await invitations.find({ tenantId: 'acme', id: 'two' }), two)
  assert.deepEqual(await invitations.locate('token-two'), { tenantId: 'acme', id: 'two' })
  assert.deepEqual(await invitations.find(zetasKey), zetas)
  assert.deepEqual(await invitations.locate('token-zeta'), zetasKey)
}

const settle = (storage: Storage, id: string, status: (typeof statuses)[number], at = noon + 7) =>
  write(storage, (tx) => tx.invitations.settle({ tenantId: 'acme', id, status, at }))

export const invitationCases = [
  contractCase('invitation-find', 'An invitation is found in its own tenant only', async (storage) => {
    await givenInvitations(storage)
    assert.deepEqual(await storage.read.invitations.find(key), one)
    assert.deepEqual(await storage.read.invitations.find(zetasKey), zetas)
    for (const [tenantId, id] of [
      ['zeta', 'two'],
      ['acme', 'unknown'],
      ['acme', 'ONE'],
      ['nowhere', 'one'],
    ] as const) {
      assert.equal(await storage.read.invitations.find({ tenantId, id }), null)
    }
  }),

  contractCase('invitation-locate', 'A token opens the invitation it was made for', async (storage) => {
    await givenInvitations(storage)
    assert.deepEqual(await storage.read.invitations.locate('token-one'), key)
    await assertOthersUntouched(storage)
    for (const hash of ['token', 'token_one', 'TOKEN-ONE', 'token%', '']) {
      assert.equal(await storage.read.invitations.locate(hash), null)
    }
  }),

  contractCase('invitation-insert', 'A new invitation is kept with every field as given', async (storage) => {
    await givenInvitations(storage)
    const full = invitationOf({
      id: '~"\'',
      tenantId: 'acme',
      inviterId: 'bob',
      email: 'Jörg@Bücher.example',
      emailKey: 'jörg@xn--bcher-kva.example',
      role: 'own_role',
      language: 'zh-Hans',
      createdAt: 0,
      expiresAt: 253_402_300_799_999,
    })
    const past = { ...full, id: 'past', status: 'declined', settledAt: noon } as const
    await write(storage, async (tx) => {
      await tx.invitations.insert(full, 'token-2')
      await tx.invitations.insert(past, 'token-3')
    })
    assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: full.id }), full)
    assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: 'past' }), past)
    assert.deepEqual(await storage.read.invitations.find(key), one)
  }),

  contractCase(
    'invitation-insert-pending',
    'A second pending invitation of one address to one tenant is refused',
    async (storage) => {
      await givenInvitations(storage)
      const again = { ...one, id: 'again', role: 'admin' }
      await refuses(storage, 'invitation.pending', (tx) => tx.invitations.insert(again, 'token-2'))
      assert.equal(await storage.read.invitations.locate('token-2'), null)
      for (const status of statuses) {
        await settle(storage, one.id, status)
        const id = `after-${status}`
        await write(storage, (tx) => tx.invitations.insert({ ...again, id }, `token ${status}`))
        await refuses(storage, 'invitation.pending', (tx) => tx.invitations.insert(again, 'token-2'))
        await settle(storage, id, status)
      }
      const race = [1, 2, 3, 4, 5].map((index) =>
        write(storage, (tx) => tx.invitations.insert({ ...one, id: `racer-${index}` }, `token racer ${index}`)),
      )
      const outcomes = await Promise.allSettled(race)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    },
  ),

  contractCase('invitation-insert-token', 'A token that another invitation has is refused', async (storage) => {
    await givenInvitations(storage)
    const three = invitationOf({ id: 'three', tenantId: 'zeta', inviterId: 'zoe' })
    await refuses(storage, 'invitation.token', (tx) => tx.invitations.insert(three, 'token-one'))
    assert.equal(await storage.read.invitations.find({ tenantId: 'zeta', id: 'three' }), null)
    assert.deepEqual(await storage.read.invitations.locate('token-one'), key)
  }),

  contractCase('invitation-renew', 'A renewed invitation opens by its new token only', async (storage) => {
    await givenInvitations(storage)
    const anew = { role: 'admin', inviterId: 'bob', language: 'de', expiresAt: noon + 9000 }
    assert.equal(await write(storage, (tx) => tx.invitations.renew({ ...key, ...anew, tokenHash: 'token-2' })), true)
    assert.deepEqual(await storage.read.invitations.find(key), { ...one, ...anew })
    assert.deepEqual(await storage.read.invitations.locate('token-2'), key)
    assert.equal(await storage.read.invitations.locate('token-one'), null)
    await assertOthersUntouched(storage)
  }),

  contractCase('invitation-renew-guard', 'An invitation that is not pending is not renewed', async (storage) => {
    await givenInvitations(storage)
    const renew = (id: string) => {
      const anew = { role: 'admin', inviterId: 'bob', language: null, expiresAt: noon + 9000, tokenHash: `new ${id}` }
      return write(storage, (tx) => tx.invitations.renew({ tenantId: 'acme', id, ...anew }))
    }
    for (const status of statuses) {
      const invitation = { ...one, id: status, emailKey: status }
      await write(storage, (tx) => tx.invitations.insert(invitation, status))
      await settle(storage, status, status)
      assert.equal(await renew(status), false)
      const settled = { ...invitation, status, settledAt: noon + 7 }
      assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: status }), settled)
      assert.equal(await storage.read.invitations.locate(`new ${status}`), null)
    }
    assert.equal(await renew('unknown'), false)
    await assertOthersUntouched(storage)
  }),

  contractCase(
    'invitation-settle',
    'A settled invitation has its new status and opens by no token',
    async (storage) => {
      await givenInvitations(storage)
      for (const status of statuses) {
        const invitation = { ...one, id: status, emailKey: status }
        await write(storage, (tx) => tx.invitations.insert(invitation, status))
        assert.equal(await settle(storage, status, status), true)
        const settled = { ...invitation, status, settledAt: noon + 7 }
        assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: status }), settled)
        assert.equal(await storage.read.invitations.locate(status), null)
      }
      assert.deepEqual(await storage.read.invitations.find(key), one)
      assert.deepEqual(await storage.read.invitations.locate('token-one'), key)
      await assertOthersUntouched(storage)
    },
  ),

  contractCase('invitation-settle-guard', 'An invitation is settled once', async (storage) => {
    await givenInvitations(storage)
    const race = await Promise.all([1, 2, 3, 4, 5].map((index) => settle(storage, 'one', 'accepted', noon + index)))
    assert.equal(race.filter(Boolean).length, 1, 'one of five wins')
    const settled = await storage.read.invitations.find(key)
    assert.equal(settled?.settledAt, noon + 1 + race.indexOf(true))
    assert.equal(await settle(storage, 'one', 'revoked'), false)
    assert.deepEqual(await storage.read.invitations.find(key), settled)
    assert.equal(await settle(storage, 'unknown', 'revoked'), false)
    await assertOthersUntouched(storage)
  }),
]
