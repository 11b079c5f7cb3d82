import { createAccess, compilePolicy } from '@tenantry/core'
import type { AuthorizationInput, TenancyPermission } from '@tenantry/core'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyMembership } from './any-membership.js'
import { anyOverrides } from './any-overrides.js'
import { anyCustomRole } from './any-custom-role.js'
import { anyPermission } from './any-permission.js'
import { anyResource } from './any-resource.js'
import { anyRole, anyRoles } from './any-role.js'
import { anyTenantStatus, anyUserStatus } from './any-status.js'
import { anySubject } from './any-subject.js'
import { anyUndeclaredPermission } from './any-undeclared-permission.js'

const resources = { invoice: ['create', 'read', 'approve'], note: ['read'] } as const
const roles = {
  clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'invoice:read'] },
  editor: { rank: 30, name: 'Editor', permissions: ['tenant:read', '*:create', '*:read'] },
  scribe: { rank: 20, name: 'Scribe', permissions: ['note:*'] },
  guest: { rank: 5, name: 'Guest', permissions: [] },
}
const rules = { resources, roles }
const policy = compilePolicy(rules)

/** Whatever an arbitrary gives within many tries. */
function many<Value>(arbitrary: fc.Arbitrary<Value>, numRuns = 2000): readonly Value[] {
  return fc.sample(arbitrary, { numRuns, seed: 1 })
}

describe('over the rules of a host', () => {
  it('every declared permission is met, and nothing else', () => {
    expect(new Set(many(anyPermission(rules)))).toEqual(new Set(policy.permissions))
  })

  it('a permission has the type that the host’s code asks with', () => {
    const name: 'invoice:approve' | 'note:read' | TenancyPermission =
      fc.sample(anyPermission({ resources: { invoice: ['approve'], note: ['read'] } }), 1)[0] ?? 'invoice:approve'
    expect(name).toContain(':')
  })

  it('no undeclared name is declared, and the known poisons are among them', () => {
    const names = many(anyUndeclaredPermission(rules), 20_000)
    expect(names.filter((name) => policy.bits.has(name))).toEqual([])
    const poisons = [
      '__proto__',
      '*',
      '*:*',
      'invoice:*',
      '*:read',
      'INVOICE:READ',
      'invoice',
      'read:invoice',
      'invoice:rea',
    ]
    expect(poisons.filter((name) => !names.includes(name))).toEqual([])
    expect(names.some((name) => name.includes('\0'))).toBe(true)
  })

  it('every role is met, alone and with others', () => {
    const keys = new Set(policy.roles.keys())
    expect(new Set(many(anyRole(rules)))).toEqual(keys)
    expect(new Set(many(anyRoles(rules)).flat())).toEqual(keys)
    expect(new Set(many(anyRoles(rules)).map(({ length }) => length))).toEqual(new Set([1, 2, 3]))
  })

  it('an override names a permission of the host’s, never one of the library’s', () => {
    const names = new Set(many(anyOverrides(rules)).flatMap((overrides) => Object.keys(overrides)))
    expect([...names].sort()).toEqual(['invoice:approve', 'invoice:create', 'invoice:read', 'note:read'])
    expect(fc.sample(anyOverrides({}), 5)).toEqual([{}, {}, {}, {}, {}])
  })

  it('a tenant’s custom role is one that could be declared', () => {
    for (const { key, ...definition } of many(anyCustomRole(rules)).slice(0, 200)) {
      expect(policy.roles.has(key)).toBe(false)
      expect(() => compilePolicy({ resources, roles: { [key]: definition } })).not.toThrow()
    }
  })

  test('wrong rules are refused at once', () => {
    expect(() => anyPermission({ resources: { Invoice: ['read'] } })).toThrow(TypeError)
  })
})

describe('facts that decisions turn on', () => {
  it('statuses are all met, active first', () => {
    expect([...new Set(many(anyTenantStatus()))].sort()).toEqual(['active', 'archived', 'deleted', 'suspended'])
    expect([...new Set(many(anyUserStatus()))].sort()).toEqual(['active', 'deleted', 'disabled'])
  })

  it('a membership is of the tenant and user it was asked for', () => {
    const [membership] = fc.sample(anyMembership(rules, { tenantId: 'acme', userId: 'ann' }), 1)
    expect(membership).toMatchObject({ tenantId: 'acme', userId: 'ann' })
  })

  it('every reason of a refusal and every rule of a permission is met', () => {
    const met = new Set<string>()
    const asked = fc.tuple(anySubject(rules), anyPermission(rules), anyResource())
    for (const [facts, permission, resource] of many(asked)) {
      const decision = createAccess(policy, facts).explain(permission, resource)
      met.add(decision.allowed ? decision.rule : decision.reason)
    }
    expect([...met].sort()).toEqual([
      'denied_by_override',
      'membership_not_active',
      'not_a_member',
      'not_granted',
      'organization_admin',
      'other_tenant',
      'override',
      'private_resource',
      'resource_owner',
      'role',
      'shared_elsewhere',
      'tenant_not_active',
      'unrestricted_role',
      'user_not_active',
    ])
  })

  it('a failing property shrinks to the plainest case', () => {
    const property = fc.property(
      anySubject(rules),
      anyPermission(rules),
      (facts, name) => !createAccess(policy, facts).can(name),
    )
    const { counterexample } = fc.check(property, { seed: 1 })
    const [facts, name] = counterexample ?? []
    expect(name).toBe('tenant:read')
    const plain: Partial<AuthorizationInput['membership']> = { roles: ['viewer'], active: true, overrides: {} }
    expect(facts).toMatchObject({ tenant: { status: 'active' }, user: { status: 'active' }, membership: plain })
  })
})
