import { beforeEach, describe, expect, it } from 'vitest'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const ADDRESS = 'victim@example.com'

describe('accepting an invitation with an account that has no address', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  // As a host does that does not know whether the address is theirs.
  const ensure = () => fixture.system.users.ensure({ id: 'victim', email: ADDRESS })
  const accept = (token: string) => fixture.as('victim').invitations.accept({ token })
  const mailed = (role = 'viewer') => fixture.inviteByEmail(fixture.zeta, 'outsider', { email: ADDRESS, role })
  const add = async () =>
    added(await fixture.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ allowSignUp: true })
  })

  it('gives it the invited one with the mailed token, and what waits for whoever proves it', async () => {
    const waiting = await add()
    expect(await ensure()).toMatchObject({ email: 'victim@no-address.invalid' })
    const token = await mailed()
    const events = await fixture.eventsOf(() => accept(token))
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.updated', 'victim'],
      ['member.claimed', 'victim'],
      ['user.claimed', waiting],
      ['member.joined', 'victim'],
    ])
    expect(events[0]?.data).toEqual({ changed: ['email', 'emailVerifiedAt'] })
    const { email, emailKey, emailVerifiedAt } = await fixture.as('victim').users.me()
    expect([email, emailKey, emailVerifiedAt]).toEqual([ADDRESS, ADDRESS, fixture.now()])
    expect((await fixture.inAcme('victim').access()).roles).toEqual(['editor'])
    expect((await fixture.as('victim').in(fixture.zeta).access()).roles).toEqual(['viewer'])
    expect(await fixture.inAcme('owner').events.verify()).toMatchObject({ intact: true })
  })

  it('leaves a proof that the host, which still does not know, does not take back', async () => {
    await add()
    await ensure()
    await accept(await mailed())
    expect(await fixture.eventsOf(async () => void (await ensure()))).toEqual([])
    expect(await ensure()).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: fixture.now() })
  })

  it('takes the address from an account that has no proof of it', async () => {
    await add()
    await ensure()
    const token = await mailed()
    const first = await fixture.tenancy.as(GUEST).invitations.signUp({ token })
    await fixture.system.users.update({ userId: first.user.id, emailVerified: false })
    const again = await fixture.inviteByEmail(await fixture.tenant('third'), 'third', { email: ADDRESS })
    const events = await fixture.eventsOf(() => accept(again))
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.email_removed', first.user.id],
      ['user.updated', 'victim'],
      ['member.joined', 'victim'],
    ])
  })

  it('is refused, and changes nothing, where another account has proven the address', async () => {
    await add()
    await ensure()
    const token = await mailed()
    const { user } = await fixture.tenancy.as(GUEST).invitations.signUp({ token })
    expect(user.emailVerifiedAt).not.toBeNull()
    const again = await fixture.inviteByEmail(await fixture.tenant('third'), 'third', { email: ADDRESS })
    await refusal(fixture, 'forbidden', () => accept(again))
  })

  it('is refused with the token that the inviter saw, and to an account that has another address', async () => {
    await add()
    await ensure()
    const seen = await fixture.invite(fixture.zeta, 'outsider', { email: ADDRESS })
    await refusal(fixture, 'forbidden', () => accept(seen))
    const token = await mailed()
    await fixture.user('mallory')
    await refusal(fixture, 'forbidden', () => fixture.as('mallory').invitations.accept({ token }))
  })

  it('gives nothing where joining is refused afterwards', async () => {
    fixture = await twoTenantsFixture({ limits: { tenantsPerUser: 1 } })
    await add()
    await ensure()
    const token = await mailed()
    await refusal(fixture, 'tenant_limit_exceeded', () => accept(token))
  })

  it('I11 lifts no denial by the invitation, unless its inviter could', async () => {
    const waiting = await add()
    await fixture.inAcme('owner').members.setOverrides({ userId: waiting, overrides: { 'invoice:read': false } })
    await fixture.inAcme('owner').members.remove({ userId: waiting })
    await ensure()
    const permissions = ['tenant:read', 'member:read', 'role:read', 'invitation:create', 'invoice:read'] as const
    await fixture.inAcme('owner').roles.create({ key: 'greeter', name: 'Greeter', rank: 12, permissions })
    await fixture.inAcme('owner').members.setRoles({ userId: 'member', roles: ['greeter'] })
    await accept(await fixture.inviteByEmail(fixture.acme, 'member', { email: ADDRESS, role: 'viewer' }))
    expect((await fixture.inAcme('victim').access()).can('invoice:read')).toBe(false)
  })
})
