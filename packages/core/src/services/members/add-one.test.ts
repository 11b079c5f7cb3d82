import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const EMAIL = 'colleague@example.com'

describe('adding an address that an account has without a proof', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let stranger: string
  const members = (by = 'owner') => given.inAcme(by).members
  beforeEach(async () => {
    given = await givenTwoTenants({ signUp: true })
    stranger = (await given.tenancy.as(GUEST).users.signUp({ email: EMAIL, password: 'the stranger’s' })).user.id
  })

  it('invites it instead, to the highest of the roles, and lets no session of a stranger’s in', async () => {
    const events = await given.eventsOf(async () => {
      const result = await members().add({ email: EMAIL, roles: ['viewer', 'editor'] })
      expect(result).toMatchObject({ status: 'invited', invitation: { emailKey: EMAIL, role: 'editor' } })
    })
    expect(events.map(({ type }) => type)).toEqual(['invitation.created'])
    await refusal(given, 'tenant_not_found', () => given.as(stranger).in(given.acme).get())
    await refusal(given, 'invitation_not_found', () =>
      given.as(stranger).invitations.acceptOwn({ tenantId: given.acme }),
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
    expect(await given.as('outsider').in(given.zeta).members.addOrInvite({ members: asked })).toMatchObject([
      { status: 'invited', email: EMAIL },
      { status: 'added', email: 'new@example.com', created: false },
    ])
  })

  it('is refused to whoever may not invite, and to who would not be active', async () => {
    given = await givenTwoTenants({
      roles: { adder: { rank: 35, name: 'Adder', permissions: ['tenant:read', 'member:*'] } },
    })
    await given.user('adder')
    await given.join(given.acme, 'adder', { role: 'adder', invitedBy: 'owner' })
    await given.user('colleague', { emailVerified: false })
    await refusal(given, 'forbidden', () => members('adder').add({ email: EMAIL, role: 'member' }))
    await refusal(given, 'invalid_input', () => members().add({ email: EMAIL, role: 'member', active: false }))
    expect(await members().add({ email: EMAIL, role: 'member' })).toMatchObject({ status: 'invited' })
  })

  it('adds an account that is proven, and one that nobody has opened yet', async () => {
    await given.system.users.update({ userId: stranger, emailVerified: true })
    expect(await members().add({ email: EMAIL, role: 'member' })).toMatchObject({ status: 'added', created: false })
    expect(await members().add({ email: 'new@example.com', role: 'member' })).toMatchObject({ created: true })
    const elsewhere = given.as('outsider').in(given.zeta).members
    expect(await elsewhere.add({ email: 'new@example.com', role: 'member' })).toMatchObject({ status: 'added' })
  })
})
