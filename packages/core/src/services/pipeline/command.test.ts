import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import type { Event } from '../../model/event.js'
import type { Locks, Storage, Transaction } from '../../storage/port.js'
import { StorageError } from '../../storage/storage-error.js'
import { GUEST } from './actor.js'
import { tenancyFixture, twoTenantsFixture } from '../../testing/fixtures/tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { withStorage } from '../../testing/with-storage.js'

type Fixture = Awaited<ReturnType<typeof twoTenantsFixture>>

// prettier-ignore
const COMMANDS: Readonly<Record<string, (fixture: Fixture) => Promise<unknown>>> = {
  'creating a tenant':      (fixture) => fixture.as('editor').tenants.create({ name: 'New' }),
  'updating a tenant':      (fixture) => fixture.inAcme('owner').update({ name: 'New' }),
  'archiving a tenant':     (fixture) => fixture.inAcme('owner').archive(),
  'switching tenants':      (fixture) => fixture.as('editor').tenants.switch({ tenantId: fixture.acme }),
  'inviting':               (fixture) => fixture.inAcme('owner').members.invite({ email: 'new@example.com', role: 'member' }),
  'inviting many':          (fixture) => fixture.inAcme('owner').members.inviteMany({ emails: ['a@example.com', 'b@example.com'], role: 'member' }),
  'changing a role':        (fixture) => fixture.inAcme('owner').members.setRoles({ userId: 'editor', roles: ['viewer'] }),
  'deactivating a member':  (fixture) => fixture.inAcme('owner').members.deactivate({ userId: 'admin' }),
  'removing a member':      (fixture) => fixture.inAcme('owner').members.remove({ userId: 'admin' }),
  'leaving':                (fixture) => fixture.inAcme('editor').members.leave(),
  'overriding':             (fixture) => fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:read': false } }),
  'starting a transfer':    (fixture) => fixture.inAcme('owner').ownership.start(),
  'creating an account':    (fixture) => fixture.system.users.create({ email: 'new@example.com', password: 'correct horse' }),
  'updating an account':    (fixture) => fixture.as('editor').users.update({ name: 'New', password: 'correct horse' }),
  'deleting an account':    (fixture) => fixture.as('editor').users.delete(),
  'issuing a token':        (fixture) => fixture.as('editor').accessTokens.create(),
}
const commands = Object.entries(COMMANDS)

describe('a command', () => {
  let fixture: Fixture
  let locked: Locks[]
  let broken: ((tx: Transaction) => Partial<Transaction>) | null
  let losses: number
  beforeEach(async () => {
    ;[locked, broken, losses] = [[], null, 0]
    const storage = withStorage(memoryStorage(), { tx: (tx) => broken?.(tx) ?? {} })
    const transaction: Storage['transaction'] = (locks, work) => {
      locked.push(locks)
      return storage.transaction(locks, async (tx) => {
        const answer = await work(tx)
        // The worker of mails, which locks nothing, is left in peace.
        if (Object.keys(locks).length > 0 && losses-- > 0) throw new StorageError('busy', 'deadlock')
        return answer
      })
    }
    fixture = await twoTenantsFixture({ storage: { ...storage, transaction } })
  })

  it.each(commands)('%s is rolled back and emits nothing when its event cannot be stored', async (_, command) => {
    const before = await fixture.state()
    const fail = () => Promise.reject(new Error('disk full'))
    broken = (tx) => ({ events: { ...tx.events, append: fail, appendMany: fail } })
    const heard = await fixture.eventsOf(() => expect(command(fixture)).rejects.toThrow('disk full'))
    broken = null
    expect(heard).toEqual([])
    expect(await fixture.state()).toEqual(before)
  })

  it.each(commands)('%s appends events only to chains that it has locked', async (_, command) => {
    const before = fixture.heard.length
    locked = []
    await command(fixture)
    const events = fixture.heard.slice(before)
    expect(events.length).toBeGreaterThan(0)
    const isNew = (id: string) => events.some(({ type, target }) => type.endsWith('.created') && target.id === id)
    for (const { scope } of events) {
      const [id = ''] = Object.values(scope)
      const ownersLocked = ({ tenants, organizations, users }: Locks) =>
        'tenantId' in scope ? tenants : 'organizationId' in scope ? organizations : users
      expect(isNew(id) || locked.some((locks) => ownersLocked(locks)?.includes(id))).toBe(true)
    }
  })

  it.each(commands)('%s has the same effect when it loses against others at first', async (_, command) => {
    const once = await twoTenantsFixture()
    const [calm, unlucky] = [
      await shapeOf(once, command),
      await shapeOf(fixture, () => ((losses = 2), command(fixture))),
    ]
    expect(unlucky).toEqual(calm)
  })

  it('rejects with busy after eight conflicting attempts', async () => {
    const update = () => fixture.inAcme('owner').update({ name: 'New' })
    losses = 8
    await expect(update()).rejects.toMatchObject({ name: 'TenancyError', code: 'conflict' })
    losses = 7
    expect(await update()).toMatchObject({ name: 'New' })
  })

  it('and a question say so when the database cannot be reached, wherever they look first', async () => {
    const down = () => Promise.reject(new StorageError('unavailable', 'no connection'))
    const read = fixture.storage.read
    const storage = withStorage(fixture.storage, {
      read: () => ({
        access: { find: down },
        users: { ...read.users, find: down, findByEmailKey: down },
        invitations: { ...read.invitations, locate: down },
        accessTokens: { ...read.accessTokens, findByHash: down },
        memberships: { ...read.memberships, listByUser: down },
      }),
    })
    const { tenancy, system, as } = await tenancyFixture({ storage })
    const calls = [
      () => as('owner').in(fixture.acme).access(),
      () => as('owner').in(fixture.acme).get(),
      () => as('owner').users.me(),
      () => as('owner').users.delete(),
      () => system.users.ensure({ id: 'owner', email: 'owner@example.com' }),
      () => tenancy.as(GUEST).users.signIn({ email: 'owner@example.com', password: 'correct horse' }),
      () => tenancy.as(GUEST).users.signOut({ accessToken: 'tnt_x' }),
      () => tenancy.as(GUEST).invitations.preview({ token: 'x' }),
      () => tenancy.as(GUEST).invitations.decline({ token: 'x' }),
      () => tenancy.as(GUEST).invitations.signUp({ token: 'x' }),
      () => as('owner').invitations.accept({ token: 'x' }),
      () => tenancy.authenticate('tnt_x'),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'storage_unavailable' })
  })

  it('passes on a failure that is none of the library’s, as it is', async () => {
    const failure = new TypeError('a bug in the adapter')
    broken = () => ({ access: { find: () => Promise.reject(failure) } })
    await expect(fixture.inAcme('owner').update({ name: 'New' })).rejects.toBe(failure)
  })

  it('calls the other listeners when one throws or rejects', async () => {
    const heard: string[] = []
    fixture.tenancy.on('tenant.updated', () => {
      throw new Error('a bug in a listener')
    })
    fixture.tenancy.on('tenant.updated', () => Promise.reject(new Error('a bug in a listener')))
    fixture.tenancy.on('tenant.updated', ({ data }) => heard.push(...data.changed))
    await fixture.inAcme('owner').update({ name: 'New' })
    expect(heard).toEqual(['name'])
  })

  it('repeats no more of a caller’s text than is good for a log', async () => {
    const field = 'x'.repeat(100_000)
    const call = () => fixture.inAcme('owner').update({ name: 'New', [field]: 1 })
    const error = await refusal(fixture, 'invalid_input', call)
    expect(error.message.length + error.details.field.length).toBeLessThan(500)
  })
})

/** What a command leaves behind, without the ids and tokens that are counted on with each attempt. */
async function shapeOf(fixture: Fixture, command: (fixture: Fixture) => Promise<unknown>) {
  await command(fixture)
  const { tenants, users } = await fixture.state()
  const notified = ({ type, actorId, target, seq }: Event) => [type, actorId, target.type, seq]
  return {
    tenants: tenants.map(({ tenant, members, invitations, transfer, events }) => ({
      tenant: [tenant.name, tenant.status],
      members: members.map(({ userId, roles, active, overrides }) => [userId, roles, active, overrides]),
      invitations: invitations.map(({ email, status, role }) => [email, status, role]),
      transfer: transfer?.phase,
      events: events.map(notified),
    })),
    users: users.map(({ user, tokens, events }) => [user.email, user.name, tokens.length, events.map(notified)]),
  }
}
