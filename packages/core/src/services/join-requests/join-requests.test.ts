import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST } from '../actor.js'

const DAY_MS = 24 * 60 * 60 * 1000

describe('asking to be let in', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.inAcme('owner').update({ joinPolicy: 'request' })
    await given.user('ann')
  })
  const ask = (userId = 'ann', message?: string) =>
    given.as(userId).tenants.requestToJoin({ tenantId: given.acme, ...(message === undefined ? {} : { message }) })
  const policy = (joinPolicy: 'closed' | 'request' | 'open') => given.inAcme('owner').update({ joinPolicy })

  it('is seen by those who decide, with who asks and why, and told in the tenant’s chain', async () => {
    const events = await given.eventsOf(() => ask('ann', 'It is me,\nAnn'))
    const { items } = await given.inAcme('admin').joinRequests.list()
    const request = { tenantId: given.acme, userId: 'ann', message: 'It is me,\nAnn', status: 'pending' }
    expect(items).toMatchObject([{ ...request, settledAt: null, decidedBy: null }])
    const applicant = {
      id: 'ann',
      email: 'ann@example.com',
      emailVerifiedAt: given.now(),
      name: 'ann',
      avatarUrl: null,
    }
    expect(items[0]?.applicant).toEqual(applicant)
    const target = { type: 'join_request', id: items[0]?.id }
    expect(events).toEqual([{ type: 'join_request.created', actorId: 'ann', target, data: {} }])
  })

  it('is done once until it is answered, and not by members', async () => {
    await ask()
    await refusal(given, 'already_requested', () => ask())
    await refusal(given, 'already_member', () => ask('viewer'))
    await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(given, 'already_member', () => ask('viewer'))
  })

  it('of a closed tenant is asking one that does not exist; only its members learn that it does', async () => {
    await policy('closed')
    const closed = await refusal(given, 'tenant_not_found', () => ask())
    const unknown = await refusal(given, 'tenant_not_found', () =>
      given.as('ann').tenants.requestToJoin({ tenantId: 'unknown' }),
    )
    expect(closed.message).toBe(unknown.message)
    await refusal(given, 'already_member', () => ask('viewer'))
    await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(given, 'tenant_not_found', () => ask('viewer'))
  })

  it('is refused where everybody may walk in, and where the tenant is archived', async () => {
    await policy('open')
    await refusal(given, 'join_not_allowed', () => ask())
    await given.inAcme('owner').archive()
    await refusal(given, 'tenant_not_found', () => ask())
  })

  it('is refused for a while after a rejection', async () => {
    const { id } = await ask()
    await given.inAcme('admin').joinRequests.reject({ joinRequestId: id })
    given.tick(DAY_MS - 1)
    expect((await refusal(given, 'recently_rejected', () => ask())).details).toEqual({ retryAfterMs: 1 })
    given.tick(1)
    await ask()
  })

  it('is refused beyond what may wait, per person and per tenant', async () => {
    const limits = { pendingJoinRequestsPerTenant: 2, pendingJoinRequestsPerUser: 1 }
    const limited = await givenTwoTenants({ limits })
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
      await given.as('ann').tenants.withdrawJoinRequest({ tenantId: given.acme })
    }
    await refusal(given, 'rate_limited', () => ask())
    given.tick(DAY_MS)
    await ask()
  })

  it.each([
    { message: 'x'.repeat(1001) },
    { message: 7 },
    { role: 'owner' },
    { status: 'approved' },
    { userId: 'bob' },
  ])('takes no %j', async (more) => {
    const input = { tenantId: given.acme, ...more } as { tenantId: string }
    await refusal(given, 'invalid_input', () => given.as('ann').tenants.requestToJoin(input))
  })

  it('is for who is signed in', async () => {
    const { tenants } = given.tenancy.as(GUEST)
    await refusal(given, 'unauthenticated', () => tenants.requestToJoin({ tenantId: given.acme }))
  })

  it('can be taken back, and nobody else’s', async () => {
    const { id } = await ask()
    const withdraw = (userId: string) => given.as(userId).tenants.withdrawJoinRequest({ tenantId: given.acme })
    await refusal(given, 'join_request_not_found', () => withdraw('outsider'))
    const events = await given.eventsOf(() => withdraw('ann'))
    expect(events).toMatchObject([{ type: 'join_request.withdrawn', actorId: 'ann', target: { id } }])
    await refusal(given, 'join_request_not_found', () => withdraw('ann'))
    await refusal(given, 'conflict', () => given.inAcme('owner').joinRequests.approve({ joinRequestId: id }))
    await ask()
  })

  it('ends without an answer when the account is deleted', async () => {
    const { id } = await ask()
    await given.as('ann').users.delete()
    expect((await given.inAcme('owner').joinRequests.list()).items).toEqual([])
    const approve = () => given.inAcme('owner').joinRequests.approve({ joinRequestId: id })
    await refusal(given, 'join_request_not_found', approve)
  })

  it('ends when the person is added without an invitation', async () => {
    await ask()
    await given.inAcme('owner').members.add({ email: 'ann@example.com', role: 'viewer' })
    expect((await given.inAcme('owner').joinRequests.list()).items).toMatchObject([{ status: 'superseded' }])
  })

  it('ends when the person becomes a member by invitation', async () => {
    const { id } = await ask()
    await given.join(given.acme, 'ann', { role: 'viewer', invitedBy: 'owner' })
    expect((await given.inAcme('owner').joinRequests.list()).items).toMatchObject([{ id, status: 'superseded' }])
    await refusal(given, 'conflict', () => given.inAcme('owner').joinRequests.approve({ joinRequestId: id }))
  })
})

describe('deciding over a request', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let joinRequestId: string
  beforeEach(async () => {
    given = await givenTwoTenants({ limits: { membersPerTenant: 8, tenantsPerUser: 1 } })
    await given.inAcme('owner').update({ joinPolicy: 'request' })
    await given.user('ann')
    joinRequestId = (await given.as('ann').tenants.requestToJoin({ tenantId: given.acme })).id
  })
  const approve = (by: string, role?: string) =>
    given.inAcme(by).joinRequests.approve({ joinRequestId, ...(role === undefined ? {} : { role }) })

  it('lets the person in as a member, and tells them', async () => {
    const events = await given.eventsOf(async () => {
      expect(await approve('admin')).toMatchObject({ userId: 'ann', roles: ['member'], invitedBy: 'admin' })
    })
    const data = { role: 'member', via: 'request', joinRequestId, revokedInvitationIds: [] }
    expect(events).toEqual([{ type: 'member.joined', actorId: 'admin', target: { type: 'member', id: 'ann' }, data }])
    expect((await given.inAcme('ann').access()).roles).toEqual(['member'])
    const { items } = await given.inAcme('owner').joinRequests.list({ status: 'approved' })
    expect(items).toMatchObject([{ id: joinRequestId, decidedBy: 'admin', settledAt: given.now() }])
    await given.tenancy.deliverMails()
    expect(given.sent.at(-1)).toMatchObject({ to: 'ann@example.com', subject: "You are in: owner's" })
  })

  it('ends the invitation that the person had', async () => {
    const token = await given.invite(given.acme, 'admin', { email: 'ann@example.com', role: 'admin' })
    const [event] = await given.eventsOf(() => approve('admin'))
    expect(event?.data).toMatchObject({ revokedInvitationIds: [expect.any(String)] })
    expect((await given.inAcme('owner').invitations.list({ status: 'pending' })).items).toEqual([])
    await refusal(given, 'invalid_token', () => given.as('ann').invitations.accept({ token }))
  })

  it('turns the person away, and tells them', async () => {
    const events = await given.eventsOf(() => given.inAcme('admin').joinRequests.reject({ joinRequestId }))
    const target = { type: 'join_request', id: joinRequestId }
    expect(events).toEqual([{ type: 'join_request.rejected', actorId: 'admin', target, data: { userId: 'ann' } }])
    await given.tenancy.deliverMails()
    expect(given.sent.at(-1)).toMatchObject({ to: 'ann@example.com' })
    expect(given.sent.at(-1)?.text).toContain('was not approved')
    await refusal(given, 'tenant_not_found', () => given.inAcme('ann').access())
    await refusal(given, 'conflict', () => approve('owner'))
  })

  it.each(['owner', 'Owner ', 'admin,owner', 'boss', ''])('makes nobody %j', async (role) => {
    await refusal(given, 'invalid_role', () => approve('owner', role))
  })

  it('gives no role beyond the authority of who decides', async () => {
    await approve('admin', 'admin')
    expect((await given.inAcme('ann').access()).roles).toEqual(['admin'])
  })

  it('is for owner and admins', async () => {
    for (const role of ['editor', 'member', 'viewer']) await refusal(given, 'forbidden', () => approve(role))
    await refusal(given, 'tenant_not_found', () => approve('ann'))
    await refusal(given, 'tenant_not_found', () => approve('outsider'))
  })

  it('finds no request of another tenant', async () => {
    const inZeta = given.as('outsider').in(given.zeta).joinRequests
    const foreign = await refusal(given, 'join_request_not_found', () => inZeta.approve({ joinRequestId }))
    const unknown = await refusal(given, 'join_request_not_found', () => inZeta.reject({ joinRequestId: 'none' }))
    expect(foreign.message).toBe(unknown.message)
  })

  it('passes neither the seats of the tenant nor the tenants of the person', async () => {
    await given.as('ann').tenants.create({ name: 'Own' })
    await refusal(given, 'tenant_limit_exceeded', () => approve('owner'))
    await given.user('bob')
    const { id } = await given.as('bob').tenants.requestToJoin({ tenantId: given.acme })
    await given.inAcme('owner').joinRequests.approve({ joinRequestId: id })
    await refusal(given, 'member_limit_exceeded', () => approve('owner'))
  })

  it('lets nobody in whose account is disabled', async () => {
    await given.system.users.update({ userId: 'ann', status: 'disabled' })
    await refusal(given, 'user_not_found', () => approve('owner'))
    await given.inAcme('owner').joinRequests.reject({ joinRequestId })
  })

  it('stands when no more mails may be sent to the person', async () => {
    const quiet = await givenTwoTenants({ limits: { mailsPerIp: 1 } })
    await quiet.inAcme('owner').update({ joinPolicy: 'request' })
    await quiet.user('ann')
    const { id } = await quiet.as('ann').tenants.requestToJoin({ tenantId: quiet.acme })
    const { members, joinRequests } = quiet.tenancy.as({ userId: 'owner', ip: '192.0.2.1' }).in(quiet.acme)
    await members.invite({ email: 'new@example.com', role: 'member' })
    await joinRequests.approve({ joinRequestId: id })
    await quiet.tenancy.deliverMails()
    expect((await quiet.inAcme('ann').access()).roles).toEqual(['member'])
    expect(quiet.sent.map(({ to }) => to)).not.toContain('ann@example.com')
  })
})
