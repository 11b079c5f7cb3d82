import { beforeEach, describe, expect, it } from 'vitest'
import { added, givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const ADDRESS = 'victim@example.com'

describe('I11 a claim of an account that waits sheds no restriction', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let waiting: string
  const claim = () => given.system.users.ensure({ id: 'victim', email: ADDRESS, emailVerified: true })
  const former = (userId = 'victim') => given.storage.read.formerMembers.find({ tenantId: given.acme, userId })
  const membership = () => given.storage.read.memberships.find({ tenantId: given.acme, userId: 'victim' })
  const deny = (userId: string, ...names: ('invoice:read' | 'invoice:create')[]) =>
    given.inAcme('owner').members.setOverrides({
      userId,
      overrides: Object.fromEntries(names.map((name) => [name, false])),
    })
  /** The person as the host knows them before they have proven the address. */
  const known = () => given.system.users.ensure({ id: 'victim', email: 'old@example.com', emailVerified: true })
  const join = () => given.as('victim').tenants.join({ tenantId: given.acme })
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.inAcme('owner').update({ joinPolicy: 'open' })
    waiting = added(await given.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
    // Who may invite, and lifts no denial.
    const permissions = ['tenant:read', 'member:read', 'role:read', 'invitation:create', 'invoice:read'] as const
    await given.inAcme('owner').roles.create({ key: 'greeter', name: 'Greeter', rank: 12, permissions })
    await given.user('greeter')
    await given.join(given.acme, 'greeter', { role: 'greeter', invitedBy: 'owner' })
  })

  it('of the account: who was removed needs an approval, and comes back with what was denied', async () => {
    await deny(waiting, 'invoice:read')
    await given.inAcme('owner').members.remove({ userId: waiting })
    await claim()
    expect(await former()).toMatchObject({ ending: 'removed', roles: ['editor'], overrides: { 'invoice:read': false } })
    expect(await former(waiting)).toBeNull()
    await refusal(given, 'join_not_allowed', () => join())
    const token = await given.invite(given.acme, 'greeter', { email: ADDRESS, role: 'viewer' })
    await given.as('victim').invitations.accept({ token })
    expect(await membership()).toMatchObject({ overrides: { 'invoice:read': false } })
  })

  it('of the account and of the person, where both have gone from one tenant: the stricter of each', async () => {
    await known()
    await join()
    await deny('victim', 'invoice:create')
    await given.inAcme('victim').members.leave()
    await deny(waiting, 'invoice:read')
    given.tick(1)
    await given.inAcme('owner').members.remove({ userId: waiting })
    await claim()
    const overrides = { 'invoice:create': false, 'invoice:read': false }
    expect(await former()).toMatchObject({ ending: 'removed', roles: [], overrides, endedAt: given.now() - 1 })
    await refusal(given, 'join_not_allowed', () => join())
  })

  it('of the person: what was denied to them is denied in the membership they inherit, also where it was granted', async () => {
    await known()
    await join()
    await deny('victim', 'invoice:read')
    await given.inAcme('owner').members.remove({ userId: 'victim' })
    const granted = { 'invoice:read': true, 'invoice:approve': true }
    await given.inAcme('owner').members.setOverrides({ userId: waiting, overrides: granted })
    await claim()
    expect(await membership()).toMatchObject({
      roles: ['editor'],
      overrides: { 'invoice:read': false, 'invoice:approve': true },
    })
    expect((await given.inAcme('victim').access()).can('invoice:read')).toBe(false)
  })

  it('of the account: what was denied there is denied in the membership the person keeps, which gains no grant', async () => {
    await known()
    await join()
    await given.inAcme('owner').members.setOverrides({ userId: waiting, overrides: { 'invoice:approve': true } })
    await deny(waiting, 'invoice:read')
    const events = await given.eventsOf(claim)
    expect(await membership()).toMatchObject({ roles: ['member'], overrides: { 'invoice:read': false } })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'member.overrides_changed',
        target: { type: 'member', id: 'victim' },
        data: { overrides: { 'invoice:read': false } },
      }),
    )
  })

  it('of the person: a membership that was deactivated stays so', async () => {
    await known()
    await join()
    await given.inAcme('owner').members.deactivate({ userId: 'victim' })
    await claim()
    expect(await membership()).toMatchObject({ roles: ['member'], active: false })
  })

  it('and leaves no request of the person open where they have become a member', async () => {
    await given.inAcme('owner').update({ joinPolicy: 'request' })
    await known()
    const { id } = await given.as('victim').tenants.requestToJoin({ tenantId: given.acme })
    await claim()
    expect(await given.storage.read.joinRequests.find({ tenantId: given.acme, id })).toMatchObject({
      status: 'superseded',
      settledAt: given.now(),
      decidedBy: null,
    })
  })
})
