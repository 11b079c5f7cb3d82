import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTenancy } from '../create-tenancy.js'
import { memoryStorage } from '../storage/memory-storage/memory-storage.js'
import { twoTenantsFixture } from '../testing/fixtures/tenancy.js'
import { refusal } from '../testing/refusal.js'

/** Facts that are missing, odd, or those of somebody else, as a host without types may hand them in. */
const odd = fc.constantFrom(undefined, null, '', 'acme', 'zeta', 'viewer', 'editor', 'tenant', 'private', 7, {}, [])
const facts = fc.record({ ownerId: odd, visibility: odd, tenantId: odd, sharedTenantId: odd }, { requiredKeys: [] })

describe('attacks on decisions', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const createAccess = (userId: string) => fixture.inAcme(userId).access()
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('E01 an error or a missing fact is no', async () => {
    const owner = await createAccess('owner')
    for (const missing of [{ tenantId: null }, { visibility: null }, { visibility: 'everyone' }, null]) {
      // What a host without types may hand in.
      expect(owner.can('invoice:read', missing as never)).toBe(false)
    }
    for (const name of [undefined, null, '', 'invoice', 'invoice:*', '__proto__', {}, ['invoice:read']]) {
      expect(owner.can(name as never)).toBe(false)
      expect(owner.can(name as never, { ownerId: 'owner' })).toBe(false)
      expect(owner.filter(name as never).toSql().sql).toBe('1 = 0')
    }
    expect(owner.canAny([])).toBe(false)
  })

  it('E02 a broken configuration fails at start', () => {
    const start = (options: object) => () => createTenancy({ storage: memoryStorage(), ...options })
    const clerk = { rank: 10, name: 'Clerk' }
    const resources = { invoice: ['read'] }
    expect(start({ resources, roles: { clerk: { ...clerk, permissions: ['invoice:raed'] } } })).toThrow(TypeError)
    expect(start({ resources, roles: { clerk: { ...clerk, rank: 99, permissions: [] } } })).toThrow(TypeError)
    expect(start({ resources: { invoice: [] } })).toThrow(TypeError)
    expect(start({ resources: { tenant: ['read'] } })).toThrow(TypeError)
    expect(start({ storage: undefined })).toThrow('needs a storage')
    expect(start({ userCreation: 'operator' })).toThrow('userCreation: needs "operators" or "users"')
    expect(start({ allowDirectAdd: 'false' })).toThrow('allowDirectAdd: needs true or false')
    expect(start({ limits: { memberPerTenant: 5 } })).toThrow(
      'limits: there is no option "memberPerTenant"; did you mean "membersPerTenant"?',
    )
    for (const odd of [-1, 1.5, NaN, '5', null])
      expect(start({ limits: { membersPerTenant: odd } })).toThrow('limits: "membersPerTenant" needs a whole number')
    expect(start({ limits: { emailsPerIp: () => 5 } })).toThrow('limits: "emailsPerIp" needs a whole number')
    start({ limits: { membersPerTenant: () => undefined, emailsPerIp: Infinity, tenantsPerUser: undefined } })()
  })

  it('E03 the right to act is no right on this target', async () => {
    const owner = await createAccess('owner')
    expect(owner.can('invoice:delete')).toBe(true)
    const targets = [
      { ownerId: 'viewer', visibility: 'private' as const },
      { ownerId: 'owner', tenantId: fixture.zeta },
      { ownerId: 'viewer', tenantId: fixture.acme, sharedTenantId: fixture.zeta },
    ]
    for (const target of targets) expect(owner.can('invoice:delete', target)).toBe(false)
    const admin = fixture.inAcme('admin').members
    await refusal(fixture, 'forbidden', () => admin.remove({ userId: 'owner' }))
    await refusal(fixture, 'forbidden', () =>
      admin.setOverrides({ userId: 'other-admin', overrides: { 'invoice:read': true } }),
    )
    await refusal(fixture, 'member_not_found', () => admin.remove({ userId: 'outsider' }))
  })

  it('E04 a revoked right is gone at the next access()', async () => {
    const owner = fixture.inAcme('owner').members
    await owner.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    expect((await createAccess('viewer')).can('invoice:approve')).toBe(true)
    await owner.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': null } })
    const revoked = await createAccess('viewer')
    expect(revoked.can('invoice:approve')).toBe(false)
    expect(revoked.filter('invoice:approve').toSql().sql).toBe('1 = 0')
    await owner.setRoles({ userId: 'editor', roles: ['viewer'] })
    expect((await createAccess('editor')).can('invoice:delete')).toBe(false)
    await owner.deactivate({ userId: 'editor' })
    await refusal(fixture, 'tenant_not_found', () => createAccess('editor'))
    await owner.remove({ userId: 'member' })
    await refusal(fixture, 'tenant_not_found', () => createAccess('member'))
  })

  it('E05 a batch with duplicates equals single checks', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:read': false } })
    const permission = fc.constantFrom('invoice:read', 'invoice:approve', 'member:read', 'invoice:fly', '')
    const question = fc.record({ permission, resource: fc.option(facts, { nil: undefined }) })
    for (const userId of ['owner', 'editor', 'viewer']) {
      const access = await createAccess(userId)
      const batch = fc.array(question).map((list) => [...list, ...list.slice(0, 3)])
      fc.assert(
        fc.property(batch, (list) => {
          // What a host without types may hand in.
          const questions = list as Parameters<typeof access.canMany>[0]
          const single = questions.map(({ permission, resource }) => access.can(permission, resource))
          expect(access.canMany(questions)).toEqual(single)
        }),
      )
    }
  })

  it('E07 explain equals check', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    const permission = fc.constantFrom('invoice:read', 'invoice:approve', 'tenant:update', 'invoice:fly')
    for (const userId of ['owner', 'editor', 'viewer']) {
      const access = await createAccess(userId)
      fc.assert(
        fc.property(permission, fc.option(facts, { nil: undefined }), (name, about) => {
          // What a host without types may hand in.
          const asked = [name, about] as Parameters<typeof access.can>
          expect(access.explain(...asked).allowed).toBe(access.can(...asked))
        }),
      )
    }
  })
})
