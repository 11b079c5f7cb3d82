import { describe, expect, it } from 'vitest'
import { compilePolicy } from './policy.js'
import { permissionHolders } from './permission-holders.js'

const policy = compilePolicy({
  resources: { invoice: ['read', 'approve'] },
  roles: { chief: { rank: 45, name: 'Chief', unrestricted: true, permissions: [] } },
})
const free = { id: 'acme', organizationId: null }
const owned = { id: 'acme', organizationId: 'umbrella' }
const nobody = { ownerId: null, grants: null, outside: null }

describe('permissionHolders', () => {
  it('returns no holders for an undeclared permission', () => {
    expect(permissionHolders(policy, owned, 'invoice:fly', { ownerId: 'ann' })).toEqual(nobody)
  })

  it('is a role that gives it, a role of the tenant’s own, or an exception', () => {
    expect(permissionHolders(policy, free, 'invoice:approve')).toEqual({
      ownerId: null,
      grants: {
        permission: 'invoice:approve',
        roles: ['owner', 'chief', 'admin'],
        unrestrictedRoles: ['owner', 'chief', 'admin'],
        customRoles: true,
        overrides: true,
        organizationId: null,
        userId: null,
      },
      outside: null,
    })
  })

  it('is no exception for what is the library’s, and no role of a tenant’s for what is the owner’s alone', () => {
    expect(permissionHolders(policy, owned, 'tenant:transfer')).toMatchObject({
      grants: {
        roles: ['owner'],
        unrestrictedRoles: ['owner'],
        customRoles: false,
        overrides: false,
        organizationId: null,
      },
      outside: null,
    })
    expect(permissionHolders(policy, owned, 'member:read').grants).toMatchObject({
      roles: ['owner', 'admin', 'member', 'viewer'],
      unrestrictedRoles: ['owner', 'admin'],
      customRoles: true,
      overrides: false,
    })
  })

  it('is running the organization, with or without a membership, for what an admin may', () => {
    expect(permissionHolders(policy, owned, 'invoice:read', { ownerId: 'ann' })).toMatchObject({
      ownerId: 'ann',
      grants: { organizationId: 'umbrella' },
      outside: { organizationId: 'umbrella', role: 'admin' },
    })
    expect(permissionHolders(policy, owned, 'invoice:read', { ownerId: 'ann' }).outside).not.toHaveProperty('userId')
  })

  it('is owning it alone where it is private or shared elsewhere, for who runs the organization, too', () => {
    for (const where of [{ visibility: 'private' as const }, { tenantId: 'acme', sharedTenantId: 'zeta' }]) {
      const things = { ownerId: 'ann', ...where }
      expect(permissionHolders(policy, free, 'invoice:read', things)).toEqual({ ...nobody, ownerId: 'ann' })
      expect(permissionHolders(policy, owned, 'invoice:read', things)).toEqual({
        ...nobody,
        ownerId: 'ann',
        outside: { organizationId: 'umbrella', role: 'admin', userId: 'ann' },
      })
      expect(permissionHolders(policy, owned, 'invoice:read', { ...things, ownerId: null })).toEqual(nobody)
    }
  })

  it('is a role of its owner’s alone where it is private and owning does not give it', () => {
    const things = { ownerId: 'ann', visibility: 'private' as const }
    const grants = { permission: 'invoice:approve', roles: ['owner', 'chief', 'admin'], userId: 'ann' }
    expect(permissionHolders(policy, free, 'invoice:approve', things)).toMatchObject({
      ownerId: null,
      grants,
      outside: null,
    })
    expect(permissionHolders(policy, owned, 'invoice:approve', things)).toMatchObject({
      ownerId: null,
      grants: { ...grants, organizationId: 'umbrella' },
      outside: { organizationId: 'umbrella', role: 'admin', userId: 'ann' },
    })
    expect(permissionHolders(policy, owned, 'invoice:approve', { ...things, ownerId: null })).toEqual(nobody)
    const shown = permissionHolders(policy, owned, 'invoice:approve', { ownerId: 'ann' })
    expect(shown).toMatchObject({ ownerId: null, grants: { userId: null } })
    expect(shown.outside).not.toHaveProperty('userId')
  })

  it('is not owning it for what is the library’s, nor anything in another tenant', () => {
    for (const name of ['tenant:read', 'tenant:update'])
      expect(permissionHolders(policy, free, name, { ownerId: 'ann' }).ownerId).toBeNull()
    expect(permissionHolders(policy, owned, 'invoice:read', { ownerId: 'ann', tenantId: 'zeta' })).toEqual(nobody)
  })
})
