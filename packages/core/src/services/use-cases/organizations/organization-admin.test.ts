import { beforeEach, describe, expect, it } from 'vitest'
import { BUILT_IN_ROLES } from '../../../policy/roles.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'

let fixture: OrganizationFixture
beforeEach(async () => {
  fixture = await organizationFixture()
})

describe('an active admin of the organization', () => {
  it('acts in each of its tenants with the rights of an admin, without a membership', async () => {
    const access = await fixture.inAcme('ada').access()
    expect([access.roles, access.rank]).toEqual([['admin'], 40])
    expect(access.explain('invoice:approve')).toEqual({
      allowed: true,
      rule: 'organization_admin',
      message: 'invoice:approve is allowed: the user is an admin of the tenant’s organization.',
    })
    expect(access.can('tenant:transfer')).toBe(false)
    await fixture.inAcme('ada').update({ name: 'Acme Ltd' })
    await fixture.inAcme('ada').members.remove({ userId: 'ed' })
    const { items } = await fixture.inAcme('ada').members.list()
    expect(items.map(({ userId }) => userId)).toEqual(['ann', 'mel'])
  })

  it('keeps the rule of a membership that is as good, and adds to one that is less', async () => {
    expect((await fixture.inAcme('ann').access()).explain('invoice:read')).toMatchObject({ rule: 'unrestricted_role' })
    expect((await fixture.inAcme('ann').access()).roles).toEqual(['owner'])
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    const access = await fixture.inAcme('ada').access()
    expect([access.roles, access.rank]).toEqual([['viewer', 'admin'], 40])
    expect(access.explain('invoice:approve')).toMatchObject({ rule: 'organization_admin' })
  })

  it('has the rights of an admin whatever role or exception a membership brings', async () => {
    const lead = { rank: 45, name: 'Lead', permissions: ['tenant:read'] }
    fixture = await organizationFixture({ roles: { lead, admin: { ...BUILT_IN_ROLES.admin, unrestricted: false } } })
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await fixture.system.organization(fixture.umbrella).members.update({ userId: 'ada', admin: false })
    await fixture.inAcme('ann').members.setRoles({ userId: 'ada', roles: ['lead'] })
    await fixture.inAcme('ann').members.setOverrides({ userId: 'ada', overrides: { 'invoice:read': false } })
    await fixture.system.organization(fixture.umbrella).members.update({ userId: 'ada', admin: true })
    const access = await fixture.inAcme('ada').access()
    expect([access.roles, access.rank, access.canAll(['member:remove', 'invoice:read'])]).toEqual([
      ['lead', 'admin'],
      45,
      true,
    ])
    const { items } = await fixture.inAcme('ann').members.listByPermission({ permission: 'invoice:read' })
    expect(items.map(({ userId }) => userId)).toContain('ada')
  })

  it('is told to have them when an exception is written beside them', async () => {
    fixture = await organizationFixture({ roles: { admin: { ...BUILT_IN_ROLES.admin, unrestricted: false } } })
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    const { members } = fixture.inAcme('ann')
    const { permissions } = await members.setOverrides({ userId: 'ada', overrides: { 'invoice:read': false } })
    expect(permissions['invoice']?.['read']).toBe(true)
    expect(permissions).toEqual((await members.getOverrides({ userId: 'ada' })).permissions)
  })

  it('never acts as owner', async () => {
    const ada = fixture.inAcme('ada')
    await refusal(fixture, 'forbidden', () => ada.archive())
    await refusal(fixture, 'forbidden', () => ada.ownership.start())
    await refusal(fixture, 'forbidden', () => ada.members.remove({ userId: 'ann' }))
    await refusal(fixture, 'forbidden', () => ada.members.deactivate({ userId: 'ann' }))
    await refusal(fixture, 'forbidden', () => ada.members.setRoles({ userId: 'mel', roles: ['admin'] }))
  })

  it('keeps what the organization gives where a membership of the tenant is not active', async () => {
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await fixture.system.organization(fixture.umbrella).members.update({ userId: 'ada', active: false })
    await fixture.inAcme('ann').members.deactivate({ userId: 'ada' })
    await fixture.system.organization(fixture.umbrella).members.update({ userId: 'ada', active: true })
    const access = await fixture.inAcme('ada').access()
    expect(access).toMatchObject({ roles: ['admin'], rank: 40 })
    expect(access.explain('invoice:read')).toMatchObject({ allowed: true, rule: 'organization_admin' })
    const who = await fixture.inAcme('ann').members.listByPermission({ permission: 'member:assign' })
    expect(who.items.map(({ userId, roles }) => [userId, roles])).toEqual([
      ['ada', ['admin']],
      ['ann', ['owner']],
    ])
    expect(await fixture.inAcme('ann').members.explain({ userId: 'ada', permission: 'invoice:read' })).toMatchObject({
      allowed: true,
    })
    // What the membership alone gave is gone.
    await refusal(fixture, 'member_not_found', () => fixture.inAcme('ada').members.leave())
    await refusal(fixture, 'forbidden', () => fixture.as('ada').tenants.switch({ tenantId: fixture.acme }))
    await fixture.inUmbrella('ann').members.remove({ userId: 'ada' })
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('ada').access())
  })

  it('I12 is not locked out from below, by whoever may add members', async () => {
    await fixture.inAcme('ann').roles.create({
      key: 'greeter',
      name: 'Greeter',
      rank: 12,
      permissions: ['tenant:read', 'member:read', 'role:read', 'member:add'],
    })
    for (const [id, role] of [
      ['boss', 'admin'],
      ['low', 'greeter'],
    ] as const) {
      await fixture.user(id)
      await fixture.join(fixture.acme, id, { role, invitedBy: 'ann' })
      const { members } = fixture.inAcme(id)
      const email = 'ada@example.com'
      await refusal(fixture, 'forbidden', () => members.add({ email, role: 'viewer', active: false }))
      const [result] = await members.addMany({ members: [{ email, role: 'viewer', active: false }] })
      expect(result).toMatchObject({ status: 'failed', error: { code: 'forbidden' } })
      expect((await fixture.inAcme('ada').access()).can('member:assign')).toBe(true)
    }
    await fixture.inAcme('boss').members.add({ email: 'ada@example.com', role: 'viewer' })
    await refusal(fixture, 'forbidden', () => fixture.inAcme('boss').members.update({ userId: 'ada', active: false }))
    await refusal(fixture, 'forbidden', () => fixture.inAcme('boss').members.deactivate({ userId: 'ada' }))
    // The owner ranks above: the membership is inactive then, and the organization gives what it gave.
    await fixture.inAcme('ann').members.update({ userId: 'ada', active: false })
    expect((await fixture.inAcme('ada').access()).can('member:assign')).toBe(true)
  })

  it('has authority over admins as an admin has, and nobody but the owner has it over them', async () => {
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await fixture.user('boss')
    await fixture.join(fixture.acme, 'boss', { role: 'admin', invitedBy: 'ann' })
    await refusal(fixture, 'forbidden', () => fixture.inAcme('boss').members.deactivate({ userId: 'ada' }))
    await fixture.inAcme('ann').members.deactivate({ userId: 'ada' })
  })

  it('D06 leaves a superuser’s membership to others', async () => {
    await fixture.join(fixture.acme, 'root', { role: 'viewer', invitedBy: 'ann' })
    const calls = [
      () => fixture.inAcme('ada').members.remove({ userId: 'root' }),
      () => fixture.inAcme('ada').members.remove({ userId: 'root', allowSelf: true }),
      () => fixture.inAcme('ada').members.deactivate({ userId: 'root' }),
      () => fixture.inAcme('ada').members.setRoles({ userId: 'root', roles: ['editor'] }),
      () => fixture.inAcme('ada').members.update({ userId: 'root', roles: { editor: true } }),
      () => fixture.inAcme('ada').members.setOverrides({ userId: 'root', overrides: { 'invoice:read': false } }),
    ]
    for (const call of calls) await refusal(fixture, 'forbidden', call)
    await fixture.inAcme('ann').members.remove({ userId: 'root' })
  })

  it('has no membership to leave, to switch to or to find in a list', async () => {
    await refusal(fixture, 'member_not_found', () => fixture.inAcme('ada').members.leave())
    await refusal(fixture, 'forbidden', () => fixture.as('ada').tenants.switch({ tenantId: fixture.acme }))
    expect((await fixture.as('ada').tenants.list()).items).toEqual([])
    await fixture.inAcme('ada').recordActivity()
    const { membership } = await fixture.inAcme('ada').get()
    expect(membership).toMatchObject({ userId: 'ada', roles: ['admin'], active: true })
  })

  it('is nobody in tenants of another organization, and of none', async () => {
    for (const tenantId of [fixture.zeta, fixture.free]) {
      await refusal(fixture, 'tenant_not_found', () => fixture.as('ada').in(tenantId).access())
    }
  })

  it('loses all of it at once with the office, the invitations they sent included', async () => {
    const token = await fixture.invite(fixture.acme, 'ada', { email: 'stranger@example.com', role: 'editor' })
    await fixture.inUmbrella('ann').members.update({ userId: 'ada', admin: false })
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('ada').access())
    await refusal(fixture, 'invalid_token', () => fixture.as('stranger').invitations.accept({ token }))
    await fixture.inUmbrella('ann').members.update({ userId: 'ada', admin: true })
    await fixture.as('stranger').invitations.accept({ token })
  })
})

describe('who may do something in a tenant', () => {
  const ask = (question: Parameters<ReturnType<OrganizationFixture['inAcme']>['members']['listByPermission']>[0]) =>
    fixture.inAcme('ann').members.listByPermission(question)
  const idsOf = ({ items }: Awaited<ReturnType<typeof ask>>) => items.map(({ userId }) => userId)

  it('is also whoever runs the organization, a member or not', async () => {
    const before = await ask({ permission: 'invoice:approve' })
    expect(idsOf(before)).toEqual(['ada', 'ann'])
    expect(before.items[0]).toMatchObject({ roles: ['admin'], active: true, user: { email: 'ada@example.com' } })
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    const after = await ask({ permission: 'invoice:approve' })
    expect(idsOf(after)).toEqual(['ada', 'ann'])
    expect(after.items[0]).toMatchObject({ roles: ['viewer'] })
    expect(idsOf(await ask({ permission: 'tenant:archive' }))).toEqual(['ann'])
  })

  it('comes in pages, and is counted', async () => {
    const permission = 'member:remove'
    const first = await ask({ permission, limit: 1 })
    const next = await ask({ permission, limit: 1, cursor: first.nextCursor ?? '' })
    expect([idsOf(first), idsOf(next), next.nextCursor]).toEqual([['ada'], ['ann'], null])
    const second = await ask({ permission, limit: 1, page: 2 })
    expect([idsOf(second), second.total]).toEqual([['ann'], 2])
  })

  it('is the owner of a private thing who runs the organization, and no other who does', async () => {
    const private_ = (ownerId: string) => ({ ownerId, visibility: 'private' as const })
    expect(idsOf(await ask({ permission: 'invoice:read', resource: private_('ada') }))).toEqual(['ada'])
    expect(idsOf(await ask({ permission: 'invoice:read', resource: private_('mel') }))).toEqual(['mel'])
  })

  it('is explained, also to oneself, and no other role changes it', async () => {
    const question = { userId: 'ada', permission: 'invoice:approve' } as const
    const notified = await fixture.inAcme('ann').members.explain(question)
    expect(notified).toMatchObject({ allowed: true, rule: 'organization_admin' })
    expect(await fixture.inAcme('ada').members.explain(question)).toEqual(notified)
    const none = { gains: [], loses: [] }
    expect(await fixture.inAcme('ada').members.previewAccessChange({ userId: 'ada', roles: ['viewer'] })).toEqual(none)
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    expect(await fixture.inAcme('ann').members.previewAccessChange({ userId: 'ada', roles: ['editor'] })).toEqual(none)
    await refusal(fixture, 'member_not_found', () =>
      fixture.inAcme('ann').members.explain({ ...question, userId: 'ina' }),
    )
  })
})

describe('a plain or an inactive member of the organization', () => {
  it('has nothing in its tenants but their own memberships', async () => {
    expect((await fixture.inAcme('mel').access()).roles).toEqual(['member'])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('ina').access())
    await fixture.inUmbrella('ann').members.update({ userId: 'mel', active: false, admin: true })
    expect((await fixture.inAcme('mel').access()).roles).toEqual(['member'])
  })
})
