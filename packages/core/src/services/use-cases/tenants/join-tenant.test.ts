import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

describe('an open tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ limits: { membersPerTenant: 8, tenantsPerUser: 1 } })
    await fixture.inAcme('owner').update({ joinPolicy: 'open', description: 'We make anvils.' })
    await fixture.user('ann')
  })
  const join = (userId = 'ann') => fixture.as(userId).tenants.join({ tenantId: fixture.acme })
  const preview = (userId = 'ann') => fixture.as(userId).tenants.preview({ tenantId: fixture.acme })
  const policy = (joinPolicy: 'closed' | 'request' | 'open') => fixture.inAcme('owner').update({ joinPolicy })

  it('any user may join as a member; the event contains the way of joining', async () => {
    const events = await fixture.eventsOf(async () => {
      const { tenant, membership } = await join()
      expect([tenant.id, membership.roles, membership.invitedBy]).toEqual([fixture.acme, ['member'], null])
    })
    const target = { type: 'member', id: 'ann' }
    const data = { role: 'member', via: 'open', revokedInvitationIds: [] }
    expect(events).toEqual([{ type: 'member.joined', actorId: 'ann', target, data }])
    expect((await fixture.inAcme('ann').access()).roles).toEqual(['member'])
  })

  it('is joined once', async () => {
    await join()
    await refusal(fixture, 'already_member', () => join())
    await fixture.inAcme('owner').members.deactivate({ userId: 'ann' })
    await refusal(fixture, 'already_member', () => join())
  })

  it('I11 rejoining restores at most the former rights: a lower role and a denial stay', async () => {
    await join()
    await fixture.inAcme('owner').members.setRoles({ userId: 'ann', roles: ['viewer'] })
    const overrides = { 'invoice:read': false, 'invoice:approve': true }
    await fixture.inAcme('owner').members.setOverrides({ userId: 'ann', overrides })
    await fixture.inAcme('ann').members.leave()
    const events = await fixture.eventsOf(() => join())
    expect(events[0]?.data).toMatchObject({ role: 'viewer' })
    const { members } = fixture.inAcme('owner')
    const kept = { roles: ['viewer'], overrides: { 'invoice:read': false } }
    expect(await members.get({ userId: 'ann' })).toMatchObject(kept)
    expect((await fixture.inAcme('ann').access()).can('invoice:read')).toBe(false)
  })

  it('I11 is not joined again by who was removed: they ask, and an approval lets them in', async () => {
    await join()
    await fixture.inAcme('owner').members.remove({ userId: 'ann' })
    await refusal(fixture, 'join_not_allowed', () => join())
    const ask = () => fixture.as('ann').tenants.requestToJoin({ tenantId: fixture.acme })
    const { id: joinRequestId } = await ask()
    await fixture.inAcme('admin').joinRequests.approve({ joinRequestId })
    // Who leaves by themselves comes back by themselves.
    await fixture.inAcme('ann').members.leave()
    await refusal(fixture, 'join_not_allowed', () => ask())
    await join()
    expect((await fixture.inAcme('ann').access()).roles).toEqual(['member'])
  })

  it('I11 rejoining restores no recreated role, and none that is incomparable to member', async () => {
    const { roles, members } = fixture.inAcme('owner')
    const reader = { key: 'reader', name: 'Reader', rank: 5 }
    await roles.create({ ...reader, permissions: ['invoice:read'] })
    await join()
    const become = async (role: string) => {
      await members.setRoles({ userId: 'ann', roles: [role] })
      await fixture.inAcme('ann').members.leave()
    }
    await become('reader')
    expect((await join()).membership.roles).toEqual(['reader'])
    await become('reader')
    fixture.tick(1)
    await roles.delete({ key: 'reader' })
    await roles.create({ ...reader, permissions: ['invoice:read'] })
    await refusal(fixture, 'join_not_allowed', () => join())
    const { id: joinRequestId } = await fixture.as('ann').tenants.requestToJoin({ tenantId: fixture.acme })
    await fixture.inAcme('owner').joinRequests.approve({ joinRequestId })
    await roles.create({ key: 'approver', name: 'Approver', rank: 5, permissions: ['invoice:approve'] })
    await become('approver')
    await refusal(fixture, 'join_not_allowed', () => join())
  })

  it('I11 a denial survives being added or invited again, unless the caller may remove it', async () => {
    const permissions = ['tenant:read', 'member:read', 'role:read', 'member:add', 'invitation:create'] as const
    await fixture.inAcme('owner').roles.create({
      key: 'greeter',
      name: 'Greeter',
      rank: 12,
      permissions: [...permissions, 'invoice:read'],
    })
    await fixture.inAcme('owner').members.setRoles({ userId: 'editor', roles: ['greeter'] })
    await join()
    const { members } = fixture.inAcme('owner')
    const denyAndLeave = async () => {
      await members.setRoles({ userId: 'ann', roles: ['viewer'] })
      await members.setOverrides({ userId: 'ann', overrides: { 'invoice:read': false } })
      await fixture.inAcme('ann').members.leave()
    }
    const overrides = async () => (await members.get({ userId: 'ann' })).overrides
    const back = { email: 'ann@example.com', role: 'viewer' }
    await denyAndLeave()
    await fixture.inAcme('editor').members.add(back)
    expect(await overrides()).toEqual({ 'invoice:read': false })
    await denyAndLeave()
    const token = await fixture.invite(fixture.acme, 'editor', back)
    await fixture.as('ann').invitations.accept({ token })
    expect(await overrides()).toEqual({ 'invoice:read': false })
    await denyAndLeave()
    await fixture.inAcme('admin').members.add(back)
    expect(await overrides()).toEqual({})
  })

  it('asks for no address that is proven: what a member may do turns on none', async () => {
    await fixture.user('bob', { emailVerified: false })
    await join('bob')
  })

  it('leaves the invitation of an address that is not proven to be its new member’s', async () => {
    const token = await fixture.invite(fixture.acme, 'owner', { email: 'bob@example.com' })
    await fixture.user('bob', { emailVerified: false })
    const events = await fixture.eventsOf(() => join('bob'))
    expect(events[0]?.data).toMatchObject({ revokedInvitationIds: [] })
    expect(await fixture.tenancy.as(GUEST).invitations.preview({ token })).not.toBeNull()
  })

  it('is not the same as one that takes requests, and one that is closed does not exist', async () => {
    await policy('request')
    await refusal(fixture, 'join_not_allowed', () => join())
    await policy('closed')
    const closed = await refusal(fixture, 'tenant_not_found', () => join())
    const unknown = await refusal(fixture, 'tenant_not_found', () =>
      fixture.as('ann').tenants.join({ tenantId: 'none' }),
    )
    expect(closed.message).toBe(unknown.message)
  })

  it('passes neither its seats nor the tenants of the person, also when all come at once', async () => {
    await refusal(fixture, 'tenant_limit_exceeded', () => join('outsider'))
    for (const id of ['bob', 'eve']) await fixture.user(id)
    const answers = await Promise.allSettled(['ann', 'bob', 'eve'].map((id) => join(id)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await fixture.inAcme('owner').members.list()).items).toHaveLength(8)
  })

  it('ends the request its new member had made', async () => {
    await policy('request')
    await fixture.as('ann').tenants.requestToJoin({ tenantId: fixture.acme })
    await policy('open')
    await join()
    expect((await fixture.inAcme('owner').joinRequests.list()).items).toMatchObject([{ status: 'superseded' }])
  })

  it('revokes the new member’s invitation, with an event', async () => {
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'ann@example.com', role: 'admin' })
    const [event] = await fixture.eventsOf(() => join())
    const { items } = await fixture.inAcme('owner').invitations.list()
    const [invitation] = items.filter(({ email }) => email === 'ann@example.com')
    expect(invitation).toMatchObject({ status: 'revoked', resolvedAt: fixture.now() })
    expect(event?.data).toMatchObject({ revokedInvitationIds: [invitation?.id] })
    await refusal(fixture, 'invalid_token', () => fixture.as('ann').invitations.accept({ token }))
  })

  it('shows only public fields to signed-in users', async () => {
    const facts = { name: "owner's", type: 'group', description: 'We make anvils.' }
    expect(await preview()).toEqual({ id: fixture.acme, ...facts, joinPolicy: 'open', membersCount: 7 })
    await policy('request')
    expect(await preview('outsider')).toMatchObject({ joinPolicy: 'request' })
    const guest = () => fixture.tenancy.as(GUEST).tenants.preview({ tenantId: fixture.acme })
    await refusal(fixture, 'unauthenticated', guest)
  })

  it('shows nothing once it is closed or archived, not to its members either', async () => {
    await policy('closed')
    await refusal(fixture, 'tenant_not_found', () => preview())
    await refusal(fixture, 'tenant_not_found', () => preview('owner'))
    await policy('open')
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'tenant_not_found', () => preview())
    await refusal(fixture, 'tenant_not_found', () => join())
  })
})
