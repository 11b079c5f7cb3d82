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
    memo: { verbs: ['read', 'update', 'delete', 'submit'], owner: ['update', 'submit'], builtinRoles: false },
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
    ['an unknown permission is refused, even to the owner',  active({ roles: ['owner'] }), 'invoice:fly', undefined,   'unknown_permission'],
    ['a disabled account is refused',      { ...active({ roles: ['owner'] }), user: { id: 'ann', status: 'disabled' } }, 'invoice:read', privateOfAnn, 'user_not_active'],
    ['a deleted account is refused',       { ...active({ roles: ['owner'] }), user: { id: 'ann', status: 'deleted' } },  'invoice:read', privateOfAnn, 'user_not_active'],
    ['an archived tenant refuses its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'archived' } },        'invoice:read', privateOfAnn, 'tenant_not_active'],
    ['a suspended tenant refuses its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'suspended' } },       'invoice:read', undefined,    'tenant_not_active'],
    ['a deleted tenant refuses its owner', { ...active({ roles: ['owner'] }), tenant: { id: 'acme', status: 'deleted' } },           'invoice:read', undefined,    'tenant_not_active'],
    ['an outsider is refused their own',   { ...active(), membership: null },                             'invoice:read',  privateOfAnn, 'not_a_member'],
    ['an inactive member is refused their own', active({ active: false }),                                'invoice:read',  privateOfAnn, 'membership_not_active'],
    ['one’s own is allowed',               active({ roles: ['gone'] }),                                   'invoice:read',  privateOfAnn, 'resource_owner'],
    ['one’s own beats a denial',           active({ overrides: { 'invoice:read': false } }),              'invoice:read',  privateOfAnn, 'resource_owner'],
    ['I13 one’s own beats no denial of what owning does not give', active({ roles: ['clerk'], overrides: { 'invoice:verb7': false } }), 'invoice:verb7', privateOfAnn, 'denied_by_override'],
    ['one’s own is refused beyond what owning gives', active(),                                           'invoice:verb9', privateOfAnn, 'not_granted'],
    ['one’s own private thing is a matter of roles beyond what owning gives', active({ roles: ['clerk'] }), 'invoice:verb7', privateOfAnn, 'role'],
    ['one’s own thing that is shared elsewhere is a matter of roles in its own tenant, too', active({ roles: ['clerk'] }), 'invoice:verb7', { ...privateOfAnn, tenantId: 'acme', sharedTenantId: 'zeta' }, 'role'],
    ['one’s own is allowed what its type says owning gives', active(),                                    'memo:submit',   { ownerId: 'ann' }, 'resource_owner'],
    ['one’s own is refused what its type takes from owning', active(),                                    'memo:delete',   { ownerId: 'ann' }, 'not_granted'],
    ['a built-in role passes a type by that wants none',   active({ roles: ['editor'] }),                 'memo:read',     bobs,         'not_granted'],
    ['an unrestricted role holds a type that wants no built-in one', active({ roles: ['admin'] }),                 'memo:read',     bobs,         'unrestricted_role'],
    ['a role of the host’s holds a type that wants no built-in one', active({ roles: ['clerk'] }),        'memo:read',     bobs,         'role'],
    ['owning a thing gives no right over the tenant', active(),                                           'tenant:update', privateOfAnn, 'not_granted'],
    ['somebody’s private thing is refused', active(),                                                     'invoice:read',  privateOfBob, 'private_resource'],
    ['a private thing is refused to the owner of the tenant', active({ roles: ['owner'] }),               'invoice:read',  privateOfBob, 'private_resource'],
    ['a private thing is refused in spite of a grant', active({ overrides: { 'invoice:read': true } }),   'invoice:read',  privateOfBob, 'private_resource'],
    ['a private thing that nobody owns is refused', active(),                                             'invoice:read',  { visibility: 'private' }, 'private_resource'],
    ['a thing of another tenant is refused', active({ roles: ['owner'] }),                                'invoice:read',  { tenantId: 'zeta' }, 'other_tenant'],
    ['one’s own thing in another tenant is refused', active({ roles: ['owner'] }),                        'invoice:read',  { ...privateOfAnn, tenantId: 'zeta' }, 'other_tenant'],
    ['a thing of another tenant that a third one was shared is refused', active(),                          'invoice:read',  { tenantId: 'zeta', sharedTenantId: 'zoo' }, 'other_tenant'],
    ['a thing whose tenant is missing is refused', active({ roles: ['owner'] }),                          'invoice:read',  { ownerId: 'ann', tenantId: null }, 'other_tenant'],
    ['a thing that the tenant sees is a matter of roles', active(),                                       'invoice:read',  { ...bobs, visibility: 'tenant' }, 'role'],
    ['a thing of this tenant is a matter of roles', active(),                                             'invoice:read',  { ...bobs, tenantId: 'acme' }, 'role'],
    ['a thing that this tenant was shared is a matter of roles', active(),                                  'invoice:read',  { ...bobs, tenantId: 'zeta', sharedTenantId: 'acme' }, 'role'],
    ['one’s own thing that this tenant was shared is allowed', active({ roles: ['gone'] }),                 'invoice:read',  { ...privateOfAnn, tenantId: 'zeta', sharedTenantId: 'acme' }, 'resource_owner'],
    ['a private thing stays private where it is shared to', active({ roles: ['owner'] }),                   'invoice:read',  { ...privateOfBob, tenantId: 'zeta', sharedTenantId: 'acme' }, 'private_resource'],
    ['a thing that is shared elsewhere is refused at home', active({ roles: ['owner'] }),                   'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: 'zeta' }, 'shared_elsewhere'],
    ['a thing that is shared elsewhere is refused in spite of a grant', active({ overrides: { 'invoice:read': true } }), 'invoice:read', { sharedTenantId: 'zeta' }, 'shared_elsewhere'],
    ['a thing that is shared elsewhere stays its owner’s at home', active({ roles: ['gone'] }),             'invoice:read',  { ...privateOfAnn, tenantId: 'acme', sharedTenantId: 'zeta' }, 'resource_owner'],
    ['a private thing that is shared elsewhere is private first', active(),                                 'invoice:read',  { ...privateOfBob, tenantId: 'acme', sharedTenantId: 'zeta' }, 'private_resource'],
    ['a thing that is shared with its own tenant is a matter of roles', active(),                             'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: 'acme' }, 'role'],
    ['a thing that is shared with nobody is a matter of roles', active(),                                     'invoice:read',  { ...bobs, tenantId: 'acme', sharedTenantId: null }, 'role'],
    ['whose a thing is makes no difference to rights over the tenant', active(),                          'tenant:read',   { tenantId: 'zeta', sharedTenantId: 'zoo' }, 'role'],
    ['an unrestricted role holds everything',       active({ roles: ['admin'] }),                                  'invoice:verb9', bobs,         'unrestricted_role'],
    ['an unrestricted role cannot be restricted',   active({ roles: ['admin'], overrides: { 'invoice:read': false } }), 'invoice:read', bobs,     'unrestricted_role'],
    ['an unrestricted role cannot be restricted beside another', active({ roles: ['viewer', 'admin'], overrides: { 'invoice:read': false } }), 'invoice:read', bobs, 'unrestricted_role'],
    ['an unrestricted role is refused what only the owner holds', active({ roles: ['admin'] }),                    'tenant:archive', undefined,   'not_granted'],
    ['a grant allows',                     active({ overrides: { 'invoice:verb9': true } }),              'invoice:verb9', bobs,         'override'],
    ['a denial beats the role',            active({ overrides: { 'invoice:read': false } }),              'invoice:read',  bobs,         'denied_by_override'],
    ['a role allows',                      active(),                                                      'invoice:read',  bobs,         'role'],
    ['any of several roles allows',        active({ roles: ['viewer', 'clerk'] }),                        'invoice:verb7', undefined,    'role'],
    ['what nothing allows is refused',     active(),                                                      'invoice:verb9', bobs,         'not_granted'],
    ['a role that is gone gives nothing',  active({ roles: ['gone'] }),                                   'invoice:read',  undefined,    'not_granted'],
    ['an override never reaches the tenant itself', active({ overrides: { 'tenant:update': true } }), 'tenant:update', undefined,     'not_granted'],
    ['an override of a permission that is gone gives nothing', active({ overrides: { 'gone:read': true } }), 'gone:read',  undefined,    'unknown_permission'],
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
