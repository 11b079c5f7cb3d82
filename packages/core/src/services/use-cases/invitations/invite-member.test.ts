import { beforeEach, describe, expect, it } from 'vitest'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { twoTenantsFixture, tokenIn } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const HOUR = 3_600_000

describe('inviteMember', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const start = async (options: Partial<TenancyOptions> = {}) => (fixture = await twoTenantsFixture(options))
  const invite = (by: string, email: string, role = 'member') => fixture.inAcme(by).members.invite({ email, role })
  beforeEach(() => start())

  it('creates a pending invitation, appends an event and emails the link to the address as typed', async () => {
    const { invitation, link } = await invite('admin', ' New@Example.com ')
    expect(invitation).toMatchObject({
      tenantId: fixture.acme,
      email: 'New@Example.com',
      emailKey: 'new@example.com',
      role: 'member',
      status: 'pending',
      inviterId: 'admin',
      expiresAt: fixture.now() + 72 * HOUR,
    })
    const { type, actorId, target, data } = fixture.heard.at(-1) ?? {}
    expect({ type, actorId, target, data }).toEqual({
      type: 'invitation.created',
      actorId: 'admin',
      target: { type: 'invitation', id: invitation.id },
      data: { email: 'New@Example.com', role: 'member' },
    })
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.at(-1)).toMatchObject({ to: 'New@Example.com', text: expect.stringContaining('token=token-') })
    expect(fixture.sent.at(-1)?.text).not.toContain(link ?? 'no link')
  })

  it('looks the same for an address with an account and one without', async () => {
    await fixture.user('known')
    const shape = async (email: string) => {
      const { invitation, link } = await invite('admin', email)
      return JSON.stringify({ invitation, link })
        .replaceAll(email, '<email>')
        .replaceAll(/(id|token)-\d+/g, '<$1>')
    }
    expect(await shape('known@example.com')).toBe(await shape('fresh@example.com'))
  })

  it.each(['NEW@example.com', 'New＠example．com', ' new@EXAMPLE.com '])(
    'replaces the invitation of the same address written %j: the earlier token is void',
    async (again) => {
      const first = await invite('admin', 'new@example.com')
      const events = await fixture.eventsOf(() => invite('owner', again, 'viewer'))
      expect(events.map(({ type }) => type)).toEqual(['invitation.resent'])
      const guest = fixture.tenancy.as({ guest: true })
      expect(await guest.invitations.preview({ token: tokenIn(first.link) })).toBeNull()
      const { items } = await fixture.inAcme('owner').invitations.list({ status: 'pending' })
      expect(items).toMatchObject([{ id: first.invitation.id, role: 'viewer', inviterId: 'owner' }])
    },
  )

  it('takes a plus tag for another address', async () => {
    await invite('admin', 'new@example.com')
    await invite('admin', 'new+shop@example.com')
    expect((await fixture.inAcme('owner').invitations.list({ status: 'pending' })).items).toHaveLength(2)
  })

  it('is refused for a role that does not exist or cannot be given, before anything is said about the address', async () => {
    for (const role of ['owner', 'Owner ', 'admin,owner', 'boss', '', 'constructor', '__proto__']) {
      await refusal(fixture, 'invalid_role', () => invite('owner', 'member@example.com', role))
    }
    for (const role of [['admin'], null, { role: 'admin' }]) {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () => invite('owner', 'new@example.com', role as never))
    }
  })

  it('allows an admin to invite an admin, and no role with permissions the inviter lacks', async () => {
    await invite('admin', 'new@example.com', 'admin')
    const lead = {
      rank: 30,
      name: 'Lead',
      permissions: ['tenant:read', 'member:read', 'invitation:create', 'invoice:read'],
    }
    const approver = { rank: 10, name: 'Approver', permissions: ['invoice:approve'] }
    await start({ roles: { lead, approver } })
    await fixture.user('lead')
    await fixture.join(fixture.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    await refusal(fixture, 'forbidden', () => invite('lead', 'new@example.com', 'approver'))
    await refusal(fixture, 'forbidden', () => invite('lead', 'new@example.com', 'admin'))
    await invite('lead', 'new@example.com', 'lead')
  })

  it('is refused for a member, active or not, however their address is written', async () => {
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(fixture, 'already_member', () => invite('owner', 'VIEWER@example.com'))
    await refusal(fixture, 'already_member', () => invite('owner', 'member＠example.com', 'viewer'))
  })

  it.each([
    '',
    'new',
    'new@',
    'new@example.com, other@example.com',
    'new@example.com\r\nBcc: x@example.com',
    'x'.repeat(10_000),
  ])('rejects %j as an invalid email address', async (email) => {
    const { details } = await refusal(fixture, 'invalid_email', () => invite('owner', email))
    expect(details.field).toBe('email')
  })

  it('is refused when no seat is free, and counts the seats of this tenant only', async () => {
    await start({ limits: { membersPerTenant: 7 } })
    const { details } = await refusal(fixture, 'member_limit_exceeded', () => invite('owner', 'new@example.com'))
    expect(details).toEqual({ limit: 7 })
    await fixture.as('outsider').in(fixture.zeta).members.invite({ email: 'new@example.com', role: 'member' })
    await fixture.inAcme('owner').members.remove({ userId: 'viewer' })
    await invite('owner', 'new@example.com')
  })

  it('is refused when too many are pending; an expired one makes room, a renewed one takes none', async () => {
    await start({ limits: { pendingInvitationsPerTenant: 1 } })
    const first = await invite('owner', 'first@example.com')
    await refusal(fixture, 'invitation_limit_exceeded', () => invite('owner', 'second@example.com'))
    await invite('owner', 'first@example.com')
    fixture.tick(72 * HOUR)
    await invite('owner', 'second@example.com')
    await refusal(fixture, 'invitation_limit_exceeded', () => invite('owner', 'first@example.com'))
    const resend = () => fixture.inAcme('owner').invitations.resend({ invitationId: first.invitation.id })
    await refusal(fixture, 'invitation_limit_exceeded', resend)
  })

  it('is refused for a day after the person declined', async () => {
    const { link } = await invite('owner', 'new@example.com')
    await fixture.tenancy.as({ guest: true }).invitations.decline({ token: tokenIn(link) })
    fixture.tick(HOUR)
    const { details } = await refusal(fixture, 'recently_declined', () => invite('owner', 'new@example.com'))
    expect(details.retryAfterMs).toBe(23 * HOUR)
    fixture.tick(23 * HOUR)
    await invite('owner', 'new@example.com')
  })

  it('is refused for a day at every address of the mailbox that declined, in this tenant alone', async () => {
    const { link } = await invite('owner', 'new+work@example.com')
    await fixture.tenancy.as({ guest: true }).invitations.decline({ token: tokenIn(link) })
    for (const email of ['new@example.com', 'NEW+1@example.com', 'new+work@example.com'])
      await refusal(fixture, 'recently_declined', () => invite('owner', email))
    for (const email of ['new1@example.com', 'new+work@example.org', 'work@example.com']) await invite('owner', email)
    await fixture.as('outsider').in(fixture.zeta).members.invite({ email: 'new@example.com', role: 'member' })
    fixture.tick(24 * HOUR)
    await invite('owner', 'new@example.com')
  })

  it('stops at so many mails per recipient, per mailbox, per tenant and per network address', async () => {
    await start({ limits: { emailsPerRecipient: 2 } })
    await invite('owner', 'new@example.com')
    await invite('admin', 'NEW+1@example.com')
    for (const email of ['new@example.com', 'new+2@example.com', 'new+@example.com'])
      await refusal(fixture, 'email_limit_exceeded', () => invite('admin', email))
    await fixture.as('outsider').in(fixture.zeta).members.invite({ email: 'new+1@example.com', role: 'member' })
    await start({ limits: { emailsPerMailbox: 1 } })
    await invite('owner', 'new@example.com')
    const elsewhere = fixture.as('outsider').in(fixture.zeta).members
    await refusal(fixture, 'email_limit_exceeded', () => elsewhere.invite({ email: 'new@example.com', role: 'member' }))
    await start({ limits: { emailsPerTenant: ({ ownerId }) => (ownerId === 'owner' ? 7 : undefined) } })
    await invite('owner', 'first@example.com')
    const { details } = await refusal(fixture, 'email_limit_exceeded', () => invite('owner', 'second@example.com'))
    expect(details).toMatchObject({ per: 'tenant' })
    await start({ limits: { emailsPerIp: 1 } })
    const from = (ip: string) => fixture.tenancy.as({ userId: 'owner', ip }).in(fixture.acme).members
    await from('192.0.2.1').invite({ email: 'first@example.com', role: 'member' })
    const again = () => from('192.0.2.1').invite({ email: 'second@example.com', role: 'member' })
    await refusal(fixture, 'email_limit_exceeded', again)
    await from('192.0.2.2').invite({ email: 'second@example.com', role: 'member' })
  })
})

describe('tokens', () => {
  it('stand in no list, event, error or answer but the link', async () => {
    const fixture = await twoTenantsFixture()
    const { invitation, link } = await fixture
      .inAcme('owner')
      .members.invite({ email: 'new@example.com', role: 'member' })
    const resent = await fixture.inAcme('owner').invitations.resend({ invitationId: invitation.id })
    const tokens = [tokenIn(link), tokenIn(resent.link)]
    const { sent: _, ...state } = await fixture.state()
    const seen = JSON.stringify([state, fixture.heard, invitation, await fixture.inAcme('owner').invitations.list()])
    for (const token of tokens) expect(seen).not.toContain(token)
    const error = await refusal(fixture, 'invalid_token', () =>
      fixture.as('viewer').invitations.accept({ token: tokens[0] ?? '' }),
    )
    expect(JSON.stringify([error.message, error.details])).not.toContain(tokens[0])
  })
})
