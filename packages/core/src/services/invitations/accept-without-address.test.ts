import { beforeEach, describe, expect, it } from 'vitest'
import { added, givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST } from '../actor.js'

const ADDRESS = 'victim@example.com'

describe('accepting an invitation with an account that has no address', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  // As a host does that does not know whether the address is theirs.
  const ensure = () => given.system.users.ensure({ id: 'victim', email: ADDRESS })
  const accept = (token: string) => given.as('victim').invitations.accept({ token })
  const mailed = (role = 'viewer') => given.inviteByMail(given.zeta, 'outsider', { email: ADDRESS, role })
  const add = async () =>
    added(await given.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
  beforeEach(async () => {
    given = await givenTwoTenants({ signUp: true })
  })

  it('gives it the invited one with the mailed token, and what waits for whoever proves it', async () => {
    const waiting = await add()
    expect(await ensure()).toMatchObject({ email: 'victim@no-address.invalid' })
    const token = await mailed()
    const events = await given.eventsOf(() => accept(token))
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.updated', 'victim'],
      ['member.claimed', 'victim'],
      ['user.claimed', waiting],
      ['member.joined', 'victim'],
    ])
    expect(events[0]?.data).toEqual({ changed: ['email', 'emailVerifiedAt'] })
    const { email, emailKey, emailVerifiedAt } = await given.as('victim').users.me()
    expect([email, emailKey, emailVerifiedAt]).toEqual([ADDRESS, ADDRESS, given.now()])
    expect((await given.inAcme('victim').access()).roles).toEqual(['editor'])
    expect((await given.as('victim').in(given.zeta).access()).roles).toEqual(['viewer'])
    expect(await given.inAcme('owner').events.verify()).toMatchObject({ intact: true })
  })

  it('leaves a proof that the host, which still does not know, does not take back', async () => {
    await add()
    await ensure()
    await accept(await mailed())
    expect(await given.eventsOf(async () => void (await ensure()))).toEqual([])
    expect(await ensure()).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: given.now() })
  })

  it('takes the address from an account that has no proof of it', async () => {
    await add()
    await ensure()
    const token = await mailed()
    const first = await given.tenancy.as(GUEST).invitations.signUp({ token })
    await given.system.users.update({ userId: first.user.id, emailVerified: false })
    const again = await given.inviteByMail(await given.tenant('third'), 'third', { email: ADDRESS })
    const events = await given.eventsOf(() => accept(again))
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.address_lost', first.user.id],
      ['user.updated', 'victim'],
      ['member.joined', 'victim'],
    ])
  })

  it('is refused, and changes nothing, where another account has proven the address', async () => {
    await add()
    await ensure()
    const token = await mailed()
    const { user } = await given.tenancy.as(GUEST).invitations.signUp({ token })
    expect(user.emailVerifiedAt).not.toBeNull()
    const again = await given.inviteByMail(await given.tenant('third'), 'third', { email: ADDRESS })
    await refusal(given, 'forbidden', () => accept(again))
  })

  it('is refused with the token that the inviter saw, and to an account that has another address', async () => {
    await add()
    await ensure()
    const seen = await given.invite(given.zeta, 'outsider', { email: ADDRESS })
    await refusal(given, 'forbidden', () => accept(seen))
    const token = await mailed()
    await given.user('mallory')
    await refusal(given, 'forbidden', () => given.as('mallory').invitations.accept({ token }))
  })

  it('gives nothing where joining is refused afterwards', async () => {
    given = await givenTwoTenants({ limits: { tenantsPerUser: 1 } })
    await add()
    await ensure()
    const token = await mailed()
    await refusal(given, 'tenant_limit_exceeded', () => accept(token))
  })

  it('I11 lifts no denial by the invitation, unless its inviter could', async () => {
    const waiting = await add()
    await given.inAcme('owner').members.setOverrides({ userId: waiting, overrides: { 'invoice:read': false } })
    await given.inAcme('owner').members.remove({ userId: waiting })
    await ensure()
    const permissions = ['tenant:read', 'member:read', 'role:read', 'invitation:create', 'invoice:read'] as const
    await given.inAcme('owner').roles.create({ key: 'greeter', name: 'Greeter', rank: 12, permissions })
    await given.inAcme('owner').members.changeRoles({ userId: 'member', roles: ['greeter'] })
    await accept(await given.inviteByMail(given.acme, 'member', { email: ADDRESS, role: 'viewer' }))
    expect((await given.inAcme('victim').access()).can('invoice:read')).toBe(false)
  })
})
