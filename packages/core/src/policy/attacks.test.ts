import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTenancy } from '../create-tenancy.js'
import { memoryStorage } from '../storage/memory-storage/memory-storage.js'
import { givenTwoTenants } from '../testing/given-tenancy.js'
import { refusal } from '../testing/refusal.js'

/** Facts that are missing, odd, or those of somebody else, as a host without types may hand them in. */
const odd = fc.constantFrom(undefined, null, '', 'acme', 'zeta', 'viewer', 'editor', 'tenant', 'private', 7, {}, [])
const facts = fc.record({ ownerId: odd, visibility: odd, tenantId: odd, sharedTenantId: odd }, { requiredKeys: [] })

describe('attacks on decisions', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const accessOf = (userId: string) => given.inAcme(userId).access()
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('E01 an error or a missing fact is no', async () => {
    const owner = await accessOf('owner')
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
    expect(start({ usersBy: 'operator' })).toThrow('usersBy: needs "operators" or "users"')
    expect(start({ directAdd: 'false' })).toThrow('directAdd: needs true or false')
    expect(start({ limits: { memberPerTenant: 5 } })).toThrow(
      'limits: there is no option "memberPerTenant"; did you mean "membersPerTenant"?',
    )
    for (const odd of [-1, 1.5, NaN, '5', null])
      expect(start({ limits: { membersPerTenant: odd } })).toThrow('limits: "membersPerTenant" needs a whole number')
    expect(start({ limits: { mailsPerIp: () => 5 } })).toThrow('limits: "mailsPerIp" needs a whole number')
    start({ limits: { membersPerTenant: () => undefined, mailsPerIp: Infinity, tenantsPerUser: undefined } })()
  })

  it('E03 the right to act is no right on this target', async () => {
    const owner = await accessOf('owner')
    expect(owner.can('invoice:delete')).toBe(true)
    const targets = [
      { ownerId: 'viewer', visibility: 'private' as const },
      { ownerId: 'owner', tenantId: given.zeta },
      { ownerId: 'viewer', tenantId: given.acme, sharedTenantId: given.zeta },
    ]
    for (const target of targets) expect(owner.can('invoice:delete', target)).toBe(false)
    const admin = given.inAcme('admin').members
    await refusal(given, 'forbidden', () => admin.remove({ userId: 'owner' }))
    await refusal(given, 'forbidden', () =>
      admin.setOverrides({ userId: 'other-admin', overrides: { 'invoice:read': true } }),
    )
    await refusal(given, 'member_not_found', () => admin.remove({ userId: 'outsider' }))
  })

  it('E04 a revoked right is gone at the next access()', async () => {
    const owner = given.inAcme('owner').members
    await owner.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    expect((await accessOf('viewer')).can('invoice:approve')).toBe(true)
    await owner.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': null } })
    const revoked = await accessOf('viewer')
    expect(revoked.can('invoice:approve')).toBe(false)
    expect(revoked.filter('invoice:approve').toSql().sql).toBe('1 = 0')
    await owner.changeRoles({ userId: 'editor', roles: ['viewer'] })
    expect((await accessOf('editor')).can('invoice:delete')).toBe(false)
    await owner.deactivate({ userId: 'editor' })
    await refusal(given, 'tenant_not_found', () => accessOf('editor'))
    await owner.remove({ userId: 'member' })
    await refusal(given, 'tenant_not_found', () => accessOf('member'))
  })

  it('E05 a batch with duplicates equals single checks', async () => {
    await given.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:read': false } })
    const permission = fc.constantFrom('invoice:read', 'invoice:approve', 'member:read', 'invoice:fly', '')
    const question = fc.record({ permission, resource: fc.option(facts, { nil: undefined }) })
    for (const userId of ['owner', 'editor', 'viewer']) {
      const access = await accessOf(userId)
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
    await given.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    const permission = fc.constantFrom('invoice:read', 'invoice:approve', 'tenant:update', 'invoice:fly')
    for (const userId of ['owner', 'editor', 'viewer']) {
      const access = await accessOf(userId)
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
