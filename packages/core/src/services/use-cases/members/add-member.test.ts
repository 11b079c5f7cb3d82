import { beforeEach, describe, expect, it } from 'vitest'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { activationIn, added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'

const HOUR = 3_600_000

describe('addMember', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const start = async (options: Partial<TenancyOptions> = {}) => (fixture = await twoTenantsFixture(options))
  const add = (by: string, email: string, terms: object = { role: 'member' }) =>
    fixture.inAcme(by).members.add({ email, ...terms })
  const mailTo = async (email: string) => {
    await fixture.tenancy.flushEmails()
    return fixture.sent.filter(({ to }) => to === email).at(-1)
  }
  beforeEach(() => start())

  it('makes the account of the address a member, appends an event and sends an email', async () => {
    await fixture.user('bob')
    const events = await fixture.eventsOf(async () => {
      const { member, created } = added(await add('admin', ' BOB@Example.com ', { role: 'editor' }))
      expect(created).toBe(false)
      expect(member).toMatchObject({ userId: 'bob', roles: ['editor'], active: true, invitedBy: 'admin' })
      expect(member.user).not.toHaveProperty('superuser')
    })
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([
      ['access_token.issued', 'admin'],
      ['member.added', 'admin'],
    ])
    expect(events.at(-1)).toMatchObject({
      target: { type: 'member', id: 'bob' },
      data: { roles: ['editor'], active: true, revokedInvitationIds: [] },
    })
    expect((await fixture.as('bob').in(fixture.acme).access()).roles).toEqual(['editor'])
    expect((await mailTo('bob@example.com'))?.text).toContain("owner's")
  })

  it('adds an inactive member only if the caller may deactivate members', async () => {
    const permissions = ['tenant:read', 'member:read', 'role:read', 'member:add', 'invoice:read'] as const
    await fixture.inAcme('owner').roles.create({ key: 'greeter', name: 'G', rank: 12, permissions: [...permissions] })
    await fixture.user('greeter')
    await fixture.user('bob')
    await fixture.join(fixture.acme, 'greeter', { role: 'greeter', invitedBy: 'owner' })
    const inactive = (role: string) => ({ role, active: false })
    for (const email of ['bob@example.com', 'unheard@example.com']) {
      await refusal(fixture, 'forbidden', () => add('greeter', email, inactive('viewer')))
    }
    expect(added(await add('admin', 'bob@example.com', inactive('viewer'))).member.active).toBe(false)
  })

  it('gives an address without an account one, whose address is not proven', async () => {
    const events = await fixture.eventsOf(async () => {
      const { member, created } = added(await add('admin', 'New@Example.com', { role: 'viewer', name: 'Nell' }))
      expect(created).toBe(true)
      expect(member.user).toMatchObject({
        email: 'New@Example.com',
        emailKey: 'new@example.com',
        emailVerifiedAt: null,
        name: 'Nell',
        status: 'active',
      })
      expect(await fixture.storage.read.users.findPasswordHash(member.userId)).toBeNull()
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'access_token.issued', 'member.added'])
    // Whether the address had an account is nobody's business in the tenant.
    expect(events.at(-1)?.data).not.toHaveProperty('created')
  })

  it('changes nothing of an account that is there', async () => {
    const { id } = await fixture.system.users.create({
      email: 'Bob@Example.com',
      name: 'Own name',
      password: 'correct horse',
      language: 'de',
    })
    const before = await fixture.storage.read.users.find(id)
    await add('owner', 'BOB@EXAMPLE.COM', { role: 'member', name: 'Another', language: 'zh' })
    expect(await fixture.storage.read.users.find(id)).toEqual(before)
    await fixture.tenancy.as({ guest: true }).users.signIn({ email: 'bob@example.com', password: 'correct horse' })
    expect(activationIn((await mailTo('Bob@Example.com'))?.text)).toBe('')
  })

  it.each(['superuser', 'emailVerified', 'status', 'password', 'id', 'userId', 'tenantId', 'overrides', 'invitedBy'])(
    'takes no %s from the caller',
    async (field) => {
      const call = () => add('owner', 'new@example.com', { role: 'member', [field]: true })
      expect((await refusal(fixture, 'invalid_input', call)).details.field).toBe(field)
    },
  )

  it('assigns several roles, each within the caller’s authority, and requires at least one', async () => {
    const lead = {
      rank: 30,
      name: 'Lead',
      permissions: ['tenant:read', 'member:*', 'invitation:create', 'invoice:read'],
    }
    const approver = { rank: 10, name: 'Approver', permissions: ['invoice:approve'] }
    await start({ roles: { lead, approver } })
    const { member } = added(await add('admin', 'new@example.com', { roles: ['admin', 'approver', 'admin'] }))
    expect(member.roles).toEqual(['admin', 'approver'])
    await fixture.user('lead')
    await fixture.join(fixture.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    await refusal(fixture, 'forbidden', () => add('lead', 'other@example.com', { roles: ['lead', 'approver'] }))
    for (const terms of [
      {},
      { roles: [] },
      { role: 'member', roles: ['viewer'] },
      { role: ['admin'] },
      { role: null },
    ]) {
      await refusal(fixture, 'invalid_input', () => add('owner', 'other@example.com', terms))
    }
    for (const role of ['owner', 'Owner ', 'admin,owner', 'boss', '', '__proto__']) {
      await refusal(fixture, 'invalid_role', () => add('owner', 'other@example.com', { roles: ['viewer', role] }))
    }
  })

  it('adds a member whose role has no permissions', async () => {
    await fixture.user('bob')
    const { member } = added(await add('owner', 'bob@example.com', { role: 'admin', active: false }))
    expect(member.active).toBe(false)
    await refusal(fixture, 'tenant_not_found', () => fixture.as('bob').in(fixture.acme).get())
  })

  it('rejects callers who may invite but not add members', async () => {
    const inviter = { rank: 35, name: 'Inviter', permissions: ['tenant:read', 'invitation:*'] }
    await start({ roles: { inviter } })
    await fixture.user('inviter')
    await fixture.join(fixture.acme, 'inviter', { role: 'inviter', invitedBy: 'owner' })
    for (const by of ['inviter', 'editor', 'member', 'viewer']) {
      await refusal(fixture, 'forbidden', () => add(by, 'new@example.com', { role: 'viewer' }))
    }
    await refusal(fixture, 'tenant_not_found', () => add('outsider', 'new@example.com'))
  })

  it('rejects an existing member, active or inactive, and an invalid address', async () => {
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(fixture, 'already_member', () => add('owner', 'VIEWER@example.com'))
    await refusal(fixture, 'already_member', () => add('owner', 'owner@example.com'))
    await refusal(fixture, 'invalid_email', () => add('owner', 'nobody'))
  })

  it('revokes a pending invitation of the address', async () => {
    await fixture.user('bob')
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'bob@example.com', role: 'admin' })
    const [event] = (await fixture.eventsOf(() => add('owner', 'bob@example.com', { role: 'viewer' }))).slice(-1)
    const { items } = await fixture.inAcme('owner').invitations.list({ status: 'revoked' })
    expect(event?.data).toMatchObject({ revokedInvitationIds: items.map(({ id }) => id) })
    expect(items).toHaveLength(1)
    await refusal(fixture, 'invalid_token', () => fixture.as('bob').invitations.accept({ token }))
  })

  it('is refused for a day after the person declined', async () => {
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'bob@example.com' })
    await fixture.tenancy.as({ guest: true }).invitations.decline({ token })
    await refusal(fixture, 'recently_declined', () => add('owner', 'bob@example.com'))
    fixture.tick(24 * HOUR)
    await add('owner', 'bob@example.com')
  })

  it('keeps to the seats of the tenant, the tenants of the person and the mails', async () => {
    await start({ limits: { membersPerTenant: 7 } })
    await refusal(fixture, 'member_limit_exceeded', () => add('owner', 'new@example.com'))
    await start({ limits: { tenantsPerUser: ({ id }) => (id === 'outsider' ? 1 : undefined) } })
    await refusal(fixture, 'tenant_limit_exceeded', () => add('owner', 'outsider@example.com'))
    await start({ limits: { tenantsPerUser: ({ name }) => (name === 'Nell' ? 0 : undefined) } })
    await refusal(fixture, 'tenant_limit_exceeded', () =>
      add('owner', 'new@example.com', { role: 'viewer', name: 'Nell' }),
    )
    await start({ limits: { emailsPerMailbox: 1 } })
    await add('owner', 'new@example.com')
    const zeta = fixture.as('outsider').in(fixture.zeta).members
    await refusal(fixture, 'email_limit_exceeded', () => zeta.add({ email: 'new@example.com', role: 'member' }))
  })

  it('rejects every caller when allowDirectAdd is false', async () => {
    await start({ allowDirectAdd: false })
    await refusal(fixture, 'forbidden', () => add('owner', 'new@example.com'))
    const members = [{ email: 'new@example.com', role: 'member' }]
    await refusal(fixture, 'forbidden', () => fixture.inAcme('owner').members.addMany({ members }))
  })

  it('takes the account that another one has just made for the address', async () => {
    const storage = memoryStorage()
    let blind = 0
    // The address is free when looked up, and taken when written: as on a database with several writers.
    const late = withStorage(storage, {
      tx: (tx) => ({
        users: { ...tx.users, findByEmailKey: async (key) => (blind-- > 0 ? null : tx.users.findByEmailKey(key)) },
      }),
    })
    await start({ storage: late })
    await fixture.user('bob')
    blind = 1
    const { member, created } = added(await add('owner', 'bob@example.com'))
    expect([member.userId, created]).toEqual(['bob', false])
  })

  it('leaves an account that is disabled as it is', async () => {
    await fixture.user('bob')
    await fixture.system.users.update({ userId: 'bob', status: 'disabled' })
    await add('owner', 'bob@example.com')
    await refusal(fixture, 'unauthenticated', () => fixture.as('bob').in(fixture.acme).get())
  })
})
