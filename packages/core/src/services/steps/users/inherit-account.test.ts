import { beforeEach, describe, expect, it } from 'vitest'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const ADDRESS = 'victim@example.com'

describe('I11 a claim of an account that waits sheds no restriction', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let waiting: string
  const claim = () => fixture.system.users.ensure({ id: 'victim', email: ADDRESS, emailVerified: true })
  const former = (userId = 'victim') => fixture.storage.read.formerMembers.find({ tenantId: fixture.acme, userId })
  const membership = () => fixture.storage.read.memberships.find({ tenantId: fixture.acme, userId: 'victim' })
  const deny = (userId: string, ...names: ('invoice:read' | 'invoice:create')[]) =>
    fixture.inAcme('owner').members.setOverrides({
      userId,
      overrides: Object.fromEntries(names.map((name) => [name, false])),
    })
  /** The person as the host knows them before they have proven the address. */
  const known = () => fixture.system.users.ensure({ id: 'victim', email: 'old@example.com', emailVerified: true })
  const join = () => fixture.as('victim').tenants.join({ tenantId: fixture.acme })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.inAcme('owner').update({ joinPolicy: 'open' })
    waiting = added(await fixture.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
    // Who may invite, and lifts no denial.
    const permissions = ['tenant:read', 'member:read', 'role:read', 'invitation:create', 'invoice:read'] as const
    await fixture.inAcme('owner').roles.create({ key: 'greeter', name: 'Greeter', rank: 12, permissions })
    await fixture.user('greeter')
    await fixture.join(fixture.acme, 'greeter', { role: 'greeter', invitedBy: 'owner' })
  })

  it('of the account: who was removed needs an approval, and comes back with what was denied', async () => {
    await deny(waiting, 'invoice:read')
    await fixture.inAcme('owner').members.remove({ userId: waiting })
    await claim()
    expect(await former()).toMatchObject({ ending: 'removed', roles: ['editor'], overrides: { 'invoice:read': false } })
    expect(await former(waiting)).toBeNull()
    await refusal(fixture, 'join_not_allowed', () => join())
    const token = await fixture.invite(fixture.acme, 'greeter', { email: ADDRESS, role: 'viewer' })
    await fixture.as('victim').invitations.accept({ token })
    expect(await membership()).toMatchObject({ overrides: { 'invoice:read': false } })
  })

  it('of the account and of the person, where both have gone from one tenant: the stricter of each', async () => {
    await known()
    await join()
    await deny('victim', 'invoice:create')
    await fixture.inAcme('victim').members.leave()
    await deny(waiting, 'invoice:read')
    fixture.tick(1)
    await fixture.inAcme('owner').members.remove({ userId: waiting })
    await claim()
    const overrides = { 'invoice:create': false, 'invoice:read': false }
    expect(await former()).toMatchObject({ ending: 'removed', roles: [], overrides, endedAt: fixture.now() - 1 })
    await refusal(fixture, 'join_not_allowed', () => join())
  })

  it('of the person: what was denied to them is denied in the membership they inherit, also where it was granted', async () => {
    await known()
    await join()
    await deny('victim', 'invoice:read')
    await fixture.inAcme('owner').members.remove({ userId: 'victim' })
    const granted = { 'invoice:read': true, 'invoice:approve': true }
    await fixture.inAcme('owner').members.setOverrides({ userId: waiting, overrides: granted })
    await claim()
    expect(await membership()).toMatchObject({
      roles: ['editor'],
      overrides: { 'invoice:read': false, 'invoice:approve': true },
    })
    expect((await fixture.inAcme('victim').access()).can('invoice:read')).toBe(false)
  })

  it('of the account: what was denied there is denied in the membership the person keeps, which gains no grant', async () => {
    await known()
    await join()
    await fixture.inAcme('owner').members.setOverrides({ userId: waiting, overrides: { 'invoice:approve': true } })
    await deny(waiting, 'invoice:read')
    const events = await fixture.eventsOf(claim)
    expect(await membership()).toMatchObject({ roles: ['member'], overrides: { 'invoice:read': false } })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'member.overrides_updated',
        target: { type: 'member', id: 'victim' },
        data: { overrides: { 'invoice:read': false } },
      }),
    )
  })

  it('of the person: a membership that was deactivated stays so', async () => {
    await known()
    await join()
    await fixture.inAcme('owner').members.deactivate({ userId: 'victim' })
    await claim()
    expect(await membership()).toMatchObject({ roles: ['member'], active: false })
  })

  it('and leaves no request of the person open where they have become a member', async () => {
    await fixture.inAcme('owner').update({ joinPolicy: 'request' })
    await known()
    const { id } = await fixture.as('victim').tenants.requestToJoin({ tenantId: fixture.acme })
    await claim()
    expect(await fixture.storage.read.joinRequests.find({ tenantId: fixture.acme, id })).toMatchObject({
      status: 'superseded',
      resolvedAt: fixture.now(),
      decidedBy: null,
    })
  })
})
