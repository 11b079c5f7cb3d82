import { describe, expect, it } from 'vitest'
import { eventOf, membershipOf, userOf } from '../contract/fixtures/rows.js'
import type { Event } from '../model/event.js'
import { memoryStorage } from '../storage/memory-storage/memory-storage.js'
import type { Locks, Transaction } from '../storage/port.js'
import { tenancyFixture } from './fixtures/tenancy.js'
import { issuedSecrets } from './issued-secrets.js'
import { watchedStorage } from './watched-storage.js'

const USER = userOf({ id: 'ann' })
const MEMBERSHIP = membershipOf({ tenantId: 'acme', userId: 'ann' })

const event = (type: string, scope: Event['scope'], data: Event['data'] = {}) => eventOf({ seq: 1, type, scope, data })

/** Whether a transaction with these locks may do this. */
async function attempt(locks: Locks, work: (tx: Transaction) => Promise<unknown>, secrets = issuedSecrets()) {
  return watchedStorage(memoryStorage(), secrets)
    .transaction(locks, work)
    .then(
      () => 'kept',
      (error: Error) => error.message,
    )
}

describe('a watched storage rejects', () => {
  // prettier-ignore
  const unlocked: Readonly<Record<string, [Locks, (tx: Transaction) => Promise<unknown>]>> = {
    'a change of a tenant':             [{ users: ['ann'] },  (tx) => tx.tenants.setStatus({ id: 'acme', from: 'active', to: 'archived' })],
    'a change of a membership':         [{ users: ['ann'] },  (tx) => tx.memberships.update({ tenantId: 'acme', userId: 'ann', set: { active: false } })],
    'a removal of a membership':        [{ tenants: ['zeta'] }, (tx) => tx.memberships.delete({ tenantId: 'acme', userId: 'ann' })],
    'a membership without its user':    [{ tenants: ['acme'] }, (tx) => tx.memberships.insert(MEMBERSHIP)],
    'a change of a user':               [{ tenants: ['acme'] }, (tx) => tx.users.update({ id: 'ann', set: { name: 'Ann' } })],
    'a password':                       [{},                  (tx) => tx.users.setPasswordHash('ann', null)],
    'a removal of tokens':              [{},                  (tx) => tx.accessTokens.deleteAll('ann')],
    'a change in an organization':      [{ users: ['ann'] },  (tx) => tx.organizationMembers.update({ organizationId: 'group', userId: 'ann', set: { admin: true } })],
    'an event in a chain':              [{ tenants: ['zeta'] }, (tx) => tx.events.append(event('tenant.archived', { tenantId: 'acme' }))],
    'a share with another tenant':      [{ tenants: ['acme'] }, (tx) => tx.resources.share({ tenantId: 'acme', type: 'invoice', id: '1', to: 'zeta', at: 1 })],
  }
  it.each(Object.entries(unlocked))('%s that is not locked', async (_, [locks, work]) => {
    expect(await attempt(locks, work)).toMatch(/which is not locked/)
  })

  it('a count of a user’s tenants that is not locked, where something is written', async () => {
    const counts = (tx: Transaction) => tx.memberships.countByUser('ann')
    expect(await attempt({ tenants: ['acme'] }, counts)).toBe('kept')
    const decides = async (tx: Transaction) => {
      await counts(tx)
      await tx.tenants.setStatus({ id: 'acme', from: 'archived', to: 'active' })
    }
    expect(await attempt({ tenants: ['acme'] }, decides)).toMatch(/counts rows of users ann, which is not locked/)
    expect(await attempt({ tenants: ['acme'], users: ['ann'] }, decides)).toBe('kept')
  })

  it('an event in a chain of another kind than its type declares', async () => {
    const misplaced = event('user.signed_in', { tenantId: 'acme' })
    expect(await attempt({ tenants: ['acme'] }, (tx) => tx.events.append(misplaced))).toMatch(
      /belongs to a chain by userId/,
    )
  })

  it('a secret in clear, wherever it is', async () => {
    const secrets = issuedSecrets()
    const secret = secrets.remember(() => 'token-1')()
    const leaking = event('user.signed_in', { userId: 'ann' }, { label: secret })
    const message = /events.append holds a secret in clear/
    expect(await attempt({ users: ['ann'] }, (tx) => tx.events.append(leaking), secrets)).toMatch(message)
    const named = { ...USER, name: `named ${secret}` }
    expect(await attempt({}, (tx) => tx.users.insert(named), secrets)).toMatch(/users.insert holds a secret/)
    expect(() => secrets.assertAbsent('the log', { error: new Error('lost', { cause: new Error(secret) }) })).toThrow(
      /the log holds a secret/,
    )
    expect(() => secrets.assertAbsent('a file', [Buffer.from(`x ${secret} y`)])).toThrow(/a file holds a secret/)
  })
})

describe('a watched storage keeps', () => {
  it('what is locked, and what was made in the same transaction', async () => {
    expect(await attempt({}, (tx) => tx.users.insert(USER))).toBe('kept')
    const change = (tx: Transaction) =>
      tx.memberships.update({ tenantId: 'acme', userId: 'ann', set: { active: false } })
    expect(await attempt({ tenants: ['acme'] }, change)).toBe('kept')
  })

  it('nothing of a transaction that it rejects', async () => {
    const storage = memoryStorage()
    const work = async (tx: Transaction) => {
      await tx.users.insert(USER)
      await tx.tenants.setStatus({ id: 'acme', from: 'active', to: 'archived' })
    }
    await expect(watchedStorage(storage, issuedSecrets()).transaction({}, work)).rejects.toThrow(/not locked/)
    expect(await storage.read.users.find('ann')).toBeNull()
  })

  it('every command of the fixtures, whose logs and events are searched for the secrets they hand out', async () => {
    const fixture = await tenancyFixture()
    const acme = await fixture.tenant('ann')
    const token = await fixture.invite(acme, 'ann', { email: 'bob@example.com' })
    expect(token).toMatch(/^token-/)
    await expect(
      fixture
        .as('ann')
        .in(acme)
        .update({ name: `Acme ${token}` }),
    ).rejects.toThrow(/holds a secret in clear/)
  })
})
