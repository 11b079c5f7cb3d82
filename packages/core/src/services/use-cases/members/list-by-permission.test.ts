import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('who has a permission', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  type Question = Parameters<ReturnType<typeof fixture.inAcme>['members']['listByPermission']>[0]
  const who = async (question: Question) => {
    const { items } = await fixture.inAcme('owner').members.listByPermission({ limit: 100, ...question })
    return items.map(({ userId }) => userId)
  }
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('is by roles, and by what was granted and denied to one alone', async () => {
    const full = ['admin', 'other-admin', 'owner']
    expect(await who({ permission: 'invoice:approve' })).toEqual(full)
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:update': false } })
    expect(await who({ permission: 'invoice:approve' })).toEqual([...full, 'viewer'])
    expect(await who({ permission: 'invoice:update' })).toEqual(full)
    expect(await who({ permission: 'tenant:archive' })).toEqual(['owner'])
  })

  it('is by roles of the tenant’s own', async () => {
    await fixture
      .inAcme('owner')
      .roles.create({ key: 'approver', name: 'Approver', rank: 5, permissions: ['invoice:approve'] })
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['viewer', 'approver'] })
    expect(await who({ permission: 'invoice:approve' })).toContain('viewer')
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['viewer'] })
    expect(await who({ permission: 'invoice:approve' })).not.toContain('viewer')
  })

  it('is the owner of a private thing, and of one that is shared elsewhere', async () => {
    const permission = 'invoice:read'
    expect(await who({ permission, resource: { ownerId: 'viewer', visibility: 'private' } })).toEqual(['viewer'])
    const shared = { ownerId: 'viewer', tenantId: fixture.acme, sharedTenantId: fixture.zeta }
    expect(await who({ permission, resource: shared })).toEqual(['viewer'])
    expect(await who({ permission, resource: { visibility: 'private' } })).toEqual([])
    expect(await who({ permission, resource: { ownerId: 'viewer', tenantId: fixture.zeta } })).toEqual([])
    expect(await who({ permission, resource: { ownerId: 'outsider', visibility: 'private' } })).toEqual([])
  })

  it('is not the owner of a thing for what owning does not give, unless they hold it', async () => {
    const permission = 'invoice:approve'
    const shown = { ownerId: 'viewer' }
    const hidden = { ownerId: 'viewer', visibility: 'private' } as const
    expect(await who({ permission, resource: shown })).toEqual(['admin', 'other-admin', 'owner'])
    expect(await who({ permission, resource: hidden })).toEqual([])
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { [permission]: true } })
    expect(await who({ permission, resource: hidden })).toEqual(['viewer'])
    const { total } = await fixture.inAcme('owner').members.listByPermission({ permission, resource: hidden, page: 1 })
    expect(total).toBe(1)
    const { allowed } = await fixture
      .inAcme('owner')
      .members.explain({ userId: 'viewer', permission, resource: hidden })
    expect(allowed).toBe(true)
  })

  it('returns no one for an undeclared permission, and no inactive members', async () => {
    // What a caller without types may hand in.
    for (const name of ['invoice:fly', '*', '', '__proto__'])
      expect(await who({ permission: name as never })).toEqual([])
    await fixture.inAcme('owner').members.deactivate({ userId: 'admin' })
    await fixture.system.users.update({ userId: 'other-admin', status: 'disabled' })
    expect(await who({ permission: 'invoice:approve' })).toEqual(['owner'])
  })

  it('is paged, with a total for page numbers, in the form of the member list', async () => {
    const { members } = fixture.inAcme('owner')
    const first = await members.listByPermission({ permission: 'member:remove', limit: 2 })
    expect(first.items.map(({ userId }) => userId)).toEqual(['admin', 'other-admin'])
    const next = await members.listByPermission({
      permission: 'member:remove',
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(next.items.map(({ userId }) => userId)).toEqual(['owner'])
    expect(next.nextCursor).toBeNull()
    expect((await members.listByPermission({ permission: 'member:remove', limit: 1, page: 2 })).total).toBe(3)
    expect(first.items[0]).toEqual(await members.get({ userId: 'admin' }))
  })

  it('requires the permission to explain the permissions of others', async () => {
    await refusal(fixture, 'forbidden', () =>
      fixture.inAcme('editor').members.listByPermission({ permission: 'invoice:read' }),
    )
    await refusal(fixture, 'tenant_not_found', () =>
      fixture.as('outsider').in(fixture.acme).members.listByPermission({ permission: 'invoice:read' }),
    )
    for (const odd of [{ owner: 'viewer' }, { visibility: 'public' }, { tenantId: 7 }, []]) {
      // What a caller without types may hand in.
      const question = { permission: 'invoice:read', resource: odd } as never
      await refusal(fixture, 'invalid_input', () => fixture.inAcme('owner').members.listByPermission(question))
    }
  })
})
