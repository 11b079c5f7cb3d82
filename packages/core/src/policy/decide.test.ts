import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tenant } from '../model/tenant.js'
import { toAccess } from './access.js'
import { decide, toSubject, type ResourceAttributes } from './decide.js'
import { hasBit } from './permissions.js'
import { compilePolicy } from './policy.js'
import { BUILT_IN_ROLES } from './roles.js'

// 90 permissions of the host's behind the library's own: four words of a mask.
const verbs = Array.from({ length: 30 }, (_, at) => `verb${at}`)
const policy = compilePolicy({
  resources: {
    invoice: ['read', ...verbs.slice(1)],
    file: ['read', ...verbs.slice(1)],
    note: ['read', ...verbs.slice(1)],
    memo: { verbs: ['read', 'update', 'delete', 'submit'], owner: ['update', 'submit'], allowWildcards: false },
  },
  roles: {
    clerk: { rank: 15, name: 'Clerk', permissions: ['invoice:verb7', 'note:verb29', 'member:read', 'memo:read'] },
  },
})
const host = policy.permissions.filter((_, bit) => hasBit(policy.hostMask, bit))

const permission = fc.constantFrom(...policy.permissions)
const overrides = fc.dictionary(fc.constantFrom(...host), fc.boolean(), { maxKeys: 8, noNullPrototype: true })
const membership = fc.record({
  roles: fc.uniqueArray(fc.constantFrom('owner', 'admin', 'editor', 'member', 'viewer', 'clerk', 'gone'), {
    minLength: 1,
  }),
  active: fc.boolean(),
  overrides,
})
const facts = fc.record({
  tenant: fc.record({
    id: fc.constant('acme'),
    status: fc.constantFrom('active' as const, 'active' as const, 'suspended' as const, 'archived' as const),
  }),
  user: fc.record({
    id: fc.constant('ann'),
    status: fc.constantFrom('active' as const, 'active' as const, 'disabled' as const),
  }),
  membership: fc.option(membership, { freq: 8 }),
  customRoles: fc.constant([]),
})
const resource: fc.Arbitrary<ResourceAttributes | undefined> = fc.option(
  fc.record(
    {
      ownerId: fc.constantFrom('ann', 'bob', null),
      visibility: fc.constantFrom('private' as const, 'tenant' as const),
      tenantId: fc.constantFrom('acme', 'acme', 'zeta', null),
      sharedTenantId: fc.constantFrom('acme', 'zeta', null, null),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
)

type Facts = Parameters<typeof toSubject>[1]
const active = (member: Partial<NonNullable<Facts['membership']>> = {}): Facts => ({
  tenant: { id: 'acme', status: 'active' },
  user: { id: 'ann', status: 'active' },
  membership: { roles: ['viewer'], active: true, overrides: {}, ...member },
  customRoles: [],
})
const ask = (fixture: Facts, name: string, about?: ResourceAttributes) =>
  decide(policy, toSubject(policy, fixture), name, about)

describe('a decision takes the first rule that speaks', () => {
  const bobs = { ownerId: 'bob' }
  const privateOfBob = { ownerId: 'bob', visibility: 'private' } as const
  const privateOfAnn = { ownerId: 'ann', visibility: 'private' } as const

  // prettier-ignore
  it.each<[string, Facts, string, ResourceAttributes | undefined, string]>([
    ['an unknown permission is denied, even to the owner', active({ roles: ['owner'] }), 'invoice:fly', undefined,   'unknown_permission'],
    ['a disabled account is denied', { ...active({ roles: ['owner'] }), user: { id: 'ann', status: 'disabled' } }, 'invoice:read', privateOfAnn, 'user_not_active'],
    ['a deleted account is denied', { ...active({ roles: ['owner'] }), user: { id: 'ann', status: 'deleted' } },  'invoice:read', privateOfAnn, 'user_not_active'],
    ['an archived tenant denies its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'archived' } },        'invoice:read', privateOfAnn, 'tenant_not_active'],
    ['a suspended tenant denies its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'suspended' } },       'invoice:read', undefined,    'tenant_not_active'],
    ['a deleted tenant denies its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'deleted' } },           'invoice:read', undefined,    'tenant_not_active'],
    ['a user without a membership is denied their own resource', { ...active(), membership: null },                             'invoice:read',  privateOfAnn, 'not_a_member'],
    ['an inactive member is denied their own resource', active({ active: false }),                                'invoice:read',  privateOfAnn, 'membership_not_active'],
    ['the owner of a resource is allowed', active({ roles: ['gone'] }),                                   'invoice:read',  privateOfAnn, 'resource_owner'],
    ['ownership overrides a denial', active({ overrides: { 'invoice:read': false } }),              'invoice:read',  privateOfAnn, 'resource_owner'],
    ['I13 ownership does not override the denial of a verb it does not grant', active({ roles: ['clerk'], overrides: { 'invoice:verb7': false } }), 'invoice:verb7', privateOfAnn, 'denied_by_override'],
    ['ownership grants no other verb', active(),                                           'invoice:verb9', privateOfAnn, 'not_granted'],
    ['other verbs on the caller’s own private resource are decided by roles', active({ roles: ['clerk'] }), 'invoice:verb7', privateOfAnn, 'role'],
    ['other verbs on the caller’s own resource shared elsewhere are decided by roles in its own tenant', active({ roles: ['clerk'] }), 'invoice:verb7', { ...privateOfAnn, tenantId: 'acme', sharedTenantId: 'zeta' }, 'role'],
    ['ownership grants the verbs that the type declares for owners', active(),                                    'memo:submit',   { ownerId: 'ann' }, 'resource_owner'],
    ['ownership does not grant a verb that the type withholds from owners', active(),                                    'memo:delete',   { ownerId: 'ann' }, 'not_granted'],
    ['a built-in role grants nothing on a type that excludes built-in roles', active({ roles: ['editor'] }),                 'memo:read',     bobs,         'not_granted'],
    ['an unrestricted role grants a type that excludes built-in roles', active({ roles: ['admin'] }),                 'memo:read',     bobs,         'unrestricted_role'],
    ['a role of the host application grants a type that excludes built-in roles', active({ roles: ['clerk'] }),        'memo:read',     bobs,         'role'],
    ['ownership of a resource grants no permission on the tenant', active(),                                           'tenant:update', privateOfAnn, 'not_granted'],
    ['another user’s private resource is denied', active(),                                                     'invoice:read',  privateOfBob, 'private_resource'],
    ['a private resource is denied to the owner of the tenant', active({ roles: ['owner'] }),               'invoice:read',  privateOfBob, 'private_resource'],
    ['a private resource is denied despite a grant', active({ overrides: { 'invoice:read': true } }),   'invoice:read',  privateOfBob, 'private_resource'],
    ['a private resource without owner is denied', active(),                                             'invoice:read',  { visibility: 'private' }, 'private_resource'],
    ['a resource of another tenant is denied', active({ roles: ['owner'] }),                                'invoice:read',  { tenantId: 'zeta' }, 'other_tenant'],
    ['the caller’s own resource in another tenant is denied', active({ roles: ['owner'] }),                        'invoice:read',  { ...privateOfAnn, tenantId: 'zeta' }, 'other_tenant'],
    ['a resource of another tenant that is shared with a third tenant is denied', active(),                          'invoice:read',  { tenantId: 'zeta', sharedTenantId: 'zoo' }, 'other_tenant'],
    ['a resource whose tenant is missing is denied', active({ roles: ['owner'] }),                          'invoice:read',  { ownerId: 'ann', tenantId: null }, 'other_tenant'],
    ['a resource that the tenant sees is decided by roles', active(),                                       'invoice:read',  { ...bobs, visibility: 'tenant' }, 'role'],
    ['a resource of this tenant is decided by roles', active(),                                             'invoice:read',  { ...bobs, tenantId: 'acme' }, 'role'],
    ['a resource that is shared with this tenant is decided by roles', active(),                                  'invoice:read',  { ...bobs, tenantId: 'zeta', sharedTenantId: 'acme' }, 'role'],
    ['the caller’s own resource that is shared with this tenant is allowed', active({ roles: ['gone'] }),                 'invoice:read',  { ...privateOfAnn, tenantId: 'zeta', sharedTenantId: 'acme' }, 'resource_owner'],
    ['a private resource stays private in the tenant it is shared with', active({ roles: ['owner'] }),                   'invoice:read',  { ...privateOfBob, tenantId: 'zeta', sharedTenantId: 'acme' }, 'private_resource'],
    ['a resource that is shared elsewhere is denied in its own tenant', active({ roles: ['owner'] }),                   'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: 'zeta' }, 'shared_elsewhere'],
    ['a resource that is shared elsewhere is denied despite a grant', active({ overrides: { 'invoice:read': true } }), 'invoice:read', { sharedTenantId: 'zeta' }, 'shared_elsewhere'],
    ['a resource that is shared elsewhere stays accessible to its owner in its own tenant', active({ roles: ['gone'] }),             'invoice:read',  { ...privateOfAnn, tenantId: 'acme', sharedTenantId: 'zeta' }, 'resource_owner'],
    ['a private resource that is shared elsewhere is denied as private first', active(),                                 'invoice:read',  { ...privateOfBob, tenantId: 'acme', sharedTenantId: 'zeta' }, 'private_resource'],
    ['a resource that is shared with its own tenant is decided by roles', active(),                             'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: 'acme' }, 'role'],
    ['a resource that is not shared is decided by roles', active(),                                     'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: null }, 'role'],
    ['the owner of a resource makes no difference to permissions on the tenant', active(),                          'tenant:read',   { tenantId: 'zeta', sharedTenantId: 'zoo' }, 'role'],
    ['an unrestricted role grants every permission', active({ roles: ['admin'] }),                                  'invoice:verb9', bobs,         'unrestricted_role'],
    ['an unrestricted role cannot be restricted',   active({ roles: ['admin'], overrides: { 'invoice:read': false } }), 'invoice:read', bobs,     'unrestricted_role'],
    ['an unrestricted role cannot be restricted in combination with another role', active({ roles: ['viewer', 'admin'], overrides: { 'invoice:read': false } }), 'invoice:read', bobs, 'unrestricted_role'],
    ['an unrestricted role is denied what only the owner’s role grants', active({ roles: ['admin'] }),                    'tenant:archive', undefined,   'not_granted'],
    ['a grant allows',                     active({ overrides: { 'invoice:verb9': true } }),              'invoice:verb9', bobs,         'override'],
    ['a denial beats the role',            active({ overrides: { 'invoice:read': false } }),              'invoice:read',  bobs,         'denied_by_override'],
    ['a role allows',                      active(),                                                      'invoice:read',  bobs,         'role'],
    ['any of several roles allows',        active({ roles: ['viewer', 'clerk'] }),                        'invoice:verb7', undefined,    'role'],
    ['a permission without any grant is denied', active(),                                                      'invoice:verb9', bobs,         'not_granted'],
    ['an unknown role grants nothing', active({ roles: ['gone'] }),                                   'invoice:read',  undefined,    'not_granted'],
    ['an override never applies to the library’s own permissions', active({ overrides: { 'tenant:update': true } }), 'tenant:update', undefined,     'not_granted'],
    ['an override of an undeclared permission grants nothing', active({ overrides: { 'gone:read': true } }), 'gone:read',  undefined,    'unknown_permission'],
  ])('%s', (_, fixture, name, about, because) => {
    const decision = ask(fixture, name, about)
    expect(decision.allowed ? decision.rule : decision.reason).toBe(because)
  })

  it('counts a visibility it does not know as private', () => {
    const odd = [null, '', 'public', 'Tenant', 1, {}].map((visibility) =>
      // What a host without types may hand in.
      ask(active({ roles: ['owner'] }), 'invoice:read', { ownerId: 'bob', visibility } as never),
    )
    expect(odd.every((decision) => !decision.allowed)).toBe(true)
  })

  it('denies a resource whose tenantId or sharedTenantId is not an ID', () => {
    const owner = active({ roles: ['owner'] })
    for (const odd of ['', 'ACME', 'acme ', 0, {}, ['acme'], false]) {
      // What a host without types may hand in.
      expect(ask(owner, 'invoice:read', { tenantId: odd } as never).allowed).toBe(false)
      expect(ask(owner, 'invoice:read', { tenantId: 'acme', sharedTenantId: odd } as never).allowed).toBe(false)
    }
  })

  it('refuses a thing that is null', () => {
    // What a host without types may hand in for a row that it did not find.
    const gone = null as never
    expect(ask(active({ roles: ['owner'] }), 'invoice:read', gone).allowed).toBe(false)
    expect(createAccess(active({ roles: ['owner'] })).can('invoice:read', gone)).toBe(false)
  })

  it('treats no one as the owner of a resource without owner', () => {
    for (const ownerId of [undefined, null, '']) {
      // What a host without types may hand in.
      expect(ask(active(), 'invoice:verb9', { ownerId }).allowed).toBe(false)
    }
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    '*',
    '*:*',
    'invoice:*',
    'invoice',
    'INVOICE:READ',
    'invoice:read ',
  ])('refuses the name %j to everybody', (name) => {
    const owner = active({ roles: ['owner'] })
    expect(ask(owner, name)).toEqual({ allowed: false, reason: 'unknown_permission' })
    expect(ask(owner, name, { ownerId: 'ann' })).toEqual({ allowed: false, reason: 'unknown_permission' })
    expect(createAccess(owner).can(name)).toBe(false)
  })

  it.each([null, undefined, 1, {}, [], ['invoice:read'], Symbol('invoice:read')])('refuses %s as a name', (name) => {
    // What a host without types may hand in.
    expect(createAccess(active({ roles: ['owner'] })).can(name as never)).toBe(false)
  })
})

describe('running the organization', () => {
  const admin = { rank: 40, permissions: BUILT_IN_ROLES.admin.permissions }
  const company = compilePolicy({
    resources: { invoice: ['read'] },
    roles: {
      // Full, but of a lower rank; of a higher one, but with less; and with all of it, but not full.
      low: { ...BUILT_IN_ROLES.admin, name: 'Low', rank: 35 },
      bare: { rank: 45, name: 'Bare', unrestricted: true, permissions: [] },
      loose: { ...admin, rank: 45, name: 'Loose' },
      peer: { ...BUILT_IN_ROLES.admin, name: 'Peer' },
    },
  })
  const running = (role: string | null) =>
    toSubject(company, {
      ...active(),
      membership: role === null ? null : { roles: [role], active: true, overrides: { 'invoice:read': false } },
      organizationMembership: { active: true, admin: true },
    })
  const because = (role: string | null, name: string) => {
    const decision = decide(company, running(role), name)
    return decision.allowed ? decision.rule : decision.reason
  }

  it('inherits the organization role when none of the member’s own roles is as strong', () => {
    for (const role of [null, 'viewer', 'low', 'bare', 'loose']) {
      expect(because(role, 'invoice:read')).toBe('organization_admin')
      expect(because(role, 'member:remove')).toBe('organization_admin')
      expect([running(role).unrestricted, running(role).shared?.key]).toEqual([true, 'admin'])
    }
    expect(['viewer', 'low', 'bare', 'loose'].map((role) => running(role).rank)).toEqual([40, 40, 45, 45])
  })

  it('does not inherit the organization role when one of the member’s own roles is at least as strong', () => {
    for (const role of ['owner', 'admin', 'peer']) {
      expect(because(role, 'invoice:read')).toBe('unrestricted_role')
      expect(running(role).shared).toBeNull()
    }
  })

  it('is nothing to who does not', () => {
    for (const organizationMembership of [{ active: false, admin: true }, { active: true, admin: false }, null]) {
      const subject = toSubject(company, {
        ...active(),
        membership: null,
        organizationMembership,
      })
      expect(decide(company, subject, 'invoice:read')).toEqual({ allowed: false, reason: 'not_a_member' })
    }
  })
})

describe('for any facts whatever', () => {
  it('E08 an allowed thing stays allowed when something is granted', () => {
    fc.assert(
      fc.property(facts, permission, resource, fc.constantFrom(...host), (fixture, name, about, more) => {
        fc.pre(fixture.membership !== null && ask(fixture, name, about).allowed)
        const granted = { ...fixture.membership, overrides: { ...fixture.membership?.overrides, [more]: true } }
        expect(ask({ ...fixture, membership: { ...active().membership, ...granted } }, name, about).allowed).toBe(true)
      }),
    )
  })

  it('E08 a refused thing stays refused when something is taken away: a role, a grant, or anything by a denial', () => {
    fc.assert(
      fc.property(facts, permission, resource, fc.constantFrom(...host), (fixture, name, about, less) => {
        fc.pre(fixture.membership !== null && !ask(fixture, name, about).allowed)
        const before = fixture.membership ?? active().membership
        if (!before) return
        const fewerRoles = { ...before, roles: before.roles.slice(1) }
        const denied = { ...before, overrides: { ...before.overrides, [less]: false } }
        const grants = Object.entries(before.overrides).filter(([one, value]) => !(value && one === less))
        const ungranted = { ...before, overrides: Object.fromEntries(grants) }
        for (const after of [denied, ungranted, fewerRoles]) {
          expect(ask({ ...fixture, membership: after }, name, about).allowed).toBe(false)
        }
      }),
    )
  })

  it('denies everything to inactive members and to users outside the tenant', () => {
    fc.assert(
      fc.property(facts, permission, resource, (fixture, name, about) => {
        const inactive =
          fixture.tenant.status !== 'active' || fixture.user.status !== 'active' || !fixture.membership?.active
        fc.pre(inactive)
        expect(ask(fixture, name, about).allowed).toBe(false)
        expect(createAccess(fixture).permissions()).toEqual([])
      }),
    )
  })

  it('can, explain, decide, canAll, canAny and permissions say the same', () => {
    fc.assert(
      fc.property(facts, permission, resource, (fixture, name, about) => {
        const access = createAccess(fixture)
        const { allowed } = ask(fixture, name, about)
        expect(access.can(name, about)).toBe(allowed)
        expect(access.explain(name, about)).toMatchObject(ask(fixture, name, about))
        expect(access.canAll([name, name], about)).toBe(allowed)
        expect(access.canAny([name, name], about)).toBe(allowed)
        expect(access.permissions().includes(name)).toBe(ask(fixture, name).allowed)
      }),
    )
  })

  it('the order of roles does not matter', () => {
    fc.assert(
      fc.property(facts, permission, resource, (fixture, name, about) => {
        fc.pre(fixture.membership !== null)
        const roles = [...(fixture.membership?.roles ?? [])].reverse()
        const turned = { ...fixture, membership: fixture.membership && { ...fixture.membership, roles } }
        expect(ask(turned, name, about)).toEqual(ask(fixture, name, about))
      }),
    )
  })
})

function createAccess(fixture: Facts) {
  const tenant: Tenant = {
    id: fixture.tenant.id,
    name: 'Acme',
    slug: null,
    type: 'group',
    joinPolicy: 'closed',
    description: null,
    plan: 'basic',
    status: fixture.tenant.status,
    settings: {},
    ownerId: 'bob',
    createdAt: 0,
    deletedAt: null,
    organizationId: null,
  }
  return toAccess<string>(policy, tenant, toSubject(policy, fixture))
}
