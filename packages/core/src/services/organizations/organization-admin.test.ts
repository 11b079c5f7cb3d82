import { beforeEach, describe, expect, it } from 'vitest'
import { BUILT_IN_ROLES } from '../../policy/roles.js'
import { givenOrganization } from '../../testing/given-organization.js'
import type { GivenOrganization } from '../../testing/given-organization.js'
import { refusal } from '../../testing/refusal.js'

let given: GivenOrganization
beforeEach(async () => {
  given = await givenOrganization()
})

describe('an active admin of the organization', () => {
  it('acts in each of its tenants with the rights of an admin, without a membership', async () => {
    const access = await given.inAcme('ada').access()
    expect([access.roles, access.rank]).toEqual([['admin'], 40])
    expect(access.explain('invoice:approve')).toEqual({
      allowed: true,
      rule: 'organization_admin',
      sentence: 'invoice:approve is allowed: the user runs the tenant’s organization.',
    })
    expect(access.can('tenant:transfer')).toBe(false)
    await given.inAcme('ada').update({ name: 'Acme Ltd' })
    await given.inAcme('ada').members.remove({ userId: 'ed' })
    const { items } = await given.inAcme('ada').members.list()
    expect(items.map(({ userId }) => userId)).toEqual(['ann', 'mel'])
  })

  it('keeps the rule of a membership that is as good, and adds to one that is less', async () => {
    expect((await given.inAcme('ann').access()).explain('invoice:read')).toMatchObject({ rule: 'full_role' })
    expect((await given.inAcme('ann').access()).roles).toEqual(['owner'])
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    const access = await given.inAcme('ada').access()
    expect([access.roles, access.rank]).toEqual([['viewer', 'admin'], 40])
    expect(access.explain('invoice:approve')).toMatchObject({ rule: 'organization_admin' })
  })

  it('has the rights of an admin whatever role or exception a membership brings', async () => {
    const lead = { rank: 45, name: 'Lead', permissions: ['tenant:read'] }
    given = await givenOrganization({ roles: { lead, admin: { ...BUILT_IN_ROLES.admin, full: false } } })
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await given.system.inOrganization(given.umbrella).members.update({ userId: 'ada', admin: false })
    await given.inAcme('ann').members.changeRoles({ userId: 'ada', roles: ['lead'] })
    await given.inAcme('ann').members.setOverrides({ userId: 'ada', overrides: { 'invoice:read': false } })
    await given.system.inOrganization(given.umbrella).members.update({ userId: 'ada', admin: true })
    const access = await given.inAcme('ada').access()
    expect([access.roles, access.rank, access.canAll(['member:remove', 'invoice:read'])]).toEqual([
      ['lead', 'admin'],
      45,
      true,
    ])
    const { items } = await given.inAcme('ann').members.listWho({ permission: 'invoice:read' })
    expect(items.map(({ userId }) => userId)).toContain('ada')
  })

  it('is told to have them when an exception is written beside them', async () => {
    given = await givenOrganization({ roles: { admin: { ...BUILT_IN_ROLES.admin, full: false } } })
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    const { members } = given.inAcme('ann')
    const { permissions } = await members.setOverrides({ userId: 'ada', overrides: { 'invoice:read': false } })
    expect(permissions['invoice']?.['read']).toBe(true)
    expect(permissions).toEqual((await members.getOverrides({ userId: 'ada' })).permissions)
  })

  it('never acts as owner', async () => {
    const ada = given.inAcme('ada')
    await refusal(given, 'forbidden', () => ada.archive())
    await refusal(given, 'forbidden', () => ada.ownership.start())
    await refusal(given, 'forbidden', () => ada.members.remove({ userId: 'ann' }))
    await refusal(given, 'forbidden', () => ada.members.deactivate({ userId: 'ann' }))
    await refusal(given, 'forbidden', () => ada.members.changeRoles({ userId: 'mel', roles: ['admin'] }))
  })

  it('keeps what the organization gives where a membership of the tenant is not active', async () => {
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await given.system.inOrganization(given.umbrella).members.update({ userId: 'ada', active: false })
    await given.inAcme('ann').members.deactivate({ userId: 'ada' })
    await given.system.inOrganization(given.umbrella).members.update({ userId: 'ada', active: true })
    const access = await given.inAcme('ada').access()
    expect(access).toMatchObject({ roles: ['admin'], rank: 40 })
    expect(access.explain('invoice:read')).toMatchObject({ allowed: true, rule: 'organization_admin' })
    const who = await given.inAcme('ann').members.listWho({ permission: 'member:assign' })
    expect(who.items.map(({ userId, roles }) => [userId, roles])).toEqual([
      ['ada', ['admin']],
      ['ann', ['owner']],
    ])
    expect(await given.inAcme('ann').members.explain({ userId: 'ada', permission: 'invoice:read' })).toMatchObject({
      allowed: true,
    })
    // What the membership alone gave is gone.
    await refusal(given, 'member_not_found', () => given.inAcme('ada').members.leave())
    await refusal(given, 'forbidden', () => given.as('ada').tenants.switch({ tenantId: given.acme }))
    await given.inUmbrella('ann').members.remove({ userId: 'ada' })
    await refusal(given, 'tenant_not_found', () => given.inAcme('ada').access())
  })

  it('I12 is not locked out from below, by whoever may add members', async () => {
    await given.inAcme('ann').roles.create({
      key: 'greeter',
      name: 'Greeter',
      rank: 12,
      permissions: ['tenant:read', 'member:read', 'role:read', 'member:add'],
    })
    for (const [id, role] of [
      ['boss', 'admin'],
      ['low', 'greeter'],
    ] as const) {
      await given.user(id)
      await given.join(given.acme, id, { role, invitedBy: 'ann' })
      const { members } = given.inAcme(id)
      const email = 'ada@example.com'
      await refusal(given, 'forbidden', () => members.add({ email, role: 'viewer', active: false }))
      const [result] = await members.addMany({ members: [{ email, role: 'viewer', active: false }] })
      expect(result).toMatchObject({ status: 'failed', error: { code: 'forbidden' } })
      expect((await given.inAcme('ada').access()).can('member:assign')).toBe(true)
    }
    await given.inAcme('boss').members.add({ email: 'ada@example.com', role: 'viewer' })
    await refusal(given, 'forbidden', () => given.inAcme('boss').members.update({ userId: 'ada', active: false }))
    await refusal(given, 'forbidden', () => given.inAcme('boss').members.deactivate({ userId: 'ada' }))
    // The owner ranks above: the membership is inactive then, and the organization gives what it gave.
    await given.inAcme('ann').members.update({ userId: 'ada', active: false })
    expect((await given.inAcme('ada').access()).can('member:assign')).toBe(true)
  })

  it('has authority over admins as an admin has, and nobody but the owner has it over them', async () => {
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    await given.user('boss')
    await given.join(given.acme, 'boss', { role: 'admin', invitedBy: 'ann' })
    await refusal(given, 'forbidden', () => given.inAcme('boss').members.deactivate({ userId: 'ada' }))
    await given.inAcme('ann').members.deactivate({ userId: 'ada' })
  })

  it('D06 leaves a superuser’s membership to others', async () => {
    await given.join(given.acme, 'root', { role: 'viewer', invitedBy: 'ann' })
    const calls = [
      () => given.inAcme('ada').members.remove({ userId: 'root' }),
      () => given.inAcme('ada').members.dismiss({ userId: 'root' }),
      () => given.inAcme('ada').members.deactivate({ userId: 'root' }),
      () => given.inAcme('ada').members.changeRoles({ userId: 'root', roles: ['editor'] }),
      () => given.inAcme('ada').members.update({ userId: 'root', roles: { editor: true } }),
      () => given.inAcme('ada').members.setOverrides({ userId: 'root', overrides: { 'invoice:read': false } }),
    ]
    for (const call of calls) await refusal(given, 'forbidden', call)
    await given.inAcme('ann').members.remove({ userId: 'root' })
  })

  it('has no membership to leave, to switch to or to find in a list', async () => {
    await refusal(given, 'member_not_found', () => given.inAcme('ada').members.leave())
    await refusal(given, 'forbidden', () => given.as('ada').tenants.switch({ tenantId: given.acme }))
    expect((await given.as('ada').tenants.list()).items).toEqual([])
    await given.inAcme('ada').recordActivity()
    const { membership } = await given.inAcme('ada').get()
    expect(membership).toMatchObject({ userId: 'ada', roles: ['admin'], active: true })
  })

  it('is nobody in tenants of another organization, and of none', async () => {
    for (const tenantId of [given.zeta, given.free]) {
      await refusal(given, 'tenant_not_found', () => given.as('ada').in(tenantId).access())
    }
  })

  it('loses all of it at once with the office, the invitations they sent included', async () => {
    const token = await given.invite(given.acme, 'ada', { email: 'stranger@example.com', role: 'editor' })
    await given.inUmbrella('ann').members.update({ userId: 'ada', admin: false })
    await refusal(given, 'tenant_not_found', () => given.inAcme('ada').access())
    await refusal(given, 'invalid_token', () => given.as('stranger').invitations.accept({ token }))
    await given.inUmbrella('ann').members.update({ userId: 'ada', admin: true })
    await given.as('stranger').invitations.accept({ token })
  })
})

describe('who may do something in a tenant', () => {
  const ask = (question: Parameters<ReturnType<GivenOrganization['inAcme']>['members']['listWho']>[0]) =>
    given.inAcme('ann').members.listWho(question)
  const idsOf = ({ items }: Awaited<ReturnType<typeof ask>>) => items.map(({ userId }) => userId)

  it('is also whoever runs the organization, a member or not', async () => {
    const before = await ask({ permission: 'invoice:approve' })
    expect(idsOf(before)).toEqual(['ada', 'ann'])
    expect(before.items[0]).toMatchObject({ roles: ['admin'], active: true, user: { email: 'ada@example.com' } })
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
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
    const told = await given.inAcme('ann').members.explain(question)
    expect(told).toMatchObject({ allowed: true, rule: 'organization_admin' })
    expect(await given.inAcme('ada').members.explain(question)).toEqual(told)
    const none = { gains: [], loses: [] }
    expect(await given.inAcme('ada').members.whatIf({ userId: 'ada', roles: ['viewer'] })).toEqual(none)
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    expect(await given.inAcme('ann').members.whatIf({ userId: 'ada', roles: ['editor'] })).toEqual(none)
    await refusal(given, 'member_not_found', () => given.inAcme('ann').members.explain({ ...question, userId: 'ina' }))
  })
})

describe('a plain or an inactive member of the organization', () => {
  it('has nothing in its tenants but their own memberships', async () => {
    expect((await given.inAcme('mel').access()).roles).toEqual(['member'])
    await refusal(given, 'tenant_not_found', () => given.inAcme('ina').access())
    await given.inUmbrella('ann').members.update({ userId: 'mel', active: false, admin: true })
    expect((await given.inAcme('mel').access()).roles).toEqual(['member'])
  })
})
