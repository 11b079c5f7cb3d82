import { expect, it } from 'vitest'
import type { Tenant } from '../model/tenant.js'
import { createAccess } from './create-access.js'
import { compilePolicy } from './policy.js'

const policy = compilePolicy({ resources: { invoice: ['read', 'approve'] } })
const acme: Tenant = {
  id: 'acme',
  name: 'Acme',
  slug: null,
  type: 'group',
  joinPolicy: 'closed',
  description: null,
  plan: 'basic',
  status: 'active',
  settings: {},
  ownerId: 'bob',
  createdAt: 0,
  deletedAt: null,
  organizationId: null,
}
const user = { id: 'ann', status: 'active' } as const
const membership = { tenantId: 'acme', userId: 'ann', roles: ['viewer'], active: true, overrides: {} }

it('a membership gives what its roles grant', () => {
  const access = createAccess(policy, { tenant: acme, user, membership })
  expect([access.tenant, access.userId, access.roles]).toEqual([acme, 'ann', ['viewer']])
  expect([access.can('invoice:read'), access.can('invoice:approve')]).toEqual([true, false])
  const both = ['invoice:read', 'invoice:approve']
  expect([access.canAll(both), access.canAny(both)]).toEqual([false, true])
})

it('a custom role grants its permissions', () => {
  const held = { ...membership, roles: ['clerk', 'gone'] }
  const clerk = { key: 'clerk', name: 'Clerk', rank: 5, permissions: ['invoice:approve', 'tenant:transfer'] }
  const access = createAccess(policy, { tenant: acme, user, membership: held, customRoles: [clerk] })
  expect([access.roles, access.rank, access.permissions()]).toEqual([['clerk'], 5, ['invoice:approve']])
})

it('a membership of another tenant gives nothing', () => {
  const access = createAccess(policy, { tenant: acme, user, membership: { ...membership, tenantId: 'zeta' } })
  expect([access.roles, access.permissions()]).toEqual([[], []])
  expect(access.explain('invoice:read', { ownerId: 'ann' })).toMatchObject({ allowed: false, reason: 'not_a_member' })
})

it('a membership of another user gives nothing', () => {
  const access = createAccess(policy, { tenant: acme, user, membership: { ...membership, userId: 'bob' } })
  expect(access.permissions()).toEqual([])
})

it('an organization admin has an admin’s permissions, in the organization’s tenants only', () => {
  const tenant = { ...acme, organizationId: 'umbrella' }
  const administration = { organizationId: 'umbrella', userId: 'ann', active: true, admin: true }
  const may = (organizationMembership: typeof administration, of: Tenant = tenant) =>
    createAccess(policy, { tenant: of, user, membership: null, organizationMembership }).explain('invoice:approve')
  expect(may(administration)).toMatchObject({ allowed: true, rule: 'organization_admin' })
  for (const other of [{ userId: 'bob' }, { organizationId: 'omega' }, { active: false }, { admin: false }])
    expect(may({ ...administration, ...other })).toMatchObject({ allowed: false, reason: 'not_a_member' })
  expect(may(administration, acme)).toMatchObject({ allowed: false, reason: 'not_a_member' })
})

it('an archived tenant refuses everything', () => {
  const access = createAccess(policy, { tenant: { ...acme, status: 'archived' }, user, membership })
  expect(access.explain('invoice:read')).toMatchObject({ allowed: false, reason: 'tenant_not_active' })
})

it('the access keeps a frozen copy of the tenant', () => {
  const tenant = { ...acme, settings: { theme: 'dark', domains: ['acme.example'] } }
  const access = createAccess(policy, { tenant, user, membership })
  expect(Object.isFrozen(access.tenant) && Object.isFrozen(access.tenant.settings)).toBe(true)
  tenant.settings.theme = 'light'
  tenant.settings.domains.push('zeta.example')
  expect(access.tenant.settings).toEqual({ theme: 'dark', domains: ['acme.example'] })
})
