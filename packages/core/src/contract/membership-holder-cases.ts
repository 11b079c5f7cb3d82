import assert from 'node:assert/strict'
import type { Grants } from '../model/holders.js'
import type { HolderFilter } from '../storage/membership-port.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import {
  organizationFixture,
  tenantFixture,
  usersFixture,
  membershipOf,
  noon,
  tenantOf,
  userOf,
} from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const permission = 'doc:read'
const grants: Grants = {
  permission,
  roles: ['admin', 'reader', 'shadowed'],
  unrestrictedRoles: ['admin'],
  customRoles: true,
  overrides: true,
  organizationId: null,
  userId: null,
}

/** Who holds what in Acme, by id in the order of lists; each of them is somebody else in Zeta. */
const held: Readonly<
  Record<string, readonly [roles: readonly string[], overrides: Readonly<Record<string, boolean>>]>
> = {
  '1-reader': [['reader'], {}],
  '2-denied': [['reader'], { [permission]: false, 'doc:write': true }],
  '3-granted': [['nothing'], { [permission]: true }],
  '4-admin-denied': [['nothing', 'admin'], { [permission]: false }],
  '5-own': [['own'], {}],
  '6-own-denied': [['own'], { [permission]: false }],
  '7-shadowed': [['shadowed'], {}],
  '8-own-without': [['own_without'], { 'doc:write': true }],
  '9-nothing': [['nothing', 'READER', 'doc:read'], { 'doc:reader': true }],
}

async function holdersFixture(storage: Storage): Promise<void> {
  const ids = Object.keys(held)
  await usersFixture(storage, ...ids, userOf({ id: 'disabled', status: 'disabled' }), 'inactive', 'zoe')
  await organizationFixture(storage, 'umbrella', ['2-denied', '9-nothing', 'inactive', 'disabled', '7-shadowed'])
  await organizationFixture(storage, 'omega', ['8-own-without'])
  await tenantFixture(storage, 'zeta', ['zoe', '9-nothing'])
  await tenantFixture(storage, 'acme', ['1-reader', ...ids.slice(1), 'disabled', 'inactive'])
  await write(storage, async (tx) => {
    const role = { name: 'Role', rank: 1, createdAt: noon }
    const own = { own: ['doc:write', permission], own_without: ['doc:write', 'doc:reader'], shadowed: ['doc:write'] }
    for (const [key, permissions] of Object.entries(own)) {
      await tx.roles.insert({ tenantId: 'acme', key, permissions, ...role })
    }
    await tx.roles.insert({ tenantId: 'zeta', key: 'nothing', permissions: [permission], ...role })
    for (const [userId, [roles, overrides]] of Object.entries(held)) {
      await tx.memberships.update({ tenantId: 'acme', userId, set: { roles, overrides } })
    }
    for (const [userId, set] of [
      ['disabled', { admin: true }],
      ['inactive', { admin: true }],
      ['7-shadowed', { admin: true, active: false }],
    ] as const)
      await tx.organizationMembers.update({ organizationId: 'umbrella', userId, set })
    const everything = { roles: ['admin'], overrides: { [permission]: true } }
    await tx.memberships.update({ tenantId: 'acme', userId: 'disabled', set: everything })
    await tx.memberships.update({ tenantId: 'acme', userId: 'inactive', set: { ...everything, active: false } })
    await tx.memberships.update({ tenantId: 'zeta', userId: '9-nothing', set: everything })
  })
}

const nobody: HolderFilter = { tenantId: 'acme', ownerId: null, grants: null }
const filters: readonly (readonly [string, Partial<HolderFilter>, readonly string[]])[] = [
  ['roles and overrides', { grants }, ['1', '3', '4', '5']],
  ['roles alone', { grants: { ...grants, overrides: false } }, ['1', '2', '4', '5', '6']],
  ['no custom roles', { grants: { ...grants, customRoles: false } }, ['1', '3', '4']],
  ['no role at all', { grants: { ...grants, roles: [], unrestrictedRoles: [], customRoles: false } }, ['3']],
  [
    'another permission',
    { grants: { ...grants, permission: 'doc:write', roles: [], unrestrictedRoles: [] } },
    ['2', '5', '6', '7', '8'],
  ],
  ['the organization’s admins', { grants: { ...grants, organizationId: 'umbrella' } }, ['1', '2', '3', '4', '5']],
  [
    'the organization’s admins where nothing is overridden',
    {
      grants: {
        ...grants,
        roles: [],
        unrestrictedRoles: [],
        customRoles: false,
        overrides: false,
        organizationId: 'umbrella',
      },
    },
    ['2'],
  ],
  ['one person, by a role', { grants: { ...grants, userId: '1-reader' } }, ['1']],
  ['one person, by an override', { grants: { ...grants, userId: '3-granted' } }, ['3']],
  ['one person who is denied it', { grants: { ...grants, userId: '2-denied' } }, []],
  [
    'one person who runs the organization',
    { grants: { ...grants, userId: '2-denied', organizationId: 'umbrella' } },
    ['2'],
  ],
  ['one person who has nothing, where others do', { grants: { ...grants, userId: '9-nothing' } }, []],
  [
    'one person by grants, another by owning',
    { grants: { ...grants, userId: '3-granted' }, ownerId: '9-nothing' },
    ['3', '9'],
  ],
  ['the owner and others', { grants, ownerId: '2-denied' }, ['1', '2', '3', '4', '5']],
  ['the owner alone', { ownerId: '9-nothing' }, ['9']],
  ['an owner who is inactive', { ownerId: 'inactive' }, []],
  ['an owner whose account is', { ownerId: 'disabled' }, []],
  ['an owner elsewhere', { ownerId: 'zoe' }, []],
  ['nobody', {}, []],
  ['nobody in no tenant', { tenantId: 'nowhere', grants, ownerId: 'zoe' }, []],
]

export const membershipHolderCases = [
  contractCase(
    'membership-list-holders',
    'Those who have a permission are listed by role, custom role and override, if they are active',
    async (storage) => {
      await holdersFixture(storage)
      for (const [name, filter, expected] of filters) {
        const listed = await storage.read.memberships.listHolders({ ...nobody, ...filter, page: { limit: 100 } })
        assert.deepEqual(
          listed.map(({ userId }) => userId[0]),
          expected,
          name,
        )
      }
      const [reader] = await storage.read.memberships.listHolders({ ...nobody, grants, page: { limit: 1 } })
      assert.deepEqual(reader, await storage.read.memberships.find({ tenantId: 'acme', userId: '1-reader' }))
    },
  ),

  contractCase('membership-count-holders', 'The count of holders is the length of their list', async (storage) => {
    await holdersFixture(storage)
    for (const [name, filter, expected] of filters) {
      assert.equal(await storage.read.memberships.countHolders({ ...nobody, ...filter }), expected.length, name)
    }
  }),

  contractCase('membership-list-holders-pages', 'Holders are paged without gap or repetition', async (storage) => {
    await usersFixture(storage, 'owner', ...scatteredPlaces.map(({ id }) => userOf({ id })))
    await write(storage, async (tx) => {
      await tx.tenants.insert(tenantOf({ id: 'acme', ownerId: 'z' }))
      for (const { id, at } of scatteredPlaces) {
        await tx.memberships.insert(
          membershipOf({ tenantId: 'acme', userId: id, createdAt: at, overrides: { [permission]: true } }),
        )
      }
    })
    await assertPages(
      'oldest',
      (page) => storage.read.memberships.listHolders({ ...nobody, grants, page }),
      ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
    )
  }),
]
