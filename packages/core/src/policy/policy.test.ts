import { describe, expect, it } from 'vitest'
import { decide, toSubject } from './decide.js'
import { hasBit } from './permissions.js'
import { compilePolicy } from './policy.js'
import { BUILT_IN_ROLES, type RoleDefinition } from './roles.js'

const role = (fields: Partial<RoleDefinition>): RoleDefinition => ({ rank: 5, name: 'Own', permissions: [], ...fields })

describe('compilePolicy: an invalid configuration throws and names the field', () => {
  it.each([
    ['resources that are no table', { resources: ['invoice:read'] }, 'resources: needs an object'],
    ['resources that are text', { resources: 'invoice' }, 'resources: needs an object'],
    ['resources that are neither', { resources: true }, 'resources: needs an object'],
    ['roles that are no table', { roles: [role({})] }, 'roles: needs an object'],
    ['a resource with a bad name', { resources: { 'In Voice': ['read'] } }, 'resources: "In Voice"'],
    ['a resource of the library’s', { resources: { member: ['read'] } }, 'resources: "member" is the library\'s own'],
    ['a resource without verbs', { resources: { invoice: [] } }, 'resources: "invoice" needs a list of verbs'],
    ['verbs that are no list', { resources: { invoice: 'read' } }, 'resources: "invoice" needs a list of verbs'],
    ['a verb twice', { resources: { invoice: ['read', 'read'] } }, 'resources: "invoice" lists a verb twice'],
    ['a bad verb', { resources: { invoice: ['re:ad'] } }, 'resources: "invoice" has a verb "re:ad"'],
    ['a wildcard as verb', { resources: { invoice: ['*'] } }, 'resources: "invoice" has a verb "*"'],
    ['a verb that is no text', { resources: { invoice: [1] } }, 'resources: "invoice" has a verb "1"'],
    ['a verb in a list of its own', { resources: { invoice: [['read']] } }, 'resources: "invoice" has a verb "read"'],
    ['a resource named __proto__', { resources: JSON.parse('{"__proto__":["read"]}') }, 'resources: "__proto__"'],
    [
      'a definition without verbs',
      { resources: { invoice: { owner: [] } } },
      'resources: "invoice" needs a list of verbs',
    ],
    ['a definition that is null', { resources: { invoice: null } }, 'resources: "invoice" needs a list of verbs'],
    ['a bad verb of a definition', { resources: { invoice: { verbs: ['*'] } } }, 'resources: "invoice" has a verb "*"'],
    [
      'an owner’s verb that is not declared',
      { resources: { invoice: { verbs: ['read'], owner: ['read', 'sumbit'] } } },
      'resources: "invoice" lists "sumbit" in "owner", but not in "verbs"',
    ],
    [
      'owner’s verbs that are no list',
      { resources: { invoice: { verbs: ['read'], owner: 'read' } } },
      'resources: "invoice" has an "owner" that is not a list of verbs',
    ],
    [
      'an unknown option of a resource',
      { resources: { invoice: { verbs: ['read'], onwer: ['read'] } } },
      'resources: "invoice" has an unknown option "onwer"',
    ],
    [
      'wildcards that are neither in nor out',
      { resources: { invoice: { verbs: ['read'], allowWildcards: 'no' } } },
      'resources: "invoice" has an "allowWildcards" that is neither true nor false',
    ],
    ['a role with a bad key', { roles: { 'Big Boss': role({}) } }, 'roles: "Big Boss"'],
    ['a role that is nothing', { roles: { boss: undefined } }, 'roles: "boss" needs a definition'],
    ['a role that is null', { roles: { boss: null } }, 'roles: "boss" needs a definition'],
    ['a name that is no text', { roles: { boss: { ...role({}), name: 7 } } }, 'roles: "boss" needs a name'],
    ['an unknown option of a role', { roles: { boss: { ...role({}), full: true } } }, 'has an unknown option "full"'],
    ['names that are no table', { roles: { boss: { ...role({}), names: 'Chef' } } }, 'roles: "boss" has "names"'],
    ['names that are null', { roles: { boss: { ...role({}), names: null } } }, 'roles: "boss" has "names"'],
    ['an empty name', { roles: { boss: role({ names: { de: '' } }) } }, 'roles: "boss" has "names"'],
    ['reserved keys that are text', { reservedRoles: 'boss' }, 'reservedRoles: needs a list of keys'],
    ['a reserved key that is no text', { reservedRoles: [7] }, 'reservedRoles: needs a list of keys'],
    ['a role with a reserved key', { roles: { boss: role({}) }, reservedRoles: ['boss'] }, 'roles: "boss" is reserved'],
    ['a built-in role with a reserved key', { reservedRoles: ['viewer'] }, 'roles: "viewer" is reserved'],
    ['a rank below all', { roles: { boss: role({ rank: -1 }) } }, 'roles: "boss" needs a rank'],
    ['a role without a name', { roles: { boss: role({ name: '' }) } }, 'roles: "boss" needs a name'],
    ['a rank that is no number', { roles: { boss: { ...role({}), rank: '9' } } }, 'roles: "boss" needs a rank'],
    ['a rank above the owner’s', { roles: { boss: role({ rank: 51 }) } }, 'roles: "boss" needs a rank'],
    ['the owner’s rank', { roles: { boss: role({ rank: 50 }) } }, 'roles: "boss" must rank below the owner'],
    [
      'a half unrestricted role',
      { roles: { boss: { ...role({}), unrestricted: 'yes' } } },
      'roles: "boss" has an "unrestricted"',
    ],
    [
      'permissions that are no list',
      { roles: { boss: { ...role({}), permissions: '*:*' } } },
      'roles: "boss" needs a list',
    ],
    [
      'an unknown resource',
      { roles: { boss: role({ permissions: ['invoice:read'] }) } },
      '"boss" names "invoice:read"',
    ],
    ['an unknown verb', { roles: { boss: role({ permissions: ['member:red'] }) } }, '"boss" names "member:red"'],
    ['a verb nothing has', { roles: { boss: role({ permissions: ['*:aprove'] }) } }, '"boss" names "*:aprove"'],
    ['no verb', { roles: { boss: role({ permissions: ['member'] }) } }, '"boss" names "member"'],
    ['a lone wildcard', { roles: { boss: role({ permissions: ['*'] }) } }, '"boss" names "*"'],
    ['three parts', { roles: { boss: role({ permissions: ['member:read:all'] }) } }, '"boss" names "member:read:all"'],
    ['nothing at all', { roles: { boss: role({ permissions: [''] }) } }, '"boss" names ""'],
    ['a permission that is no text', { roles: { boss: { ...role({}), permissions: [7] } } }, '"boss" names "7"'],
    [
      'a typing error in a row that replaces a built-in one',
      { roles: { member: role({ permissions: ['*:raed'] }) } },
      '"*:raed"',
    ],
    [
      'a second role that deletes tenants',
      { roles: { boss: role({ permissions: ['tenant:delete'] }) } },
      '"boss" holds tenant:delete',
    ],
    [
      'a second role that hands tenants over',
      { roles: { boss: role({ permissions: ['tenant:*'] }) } },
      '"boss" holds tenant:transfer',
    ],
    [
      'an owner who cannot do what others can',
      { roles: { owner: role({ rank: 50 }) } },
      'holds what the owner does not',
    ],
  ])('%s', (_, options, message) => {
    // What a host without types may write.
    expect(() => compilePolicy(options as never)).toThrow(TypeError)
    expect(() => compilePolicy(options as never)).toThrow(message)
  })
})

describe('a role of the host’s own', () => {
  const options = { resources: { invoice: ['read', 'approve'], file: ['read'] } }

  it('speaks of one verb of every resource, and of every verb of one', () => {
    const { roles, permissions } = compilePolicy({
      ...options,
      roles: { reader: role({ permissions: ['*:read'] }), clerk: role({ permissions: ['invoice:*'] }) },
    })
    const held = (key: string) => permissions.filter((_, bit) => hasBit(roles.get(key)?.mask ?? [], bit))
    expect(held('reader')).toEqual(['invoice:read', 'file:read'])
    expect(held('clerk')).toEqual(['invoice:read', 'invoice:approve'])
  })

  it('may speak of what any host may have, and a host without resources does not', () => {
    const permissions = ['*:create', '*:read', '*:update', '*:delete', '*:comment', '*:*']
    const { roles, hostMask } = compilePolicy({ roles: { editor: role({ permissions }) } })
    expect(roles.get('editor')?.mask).toEqual(hostMask)
  })

  it('gets by a wildcard nothing of a resource that allows none, but what it names', () => {
    const { roles, permissions } = compilePolicy({
      resources: { invoice: ['read'], payslip: { verbs: ['read', 'update'], allowWildcards: false } },
      roles: {
        reader: role({ permissions: ['*:read', '*:*'] }),
        payroll: role({ permissions: ['*:read', 'payslip:*'] }),
        clerk: role({ permissions: ['payslip:read'] }),
        chief: role({ unrestricted: true, permissions: [] }),
      },
    })
    const held = (key: string) => permissions.filter((_, bit) => hasBit(roles.get(key)?.mask ?? [], bit))
    expect(held('reader')).toEqual(['invoice:read'])
    expect(held('payroll')).toEqual(['invoice:read', 'payslip:read', 'payslip:update'])
    expect(held('clerk')).toEqual(['payslip:read'])
    expect(held('chief')).toEqual(['invoice:read', 'payslip:read', 'payslip:update'])
  })

  it('stands by its rank among the built-in ones, after those of the same rank', () => {
    const roles = { boss: role({ rank: 45 }), clerk: role({ rank: 20 }), guest: role({ rank: 0 }) }
    const keys = ['owner', 'boss', 'admin', 'member', 'clerk', 'viewer', 'guest']
    expect([...compilePolicy({ roles }).roles.keys()]).toEqual(keys)
  })

  it('may rank as low as nothing', () => {
    expect(compilePolicy({ roles: { guest: role({ rank: 0 }) } }).roles.get('guest')?.rank).toBe(0)
  })

  it('never gets the library’s own permissions by a wildcard', () => {
    const { roles, hostMask } = compilePolicy({ ...options, roles: { boss: role({ permissions: ['*:*'] }) } })
    expect(roles.get('boss')?.mask).toEqual(hostMask)
  })

  it('may take over a built-in row and add to it', () => {
    const permissions = [...BUILT_IN_ROLES.member.permissions, 'invoice:approve']
    const policy = compilePolicy({ ...options, roles: { member: { ...BUILT_IN_ROLES.member, permissions } } })
    const subject = toSubject(policy, {
      tenant: { id: 'acme', status: 'active' },
      user: { id: 'ann', status: 'active' },
      membership: { roles: ['member'], active: true, overrides: {} },
      customRoles: [],
    })
    expect(decide(policy, subject, 'invoice:approve').allowed).toBe(true)
  })

  it('changes nothing when the host changes its declaration later', () => {
    const verbs = ['read']
    const policy = compilePolicy({ resources: { invoice: verbs } })
    verbs.push('approve')
    expect(policy.resources).toEqual({ invoice: ['read'] })
  })
})
