import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('an invitation with a role of the tenant’s own', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let token: string
  const clerk = { key: 'clerk', name: 'Clerk', rank: 15, permissions: ['invoice:read'] } as const
  const accept = () => fixture.as('outsider').invitations.accept({ token })
  const preview = () => fixture.as('outsider').invitations.preview({ token })
  const update = (terms: { rank?: number; permissions?: readonly `${string}:${string}`[] }) =>
    fixture.inAcme('owner').roles.update({ key: 'clerk', ...terms })

  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.inAcme('owner').roles.create({
      key: 'recruiter',
      name: 'Recruiter',
      rank: 20,
      permissions: ['tenant:read', 'invitation:create', 'invoice:read'],
    })
    await fixture.inAcme('owner').members.setRoles({ userId: 'editor', roles: ['recruiter'] })
    await fixture.inAcme('owner').roles.create(clerk)
    token = await fixture.invite(fixture.acme, 'editor', { email: 'outsider@example.com', role: 'clerk' })
  })

  it('makes a member with that role, and is mailed with its name', async () => {
    await fixture.state()
    expect(fixture.sent.at(-1)?.text).toContain('Clerk')
    expect(await preview()).toMatchObject({ role: 'clerk' })
    await accept()
    expect((await fixture.inAcme('outsider').access()).permissions()).toEqual(['invoice:read'])
  })

  it('is worth nothing once the role gives more than its inviter holds, or ranks above them', async () => {
    for (const raised of [{ permissions: ['invoice:read', 'invoice:approve'] }, { rank: 21 }] as const) {
      await update(raised)
      await refusal(fixture, 'invalid_token', accept)
      expect(await preview()).toBeNull()
      await update(clerk)
    }
    await accept()
  })

  it('is worth nothing once the role of its inviter gives less than what it offers', async () => {
    await fixture.inAcme('owner').roles.update({ key: 'recruiter', permissions: ['tenant:read', 'invitation:create'] })
    await refusal(fixture, 'invalid_token', accept)
  })

  it('is worth nothing once the role is gone, also when nothing kept it from going', async () => {
    await fixture.storage.transaction({}, (tx) => tx.roles.delete({ tenantId: fixture.acme, key: 'clerk' }))
    await refusal(fixture, 'invalid_token', accept)
    expect(await preview()).toBeNull()
    const [invitation] = (await fixture.inAcme('owner').invitations.list()).items
    await refusal(fixture, 'invalid_role', () =>
      fixture.inAcme('owner').invitations.resend({ invitationId: invitation?.id ?? '' }),
    )
  })
})
