import assert from 'node:assert/strict'
import type { AdminsWithoutMembershipFilter } from '../storage/organization-member-port.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import {
  organizationFixture,
  tenantFixture,
  usersFixture,
  organizationMembershipOf,
  organizationOf,
  userOf,
} from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

/** Umbrella and its admins, of whom some are members of Acme, of Zeta or of neither. */
async function adminsFixture(storage: Storage): Promise<void> {
  const admins = ['ann', 'bob', 'cat', 'dan', 'eve'] as const
  await usersFixture(storage, ...admins, 'fay', 'gus', 'zoe', userOf({ id: 'disabled', status: 'disabled' }))
  await organizationFixture(storage, 'umbrella', [...admins, 'fay', 'gus', 'disabled'])
  await organizationFixture(storage, 'omega', ['zoe'])
  await tenantFixture(storage, 'acme', ['ann', 'bob'], { organizationId: 'umbrella' })
  await tenantFixture(storage, 'zeta', ['zoe', 'cat'], { organizationId: 'omega' })
  await write(storage, async (tx) => {
    const set = (userId: string, flags: { admin?: boolean; active?: boolean }) =>
      tx.organizationMembers.update({ organizationId: 'umbrella', userId, set: flags })
    for (const userId of [...admins, 'disabled']) await set(userId, { admin: true })
    await set('gus', { admin: true, active: false })
    await tx.memberships.update({ tenantId: 'acme', userId: 'bob', set: { active: false } })
  })
}

const filters: readonly (readonly [string, Partial<AdminsWithoutMembershipFilter>, readonly string[]])[] = [
  ['all', {}, ['bob', 'cat', 'dan', 'eve']],
  ['one', { userId: 'dan' }, ['dan']],
  ['one who is a member', { userId: 'ann' }, []],
  ['one who is an inactive member', { userId: 'bob' }, ['bob']],
  ['one who is no admin', { userId: 'fay' }, []],
  ['one who is an admin elsewhere', { userId: 'zoe' }, []],
  ['another organization', { organizationId: 'omega' }, ['zoe']],
  ['another tenant', { tenantId: 'zeta' }, ['ann', 'bob', 'dan', 'eve']],
  ['no organization', { organizationId: 'nowhere' }, []],
]
const inAcme: AdminsWithoutMembershipFilter = { organizationId: 'umbrella', tenantId: 'acme' }

export const adminsWithoutMembershipCases = [
  contractCase(
    'organization-member-list-outside',
    'Active admins of an organization are listed who have no active membership of the tenant',
    async (storage) => {
      await adminsFixture(storage)
      for (const [name, filter, expected] of filters) {
        const page = { limit: 100 }
        const listed = await storage.read.organizationMembers.listAdminsWithoutMembership({
          ...inAcme,
          ...filter,
          page,
        })
        assert.deepEqual(
          listed.map(({ userId }) => userId),
          expected,
          name,
        )
      }
      const [cat] = await storage.read.organizationMembers.listAdminsWithoutMembership({
        ...inAcme,
        userId: 'cat',
        page: { limit: 1 },
      })
      const key = { organizationId: 'umbrella', userId: 'cat' }
      assert.deepEqual(cat, await storage.read.organizationMembers.find(key))
    },
  ),

  contractCase(
    'organization-member-count-outside',
    'The count of the admins outside a tenant is the length of their list',
    async (storage) => {
      await adminsFixture(storage)
      for (const [name, filter, expected] of filters) {
        const count = await storage.read.organizationMembers.countAdminsWithoutMembership({ ...inAcme, ...filter })
        assert.equal(count, expected.length, name)
      }
    },
  ),

  contractCase(
    'organization-member-list-outside-pages',
    'Admins outside a tenant are paged without gap or repetition',
    async (storage) => {
      await usersFixture(storage, 'owner', ...scatteredPlaces.map(({ id }) => id))
      await tenantFixture(storage, 'acme', ['owner'])
      await write(storage, async (tx) => {
        await tx.organizations.insert(organizationOf({ id: 'umbrella' }))
        const place = { organizationId: 'umbrella', admin: true }
        for (const { id: userId, at: createdAt } of scatteredPlaces)
          await tx.organizationMembers.insert(organizationMembershipOf({ ...place, userId, createdAt }))
      })
      await assertPages(
        'oldest',
        (page) => storage.read.organizationMembers.listAdminsWithoutMembership({ ...inAcme, page }),
        ({ userId, createdAt }) => ({ id: userId, at: createdAt }),
      )
    },
  ),
]
