import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('an invitation with a role of the tenant’s own', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let token: string
  const clerk = { key: 'clerk', name: 'Clerk', rank: 15, permissions: ['invoice:read'] } as const
  const accept = () => given.as('outsider').invitations.accept({ token })
  const preview = () => given.as('outsider').invitations.preview({ token })
  const update = (terms: { rank?: number; permissions?: readonly `${string}:${string}`[] }) =>
    given.inAcme('owner').roles.update({ key: 'clerk', ...terms })

  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.inAcme('owner').roles.create({
      key: 'recruiter',
      name: 'Recruiter',
      rank: 20,
      permissions: ['tenant:read', 'invitation:create', 'invoice:read'],
    })
    await given.inAcme('owner').members.changeRoles({ userId: 'editor', roles: ['recruiter'] })
    await given.inAcme('owner').roles.create(clerk)
    token = await given.invite(given.acme, 'editor', { email: 'outsider@example.com', role: 'clerk' })
  })

  it('makes a member with that role, and is mailed with its name', async () => {
    await given.state()
    expect(given.sent.at(-1)?.text).toContain('Clerk')
    expect(await preview()).toMatchObject({ role: 'clerk' })
    await accept()
    expect((await given.inAcme('outsider').access()).permissions()).toEqual(['invoice:read'])
  })

  it('is worth nothing once the role gives more than its inviter holds, or ranks above them', async () => {
    for (const raised of [{ permissions: ['invoice:read', 'invoice:approve'] }, { rank: 21 }] as const) {
      await update(raised)
      await refusal(given, 'invalid_token', accept)
      expect(await preview()).toBeNull()
      await update(clerk)
    }
    await accept()
  })

  it('is worth nothing once the role of its inviter gives less than what it offers', async () => {
    await given.inAcme('owner').roles.update({ key: 'recruiter', permissions: ['tenant:read', 'invitation:create'] })
    await refusal(given, 'invalid_token', accept)
  })

  it('is worth nothing once the role is gone, also when nothing kept it from going', async () => {
    await given.storage.transaction({}, (tx) => tx.roles.delete({ tenantId: given.acme, key: 'clerk' }))
    await refusal(given, 'invalid_token', accept)
    expect(await preview()).toBeNull()
    const [invitation] = (await given.inAcme('owner').invitations.list()).items
    await refusal(given, 'invalid_role', () =>
      given.inAcme('owner').invitations.resend({ invitationId: invitation?.id ?? '' }),
    )
  })
})
