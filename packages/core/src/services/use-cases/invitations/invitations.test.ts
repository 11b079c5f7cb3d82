import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture, tokenIn } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const HOUR = 3_600_000

describe('an invitation that was sent', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let token: string
  let id: string
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    const { invitation, link } = await fixture
      .inAcme('admin')
      .members.invite({ email: 'new@example.com', role: 'editor' })
    ;[id, token] = [invitation.id, tokenIn(link)]
  })
  const preview = (what = token) => fixture.tenancy.as({ guest: true }).invitations.preview({ token: what })

  it('shows its holder to which tenant and as what it invites, and nothing else', async () => {
    expect(await preview()).toEqual({
      tenantId: fixture.acme,
      tenantName: "owner's",
      email: 'new@example.com',
      role: 'editor',
      expiresAt: fixture.now() + 72 * HOUR,
    })
  })

  it('is resent with a new token and expiry by members who may invite', async () => {
    fixture.tick(71 * HOUR)
    const events = await fixture.eventsOf(async () => {
      const { invitation, link } = await fixture.inAcme('owner').invitations.resend({ invitationId: id })
      expect(invitation).toMatchObject({ id, inviterId: 'owner', role: 'editor', expiresAt: fixture.now() + 72 * HOUR })
      expect(await preview()).toBeNull()
      expect(await preview(tokenIn(link))).toMatchObject({ role: 'editor' })
    })
    expect(events).toMatchObject([{ type: 'invitation.resent', actorId: 'owner', target: { id } }])
  })

  it('is resent after it expired, too', async () => {
    fixture.tick(100 * HOUR)
    const { link } = await fixture.inAcme('admin').invitations.resend({ invitationId: id })
    expect(await preview(tokenIn(link))).not.toBeNull()
  })

  it('is not resent when the invitee has become a member', async () => {
    await fixture.system.users.update({ userId: 'viewer', email: 'new@example.com' })
    await refusal(fixture, 'already_member', () => fixture.inAcme('admin').invitations.resend({ invitationId: id }))
  })

  it('is not resent by a member who may not assign its role', async () => {
    const lead = { rank: 30, name: 'Lead', permissions: ['tenant:read', 'invitation:*'] }
    fixture = await twoTenantsFixture({ roles: { lead } })
    await fixture.user('lead')
    await fixture.join(fixture.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    const { invitation } = await fixture.inAcme('owner').members.invite({ email: 'new@example.com', role: 'admin' })
    await refusal(fixture, 'forbidden', () =>
      fixture.inAcme('lead').invitations.resend({ invitationId: invitation.id }),
    )
  })

  it('is revoked by the account that is invited, where it is invited here', async () => {
    await fixture.user('new')
    const revoke = (by: 'owner' | 'editor', who = 'new') => fixture.inAcme(by).invitations.revoke({ userId: who })
    await refusal(fixture, 'forbidden', () => revoke('editor'))
    for (const who of ['none', 'member', 'outsider'])
      await refusal(fixture, 'invitation_not_found', () => revoke('owner', who))
    expect(await revoke('owner')).toEqual({ email: 'new@example.com' })
    expect(await preview()).toBeNull()
    await refusal(fixture, 'invitation_not_found', () => revoke('owner'))
  })

  it('is revoked, once', async () => {
    const revoke = () => fixture.inAcme('owner').invitations.revoke({ invitationId: id })
    expect(await fixture.eventsOf(revoke)).toEqual([
      {
        type: 'invitation.revoked',
        actorId: 'owner',
        target: { type: 'invitation', id },
        data: { email: 'new@example.com' },
      },
    ])
    expect(await preview()).toBeNull()
    await refusal(fixture, 'conflict', revoke)
    await refusal(fixture, 'conflict', () => fixture.inAcme('owner').invitations.resend({ invitationId: id }))
  })

  it('is declined by its holder, once', async () => {
    const decline = () => fixture.tenancy.as({ guest: true }).invitations.decline({ token })
    expect(await fixture.eventsOf(decline)).toEqual([
      {
        type: 'invitation.declined',
        actorId: null,
        target: { type: 'invitation', id },
        data: { email: 'new@example.com' },
      },
    ])
    await refusal(fixture, 'invalid_token', decline)
  })

  it('is unknown in another tenant, like one that never was', async () => {
    const zeta = fixture.as('outsider').in(fixture.zeta).invitations
    const foreign = await refusal(fixture, 'invitation_not_found', () => zeta.revoke({ invitationId: id }))
    const unknown = await refusal(fixture, 'invitation_not_found', () => zeta.revoke({ invitationId: 'none' }))
    expect(foreign.message).toBe(unknown.message)
    await refusal(fixture, 'invitation_not_found', () => zeta.resend({ invitationId: id }))
    expect((await zeta.list({ page: 1 })).total).toBe(0)
  })

  it('is listed newest first and by status', async () => {
    fixture.tick(1)
    await fixture.inAcme('owner').members.inviteMany({ emails: ['a@example.com', 'b@example.com'], role: 'viewer' })
    const { items, total } = await fixture.inAcme('admin').invitations.list({ status: 'pending', page: 1, limit: 2 })
    expect([items.map(({ email }) => email), total]).toEqual([['b@example.com', 'a@example.com'], 3])
    const next = await fixture.inAcme('admin').invitations.list({ status: 'pending', page: 2, limit: 2 })
    expect(next.items.map((item) => item.id)).toEqual([id])
    await refusal(fixture, 'invalid_input', () => fixture.inAcme('admin').invitations.list({ status: 'open' as never }))
  })
})
