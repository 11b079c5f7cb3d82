import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, invitationOf, noon } from './fixtures/rows.js'
import { tokensOf } from './fixtures/tokens.js'
import { refuses, write } from './write.js'

const one = invitationOf({ id: 'one', tenantId: 'acme', inviterId: 'ann' })
const key = { tenantId: 'acme', id: 'one' }
const statuses = ['accepted', 'declined', 'revoked'] as const

const zetas = { ...one, tenantId: 'zeta', inviterId: 'zoe' }
const zetasKey = { tenantId: 'zeta', id: 'one' }

/** As it is found by the token that was revealed. */
const found = (key: { readonly tenantId: string; readonly id: string }) => ({ ...key, by: 'revealed' })
const two = invitationOf({ id: 'two', tenantId: 'acme', inviterId: 'ann' })

/** Acme's invitations `one` and `two`, and Zeta's, which has the id and the address of `one`. */
async function invitationsFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    await tx.invitations.insert(one, tokensOf('token-one'))
    await tx.invitations.insert(two, tokensOf('token-two'))
    await tx.invitations.insert(zetas, tokensOf('token-zeta'))
  })
}

async function assertOthersUntouched({ read: { invitations } }: Storage): Promise<void> {
  assert.deepEqual(await invitations.find({ tenantId: 'acme', id: 'two' }), two)
  assert.deepEqual(await invitations.locate('token-two'), found({ tenantId: 'acme', id: 'two' }))
  assert.deepEqual(await invitations.find(zetasKey), zetas)
  assert.deepEqual(await invitations.locate('token-zeta'), found(zetasKey))
}

const resolve = (storage: Storage, id: string, status: (typeof statuses)[number], at = noon + 7) =>
  write(storage, (tx) => tx.invitations.resolve({ tenantId: 'acme', id, status, at }))

export const invitationCases = [
  contractCase('invitation-find', 'An invitation is found in its own tenant only', async (storage) => {
    await invitationsFixture(storage)
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
    await invitationsFixture(storage)
    assert.deepEqual(await storage.read.invitations.locate('token-one'), found(key))
    await assertOthersUntouched(storage)
    for (const hash of ['token', 'token_one', 'TOKEN-ONE', 'token%', '']) {
      assert.equal(await storage.read.invitations.locate(hash), null)
    }
  }),

  contractCase('invitation-insert', 'A new invitation is kept with every field as given', async (storage) => {
    await invitationsFixture(storage)
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
    const past = { ...full, id: 'past', status: 'declined', resolvedAt: noon } as const
    await write(storage, async (tx) => {
      await tx.invitations.insert(full, tokensOf('token-2'))
      await tx.invitations.insert(past, tokensOf('token-3'))
    })
    assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: full.id }), full)
    assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: 'past' }), past)
    assert.deepEqual(await storage.read.invitations.find(key), one)
  }),

  contractCase(
    'invitation-insert-pending',
    'A second pending invitation of one address to one tenant is refused',
    async (storage) => {
      await invitationsFixture(storage)
      const again = { ...one, id: 'again', role: 'admin' }
      await refuses(storage, 'invitation.pending', (tx) => tx.invitations.insert(again, tokensOf('token-2')))
      assert.equal(await storage.read.invitations.locate('token-2'), null)
      for (const status of statuses) {
        await resolve(storage, one.id, status)
        const id = `after-${status}`
        await write(storage, (tx) => tx.invitations.insert({ ...again, id }, tokensOf(`token ${status}`)))
        await refuses(storage, 'invitation.pending', (tx) => tx.invitations.insert(again, tokensOf('token-2')))
        await resolve(storage, id, status)
      }
      const race = [1, 2, 3, 4, 5].map((index) =>
        write(storage, (tx) => tx.invitations.insert({ ...one, id: `worker-${index}` }, tokensOf(`token ${index}`))),
      )
      const outcomes = await Promise.allSettled(race)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    },
  ),

  contractCase('invitation-insert-token', 'A token that another invitation has is refused', async (storage) => {
    await invitationsFixture(storage)
    const three = invitationOf({ id: 'three', tenantId: 'zeta', inviterId: 'zoe' })
    for (const tokens of [
      { mailed: null, revealed: 'token-one' },
      { mailed: 'mailed token-one', revealed: null },
    ])
      await refuses(storage, 'invitation.token', (tx) => tx.invitations.insert(three, tokens))
    assert.equal(await storage.read.invitations.find({ tenantId: 'zeta', id: 'three' }), null)
    assert.deepEqual(await storage.read.invitations.locate('token-one'), found(key))
  }),

  contractCase('invitation-renew', 'A renewed invitation opens by its new tokens only', async (storage) => {
    await invitationsFixture(storage)
    const anew = { role: 'admin', inviterId: 'bob', language: 'de', expiresAt: noon + 9000 }
    assert.equal(
      await write(storage, (tx) => tx.invitations.renew({ ...key, ...anew, tokens: tokensOf('token-2') })),
      true,
    )
    assert.deepEqual(await storage.read.invitations.find(key), { ...one, ...anew })
    assert.deepEqual(await storage.read.invitations.locate('token-2'), found(key))
    assert.deepEqual(await storage.read.invitations.locate('mailed token-2'), { ...key, by: 'mailed' })
    for (const hash of ['token-one', 'mailed token-one'])
      assert.equal(await storage.read.invitations.locate(hash), null)
    const hidden = { mailed: 'token-3', revealed: null }
    assert.equal(await write(storage, (tx) => tx.invitations.renew({ ...key, ...anew, tokens: hidden })), true)
    for (const hash of ['token-2', 'mailed token-2']) assert.equal(await storage.read.invitations.locate(hash), null)
    assert.deepEqual(await storage.read.invitations.locate('token-3'), { ...key, by: 'mailed' })
    await assertOthersUntouched(storage)
  }),

  contractCase('invitation-renew-guard', 'An invitation that is not pending is not renewed', async (storage) => {
    await invitationsFixture(storage)
    const renew = (id: string) => {
      const anew = {
        role: 'admin',
        inviterId: 'bob',
        language: null,
        expiresAt: noon + 9000,
        tokens: tokensOf(`new ${id}`),
      }
      return write(storage, (tx) => tx.invitations.renew({ tenantId: 'acme', id, ...anew }))
    }
    for (const status of statuses) {
      const invitation = { ...one, id: status, emailKey: status }
      await write(storage, (tx) => tx.invitations.insert(invitation, tokensOf(status)))
      await resolve(storage, status, status)
      assert.equal(await renew(status), false)
      const resolved = { ...invitation, status, resolvedAt: noon + 7 }
      assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: status }), resolved)
      assert.equal(await storage.read.invitations.locate(`new ${status}`), null)
    }
    assert.equal(await renew('unknown'), false)
    await assertOthersUntouched(storage)
  }),

  contractCase(
    'invitation-settle',
    'A resolved invitation has its new status and opens by no token',
    async (storage) => {
      await invitationsFixture(storage)
      for (const status of statuses) {
        const invitation = { ...one, id: status, emailKey: status }
        await write(storage, (tx) => tx.invitations.insert(invitation, tokensOf(status)))
        assert.equal(await resolve(storage, status, status), true)
        const resolved = { ...invitation, status, resolvedAt: noon + 7 }
        assert.deepEqual(await storage.read.invitations.find({ tenantId: 'acme', id: status }), resolved)
        for (const hash of [status, `mailed ${status}`]) assert.equal(await storage.read.invitations.locate(hash), null)
      }
      assert.deepEqual(await storage.read.invitations.find(key), one)
      assert.deepEqual(await storage.read.invitations.locate('token-one'), found(key))
      await assertOthersUntouched(storage)
    },
  ),

  contractCase('invitation-settle-guard', 'An invitation is resolved once', async (storage) => {
    await invitationsFixture(storage)
    const race = await Promise.all([1, 2, 3, 4, 5].map((index) => resolve(storage, 'one', 'accepted', noon + index)))
    assert.equal(race.filter(Boolean).length, 1, 'one of five wins')
    const resolved = await storage.read.invitations.find(key)
    assert.equal(resolved?.resolvedAt, noon + 1 + race.indexOf(true))
    assert.equal(await resolve(storage, 'one', 'revoked'), false)
    assert.deepEqual(await storage.read.invitations.find(key), resolved)
    assert.equal(await resolve(storage, 'unknown', 'revoked'), false)
    await assertOthersUntouched(storage)
  }),
]
