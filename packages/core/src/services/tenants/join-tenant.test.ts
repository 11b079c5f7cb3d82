import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST } from '../actor.js'

describe('an open tenant', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants({ limits: { membersPerTenant: 8, tenantsPerUser: 1 } })
    await given.inAcme('owner').update({ joinPolicy: 'open', description: 'We make anvils.' })
    await given.user('ann')
  })
  const join = (userId = 'ann') => given.as(userId).tenants.join({ tenantId: given.acme })
  const preview = (userId = 'ann') => given.as(userId).tenants.preview({ tenantId: given.acme })
  const policy = (joinPolicy: 'closed' | 'request' | 'open') => given.inAcme('owner').update({ joinPolicy })

  it('is joined by anybody, as a member, and tells how', async () => {
    const events = await given.eventsOf(async () => {
      const { tenant, membership } = await join()
      expect([tenant.id, membership.roles, membership.invitedBy]).toEqual([given.acme, ['member'], null])
    })
    const target = { type: 'member', id: 'ann' }
    const data = { role: 'member', via: 'open', revokedInvitationIds: [] }
    expect(events).toEqual([{ type: 'member.joined', actorId: 'ann', target, data }])
    expect((await given.inAcme('ann').access()).roles).toEqual(['member'])
  })

  it('is joined once', async () => {
    await join()
    await refusal(given, 'already_member', () => join())
    await given.inAcme('owner').members.deactivate({ userId: 'ann' })
    await refusal(given, 'already_member', () => join())
  })

  it('I11 gives whoever comes back at most what they had: a lesser role stays, and so does a denial', async () => {
    await join()
    await given.inAcme('owner').members.changeRoles({ userId: 'ann', roles: ['viewer'] })
    const overrides = { 'invoice:read': false, 'invoice:approve': true }
    await given.inAcme('owner').members.setOverrides({ userId: 'ann', overrides })
    await given.inAcme('ann').members.leave()
    const events = await given.eventsOf(() => join())
    expect(events[0]?.data).toMatchObject({ role: 'viewer' })
    const { members } = given.inAcme('owner')
    const kept = { roles: ['viewer'], overrides: { 'invoice:read': false } }
    expect(await members.get({ userId: 'ann' })).toMatchObject(kept)
    expect((await given.inAcme('ann').access()).can('invoice:read')).toBe(false)
  })

  it('I11 is not joined again by who was removed: they ask, and an approval lets them in', async () => {
    await join()
    await given.inAcme('owner').members.remove({ userId: 'ann' })
    await refusal(given, 'join_not_allowed', () => join())
    const ask = () => given.as('ann').tenants.requestToJoin({ tenantId: given.acme })
    const { id: joinRequestId } = await ask()
    await given.inAcme('admin').joinRequests.approve({ joinRequestId })
    // Who leaves by themselves comes back by themselves.
    await given.inAcme('ann').members.leave()
    await refusal(given, 'join_not_allowed', () => ask())
    await join()
    expect((await given.inAcme('ann').access()).roles).toEqual(['member'])
  })

  it('I11 gives back no role that was made anew, nor one that is neither more nor less than a member', async () => {
    const { roles, members } = given.inAcme('owner')
    const reader = { key: 'reader', name: 'Reader', rank: 5 }
    await roles.create({ ...reader, permissions: ['invoice:read'] })
    await join()
    const become = async (role: string) => {
      await members.changeRoles({ userId: 'ann', roles: [role] })
      await given.inAcme('ann').members.leave()
    }
    await become('reader')
    expect((await join()).membership.roles).toEqual(['reader'])
    await become('reader')
    given.tick(1)
    await roles.delete({ key: 'reader' })
    await roles.create({ ...reader, permissions: ['invoice:read'] })
    await refusal(given, 'join_not_allowed', () => join())
    const { id: joinRequestId } = await given.as('ann').tenants.requestToJoin({ tenantId: given.acme })
    await given.inAcme('owner').joinRequests.approve({ joinRequestId })
    await roles.create({ key: 'approver', name: 'Approver', rank: 5, permissions: ['invoice:approve'] })
    await become('approver')
    await refusal(given, 'join_not_allowed', () => join())
  })

  it('I11 keeps a denial also for who is added or invited again, unless whoever does it could take it away', async () => {
    const permissions = ['tenant:read', 'member:read', 'role:read', 'member:add', 'invitation:create'] as const
    await given.inAcme('owner').roles.create({
      key: 'greeter',
      name: 'Greeter',
      rank: 12,
      permissions: [...permissions, 'invoice:read'],
    })
    await given.inAcme('owner').members.changeRoles({ userId: 'editor', roles: ['greeter'] })
    await join()
    const { members } = given.inAcme('owner')
    const denyAndLeave = async () => {
      await members.changeRoles({ userId: 'ann', roles: ['viewer'] })
      await members.setOverrides({ userId: 'ann', overrides: { 'invoice:read': false } })
      await given.inAcme('ann').members.leave()
    }
    const overrides = async () => (await members.get({ userId: 'ann' })).overrides
    const back = { email: 'ann@example.com', role: 'viewer' }
    await denyAndLeave()
    await given.inAcme('editor').members.add(back)
    expect(await overrides()).toEqual({ 'invoice:read': false })
    await denyAndLeave()
    const token = await given.invite(given.acme, 'editor', back)
    await given.as('ann').invitations.accept({ token })
    expect(await overrides()).toEqual({ 'invoice:read': false })
    await denyAndLeave()
    await given.inAcme('admin').members.add(back)
    expect(await overrides()).toEqual({})
  })

  it('asks for no address that is proven: what a member may do turns on none', async () => {
    await given.user('bob', { emailVerified: false })
    await join('bob')
  })

  it('leaves the invitation of an address that is not proven to be its new member’s', async () => {
    const token = await given.invite(given.acme, 'owner', { email: 'bob@example.com' })
    await given.user('bob', { emailVerified: false })
    const events = await given.eventsOf(() => join('bob'))
    expect(events[0]?.data).toMatchObject({ revokedInvitationIds: [] })
    expect(await given.tenancy.as(GUEST).invitations.preview({ token })).not.toBeNull()
  })

  it('is not the same as one that takes requests, and one that is closed does not exist', async () => {
    await policy('request')
    await refusal(given, 'join_not_allowed', () => join())
    await policy('closed')
    const closed = await refusal(given, 'tenant_not_found', () => join())
    const unknown = await refusal(given, 'tenant_not_found', () => given.as('ann').tenants.join({ tenantId: 'none' }))
    expect(closed.message).toBe(unknown.message)
  })

  it('passes neither its seats nor the tenants of the person, also when all come at once', async () => {
    await refusal(given, 'tenant_limit_exceeded', () => join('outsider'))
    for (const id of ['bob', 'eve']) await given.user(id)
    const answers = await Promise.allSettled(['ann', 'bob', 'eve'].map((id) => join(id)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await given.inAcme('owner').members.list()).items).toHaveLength(8)
  })

  it('ends the request its new member had made', async () => {
    await policy('request')
    await given.as('ann').tenants.requestToJoin({ tenantId: given.acme })
    await policy('open')
    await join()
    expect((await given.inAcme('owner').joinRequests.list()).items).toMatchObject([{ status: 'superseded' }])
  })

  it('ends the invitation its new member had, and tells so', async () => {
    const token = await given.invite(given.acme, 'admin', { email: 'ann@example.com', role: 'admin' })
    const [event] = await given.eventsOf(() => join())
    const { items } = await given.inAcme('owner').invitations.list()
    const [invitation] = items.filter(({ email }) => email === 'ann@example.com')
    expect(invitation).toMatchObject({ status: 'revoked', settledAt: given.now() })
    expect(event?.data).toMatchObject({ revokedInvitationIds: [invitation?.id] })
    await refusal(given, 'invalid_token', () => given.as('ann').invitations.accept({ token }))
  })

  it('shows its public part and nothing else to who is signed in', async () => {
    const facts = { name: "owner's", type: 'group', description: 'We make anvils.' }
    expect(await preview()).toEqual({ id: given.acme, ...facts, joinPolicy: 'open', membersCount: 7 })
    await policy('request')
    expect(await preview('outsider')).toMatchObject({ joinPolicy: 'request' })
    const guest = () => given.tenancy.as(GUEST).tenants.preview({ tenantId: given.acme })
    await refusal(given, 'unauthenticated', guest)
  })

  it('shows nothing once it is closed or archived, not to its members either', async () => {
    await policy('closed')
    await refusal(given, 'tenant_not_found', () => preview())
    await refusal(given, 'tenant_not_found', () => preview('owner'))
    await policy('open')
    await given.inAcme('owner').archive()
    await refusal(given, 'tenant_not_found', () => preview())
    await refusal(given, 'tenant_not_found', () => join())
  })
})
