import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const EMAIL = 'colleague@example.com'

describe('adding an address that an account has without a proof', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let stranger: string
  const members = (by = 'owner') => fixture.inAcme(by).members
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ allowSignUp: true })
    stranger = (await fixture.tenancy.as(GUEST).users.signUp({ email: EMAIL, password: 'the stranger’s' })).user.id
  })

  it('invites it instead, to the highest of the roles, and lets no session of a stranger’s in', async () => {
    const events = await fixture.eventsOf(async () => {
      const result = await members().add({ email: EMAIL, roles: ['viewer', 'editor'] })
      expect(result).toMatchObject({ status: 'invited', invitation: { emailKey: EMAIL, role: 'editor' } })
    })
    expect(events.map(({ type }) => type)).toEqual(['invitation.created'])
    await refusal(fixture, 'tenant_not_found', () => fixture.as(stranger).in(fixture.acme).get())
    await refusal(fixture, 'invitation_not_found', () =>
      fixture.as(stranger).invitations.acceptMine({ tenantId: fixture.acme }),
    )
  })

  it('does so among many', async () => {
    const asked = [
      { email: EMAIL, role: 'member' },
      { email: 'new@example.com', role: 'member' },
    ]
    expect(await members().addMany({ members: asked })).toMatchObject([
      { status: 'invited', email: EMAIL, invitation: { role: 'member' } },
      { status: 'added', email: 'new@example.com' },
    ])
    expect(await fixture.as('outsider').in(fixture.zeta).members.addOrInvite({ members: asked })).toMatchObject([
      { status: 'invited', email: EMAIL },
      { status: 'added', email: 'new@example.com', created: false },
    ])
  })

  it('rejects callers who may not invite, and inactive members', async () => {
    fixture = await twoTenantsFixture({
      roles: { adder: { rank: 35, name: 'Adder', permissions: ['tenant:read', 'member:*'] } },
    })
    await fixture.user('adder')
    await fixture.join(fixture.acme, 'adder', { role: 'adder', invitedBy: 'owner' })
    await fixture.user('colleague', { emailVerified: false })
    await refusal(fixture, 'forbidden', () => members('adder').add({ email: EMAIL, role: 'member' }))
    await refusal(fixture, 'invalid_input', () => members().add({ email: EMAIL, role: 'member', active: false }))
    expect(await members().add({ email: EMAIL, role: 'member' })).toMatchObject({ status: 'invited' })
  })

  it('adds a verified account, and one that was never activated', async () => {
    await fixture.system.users.update({ userId: stranger, emailVerified: true })
    expect(await members().add({ email: EMAIL, role: 'member' })).toMatchObject({ status: 'added', created: false })
    expect(await members().add({ email: 'new@example.com', role: 'member' })).toMatchObject({ created: true })
    const elsewhere = fixture.as('outsider').in(fixture.zeta).members
    expect(await elsewhere.add({ email: 'new@example.com', role: 'member' })).toMatchObject({ status: 'added' })
  })
})
