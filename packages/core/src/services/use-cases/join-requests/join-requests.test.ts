import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const DAY_MS = 24 * 60 * 60 * 1000

describe('asking to be let in', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.inAcme('owner').update({ joinPolicy: 'request' })
    await fixture.user('ann')
  })
  const ask = (userId = 'ann', message?: string) =>
    fixture.as(userId).tenants.requestToJoin({ tenantId: fixture.acme, ...(message === undefined ? {} : { message }) })
  const policy = (joinPolicy: 'closed' | 'request' | 'open') => fixture.inAcme('owner').update({ joinPolicy })

  it('is seen by those who decide, with who asks and why, and told in the tenant’s chain', async () => {
    const events = await fixture.eventsOf(() => ask('ann', 'It is me,\nAnn'))
    const { items } = await fixture.inAcme('admin').joinRequests.list()
    const request = { tenantId: fixture.acme, userId: 'ann', message: 'It is me,\nAnn', status: 'pending' }
    expect(items).toMatchObject([{ ...request, resolvedAt: null, decidedBy: null }])
    const applicant = {
      id: 'ann',
      email: 'ann@example.com',
      emailVerifiedAt: fixture.now(),
      name: 'ann',
      avatarUrl: null,
    }
    expect(items[0]?.applicant).toEqual(applicant)
    const target = { type: 'join_request', id: items[0]?.id }
    expect(events).toEqual([{ type: 'join_request.created', actorId: 'ann', target, data: {} }])
  })

  it('is done once until it is answered, and not by members', async () => {
    await ask()
    await refusal(fixture, 'already_requested', () => ask())
    await refusal(fixture, 'already_member', () => ask('viewer'))
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(fixture, 'already_member', () => ask('viewer'))
  })

  it('requesting to join a closed tenant responds like an unknown tenant', async () => {
    await policy('closed')
    const closed = await refusal(fixture, 'tenant_not_found', () => ask())
    const unknown = await refusal(fixture, 'tenant_not_found', () =>
      fixture.as('ann').tenants.requestToJoin({ tenantId: 'unknown' }),
    )
    expect(closed.message).toBe(unknown.message)
    await refusal(fixture, 'already_member', () => ask('viewer'))
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(fixture, 'tenant_not_found', () => ask('viewer'))
  })

  it('is refused where everybody may walk in, and where the tenant is archived', async () => {
    await policy('open')
    await refusal(fixture, 'join_not_allowed', () => ask())
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'tenant_not_found', () => ask())
  })

  it('is refused for a while after a rejection', async () => {
    const { id } = await ask()
    await fixture.inAcme('admin').joinRequests.reject({ joinRequestId: id })
    fixture.tick(DAY_MS - 1)
    expect((await refusal(fixture, 'recently_rejected', () => ask())).details).toEqual({ retryAfterMs: 1 })
    fixture.tick(1)
    await ask()
  })

  it('is refused beyond what may wait, per person and per tenant', async () => {
    const limits = { pendingJoinRequestsPerTenant: 2, pendingJoinRequestsPerUser: 1 }
    const limited = await twoTenantsFixture({ limits })
    await limited.inAcme('owner').update({ joinPolicy: 'request' })
    await limited.as('outsider').in(limited.zeta).update({ joinPolicy: 'request' })
    for (const id of ['ann', 'bob', 'eve']) await limited.user(id)
    const asks = (userId: string, tenantId: string) => limited.as(userId).tenants.requestToJoin({ tenantId })
    await asks('ann', limited.acme)
    const { details } = await refusal(limited, 'join_request_limit_exceeded', () => asks('ann', limited.zeta))
    expect(details).toEqual({ limit: 1 })
    await asks('bob', limited.acme)
    await refusal(limited, 'join_request_limit_exceeded', () => asks('eve', limited.acme))
    await limited.as('ann').tenants.withdrawJoinRequest({ tenantId: limited.acme })
    await asks('eve', limited.acme)
  })

  it('again and again is refused after fifty times a day', async () => {
    for (let times = 0; times < 50; times++) {
      await ask()
      await fixture.as('ann').tenants.withdrawJoinRequest({ tenantId: fixture.acme })
    }
    await refusal(fixture, 'rate_limited', () => ask())
    fixture.tick(DAY_MS)
    await ask()
  })

  it.each([
    { message: 'x'.repeat(1001) },
    { message: 7 },
    { role: 'owner' },
    { status: 'approved' },
    { userId: 'bob' },
  ])('takes no %j', async (more) => {
    const input = { tenantId: fixture.acme, ...more } as { tenantId: string }
    await refusal(fixture, 'invalid_input', () => fixture.as('ann').tenants.requestToJoin(input))
  })

  it('is for who is signed in', async () => {
    const { tenants } = fixture.tenancy.as(GUEST)
    await refusal(fixture, 'unauthenticated', () => tenants.requestToJoin({ tenantId: fixture.acme }))
  })

  it('can be unshared, and nobody else’s', async () => {
    const { id } = await ask()
    const withdraw = (userId: string) => fixture.as(userId).tenants.withdrawJoinRequest({ tenantId: fixture.acme })
    await refusal(fixture, 'join_request_not_found', () => withdraw('outsider'))
    const events = await fixture.eventsOf(() => withdraw('ann'))
    expect(events).toMatchObject([{ type: 'join_request.withdrawn', actorId: 'ann', target: { id } }])
    await refusal(fixture, 'join_request_not_found', () => withdraw('ann'))
    await refusal(fixture, 'conflict', () => fixture.inAcme('owner').joinRequests.approve({ joinRequestId: id }))
    await ask()
  })

  it('ends without an answer when the account is deleted', async () => {
    const { id } = await ask()
    await fixture.as('ann').users.delete()
    expect((await fixture.inAcme('owner').joinRequests.list()).items).toEqual([])
    const approve = () => fixture.inAcme('owner').joinRequests.approve({ joinRequestId: id })
    await refusal(fixture, 'join_request_not_found', approve)
  })

  it('ends when the person is added without an invitation', async () => {
    await ask()
    await fixture.inAcme('owner').members.add({ email: 'ann@example.com', role: 'viewer' })
    expect((await fixture.inAcme('owner').joinRequests.list()).items).toMatchObject([{ status: 'superseded' }])
  })

  it('ends when the person becomes a member by invitation', async () => {
    const { id } = await ask()
    await fixture.join(fixture.acme, 'ann', { role: 'viewer', invitedBy: 'owner' })
    expect((await fixture.inAcme('owner').joinRequests.list()).items).toMatchObject([{ id, status: 'superseded' }])
    await refusal(fixture, 'conflict', () => fixture.inAcme('owner').joinRequests.approve({ joinRequestId: id }))
  })
})

describe('deciding over a request', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let joinRequestId: string
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ limits: { membersPerTenant: 8, tenantsPerUser: 1 } })
    await fixture.inAcme('owner').update({ joinPolicy: 'request' })
    await fixture.user('ann')
    joinRequestId = (await fixture.as('ann').tenants.requestToJoin({ tenantId: fixture.acme })).id
  })
  const approve = (by: string, role?: string) =>
    fixture.inAcme(by).joinRequests.approve({ joinRequestId, ...(role === undefined ? {} : { role }) })

  it('lets the person in as a member, and tells them', async () => {
    const events = await fixture.eventsOf(async () => {
      expect(await approve('admin')).toMatchObject({ userId: 'ann', roles: ['member'], invitedBy: 'admin' })
    })
    const data = { role: 'member', via: 'request', joinRequestId, revokedInvitationIds: [] }
    expect(events).toEqual([{ type: 'member.joined', actorId: 'admin', target: { type: 'member', id: 'ann' }, data }])
    expect((await fixture.inAcme('ann').access()).roles).toEqual(['member'])
    const { items } = await fixture.inAcme('owner').joinRequests.list({ status: 'approved' })
    expect(items).toMatchObject([{ id: joinRequestId, decidedBy: 'admin', resolvedAt: fixture.now() }])
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.at(-1)).toMatchObject({ to: 'ann@example.com', subject: "You are in: owner's" })
  })

  it('ends the invitation that the person had', async () => {
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'ann@example.com', role: 'admin' })
    const [event] = await fixture.eventsOf(() => approve('admin'))
    expect(event?.data).toMatchObject({ revokedInvitationIds: [expect.any(String)] })
    expect((await fixture.inAcme('owner').invitations.list({ status: 'pending' })).items).toEqual([])
    await refusal(fixture, 'invalid_token', () => fixture.as('ann').invitations.accept({ token }))
  })

  it('turns the person away, and tells them', async () => {
    const events = await fixture.eventsOf(() => fixture.inAcme('admin').joinRequests.reject({ joinRequestId }))
    const target = { type: 'join_request', id: joinRequestId }
    expect(events).toEqual([{ type: 'join_request.rejected', actorId: 'admin', target, data: { userId: 'ann' } }])
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.at(-1)).toMatchObject({ to: 'ann@example.com' })
    expect(fixture.sent.at(-1)?.text).toContain('was not approved')
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('ann').access())
    await refusal(fixture, 'conflict', () => approve('owner'))
  })

  it.each(['owner', 'Owner ', 'admin,owner', 'boss', ''])('makes nobody %j', async (role) => {
    await refusal(fixture, 'invalid_role', () => approve('owner', role))
  })

  it('gives no role beyond the authority of who decides', async () => {
    await approve('admin', 'admin')
    expect((await fixture.inAcme('ann').access()).roles).toEqual(['admin'])
  })

  it('is for owner and admins', async () => {
    for (const role of ['editor', 'member', 'viewer']) await refusal(fixture, 'forbidden', () => approve(role))
    await refusal(fixture, 'tenant_not_found', () => approve('ann'))
    await refusal(fixture, 'tenant_not_found', () => approve('outsider'))
  })

  it('finds no request of another tenant', async () => {
    const inZeta = fixture.as('outsider').in(fixture.zeta).joinRequests
    const foreign = await refusal(fixture, 'join_request_not_found', () => inZeta.approve({ joinRequestId }))
    const unknown = await refusal(fixture, 'join_request_not_found', () => inZeta.reject({ joinRequestId: 'none' }))
    expect(foreign.message).toBe(unknown.message)
  })

  it('passes neither the seats of the tenant nor the tenants of the person', async () => {
    await fixture.as('ann').tenants.create({ name: 'Own' })
    await refusal(fixture, 'tenant_limit_exceeded', () => approve('owner'))
    await fixture.user('bob')
    const { id } = await fixture.as('bob').tenants.requestToJoin({ tenantId: fixture.acme })
    await fixture.inAcme('owner').joinRequests.approve({ joinRequestId: id })
    await refusal(fixture, 'member_limit_exceeded', () => approve('owner'))
  })

  it('lets nobody in whose account is disabled', async () => {
    await fixture.system.users.update({ userId: 'ann', status: 'disabled' })
    await refusal(fixture, 'user_not_found', () => approve('owner'))
    await fixture.inAcme('owner').joinRequests.reject({ joinRequestId })
  })

  it('stands when no more mails may be sent to the person', async () => {
    const quiet = await twoTenantsFixture({ limits: { emailsPerIp: 1 } })
    await quiet.inAcme('owner').update({ joinPolicy: 'request' })
    await quiet.user('ann')
    const { id } = await quiet.as('ann').tenants.requestToJoin({ tenantId: quiet.acme })
    const { members, joinRequests } = quiet.tenancy.as({ userId: 'owner', ip: '192.0.2.1' }).in(quiet.acme)
    await members.invite({ email: 'new@example.com', role: 'member' })
    await joinRequests.approve({ joinRequestId: id })
    await quiet.tenancy.flushEmails()
    expect((await quiet.inAcme('ann').access()).roles).toEqual(['member'])
    expect(quiet.sent.map(({ to }) => to)).not.toContain('ann@example.com')
  })
})
