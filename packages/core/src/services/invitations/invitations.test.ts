import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants, tokenIn } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const HOUR = 3_600_000

describe('an invitation that was sent', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let token: string
  let id: string
  beforeEach(async () => {
    given = await givenTwoTenants()
    const { invitation, link } = await given
      .inAcme('admin')
      .members.invite({ email: 'new@example.com', role: 'editor' })
    ;[id, token] = [invitation.id, tokenIn(link)]
  })
  const preview = (what = token) => given.tenancy.as({ guest: true }).invitations.preview({ token: what })

  it('shows its holder to which tenant and as what it invites, and nothing else', async () => {
    expect(await preview()).toEqual({
      tenantId: given.acme,
      tenantName: "owner's",
      email: 'new@example.com',
      role: 'editor',
      expiresAt: given.now() + 72 * HOUR,
    })
  })

  it('is resent with a new token and a new expiry by whoever may invite', async () => {
    given.tick(71 * HOUR)
    const events = await given.eventsOf(async () => {
      const { invitation, link } = await given.inAcme('owner').invitations.resend({ invitationId: id })
      expect(invitation).toMatchObject({ id, inviterId: 'owner', role: 'editor', expiresAt: given.now() + 72 * HOUR })
      expect(await preview()).toBeNull()
      expect(await preview(tokenIn(link))).toMatchObject({ role: 'editor' })
    })
    expect(events).toMatchObject([{ type: 'invitation.renewed', actorId: 'owner', target: { id } }])
  })

  it('is resent after it expired, too', async () => {
    given.tick(100 * HOUR)
    const { link } = await given.inAcme('admin').invitations.resend({ invitationId: id })
    expect(await preview(tokenIn(link))).not.toBeNull()
  })

  it('is not resent to somebody who is a member by now', async () => {
    await given.system.users.update({ userId: 'viewer', email: 'new@example.com' })
    await refusal(given, 'already_member', () => given.inAcme('admin').invitations.resend({ invitationId: id }))
  })

  it('is not resent by whom its role is out of authority for', async () => {
    const lead = { rank: 30, name: 'Lead', permissions: ['tenant:read', 'invitation:*'] }
    given = await givenTwoTenants({ roles: { lead } })
    await given.user('lead')
    await given.join(given.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    const { invitation } = await given.inAcme('owner').members.invite({ email: 'new@example.com', role: 'admin' })
    await refusal(given, 'forbidden', () => given.inAcme('lead').invitations.resend({ invitationId: invitation.id }))
  })

  it('is revoked by the account that is invited, where it is invited here', async () => {
    await given.user('new')
    const revoke = (by: 'owner' | 'editor', who = 'new') => given.inAcme(by).invitations.revoke({ userId: who })
    await refusal(given, 'forbidden', () => revoke('editor'))
    for (const who of ['none', 'member', 'outsider'])
      await refusal(given, 'invitation_not_found', () => revoke('owner', who))
    expect(await revoke('owner')).toEqual({ email: 'new@example.com' })
    expect(await preview()).toBeNull()
    await refusal(given, 'invitation_not_found', () => revoke('owner'))
  })

  it('is revoked, once', async () => {
    const revoke = () => given.inAcme('owner').invitations.revoke({ invitationId: id })
    expect(await given.eventsOf(revoke)).toEqual([
      {
        type: 'invitation.revoked',
        actorId: 'owner',
        target: { type: 'invitation', id },
        data: { email: 'new@example.com' },
      },
    ])
    expect(await preview()).toBeNull()
    await refusal(given, 'conflict', revoke)
    await refusal(given, 'conflict', () => given.inAcme('owner').invitations.resend({ invitationId: id }))
  })

  it('is declined by its holder, once', async () => {
    const decline = () => given.tenancy.as({ guest: true }).invitations.decline({ token })
    expect(await given.eventsOf(decline)).toEqual([
      {
        type: 'invitation.declined',
        actorId: null,
        target: { type: 'invitation', id },
        data: { email: 'new@example.com' },
      },
    ])
    await refusal(given, 'invalid_token', decline)
  })

  it('is unknown in another tenant, like one that never was', async () => {
    const zeta = given.as('outsider').in(given.zeta).invitations
    const foreign = await refusal(given, 'invitation_not_found', () => zeta.revoke({ invitationId: id }))
    const unknown = await refusal(given, 'invitation_not_found', () => zeta.revoke({ invitationId: 'none' }))
    expect(foreign.message).toBe(unknown.message)
    await refusal(given, 'invitation_not_found', () => zeta.resend({ invitationId: id }))
    expect((await zeta.list({ page: 1 })).total).toBe(0)
  })

  it('is listed newest first and by status', async () => {
    given.tick(1)
    await given.inAcme('owner').members.inviteMany({ emails: ['a@example.com', 'b@example.com'], role: 'viewer' })
    const { items, total } = await given.inAcme('admin').invitations.list({ status: 'pending', page: 1, limit: 2 })
    expect([items.map(({ email }) => email), total]).toEqual([['b@example.com', 'a@example.com'], 3])
    const next = await given.inAcme('admin').invitations.list({ status: 'pending', page: 2, limit: 2 })
    expect(next.items.map((item) => item.id)).toEqual([id])
    await refusal(given, 'invalid_input', () => given.inAcme('admin').invitations.list({ status: 'open' as never }))
  })
})
