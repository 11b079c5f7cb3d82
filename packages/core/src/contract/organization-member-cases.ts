import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { organizationFixture, usersFixture, noon, organizationMembershipOf } from './fixtures/rows.js'
import { refuses, write } from './write.js'

const bob = organizationMembershipOf({ organizationId: 'umbrella', userId: 'bob' })
const key = { organizationId: 'umbrella', userId: 'bob' }

/** Umbrella with its admin Ann and with Bob; Omega with its admin Bob. */
async function twoOrganizationsFixture(storage: Storage): Promise<void> {
  await usersFixture(storage, 'ann', 'bob', 'eve')
  await organizationFixture(storage, 'umbrella', ['ann', 'bob'])
  await organizationFixture(storage, 'omega', ['bob'])
}

export const organizationMemberCases = [
  contractCase('organization-member-find', 'A member is found with the user, active or not', async (storage) => {
    await twoOrganizationsFixture(storage)
    const user = await storage.read.users.find('bob')
    assert.deepEqual(await storage.read.organizationMembers.find(key), { ...bob, user })
    await write(storage, (tx) => tx.organizationMembers.update({ ...key, set: { active: false } }))
    assert.deepEqual(await storage.read.organizationMembers.find(key), { ...bob, active: false, user })
    for (const other of [
      { organizationId: 'umbrella', userId: 'eve' },
      { organizationId: 'omega', userId: 'ann' },
      { organizationId: 'nowhere', userId: 'ann' },
    ])
      assert.equal(await storage.read.organizationMembers.find(other), null)
  }),

  contractCase('organization-member-insert', 'A new member is kept with every field as given', async (storage) => {
    await twoOrganizationsFixture(storage)
    const eve = { organizationId: 'umbrella', userId: 'eve', active: false, admin: true, createdAt: noon + 7 }
    await write(storage, async (tx) => {
      await tx.organizationMembers.insert(eve)
      const user = await tx.users.find('eve')
      assert.deepEqual(await tx.organizationMembers.find(eve), { ...eve, user })
    })
    const user = await storage.read.users.find('eve')
    assert.deepEqual(await storage.read.organizationMembers.find(eve), { ...eve, user })
  }),

  contractCase(
    'organization-member-insert-twice',
    'A second membership of the same user in an organization is refused',
    async (storage) => {
      await twoOrganizationsFixture(storage)
      const before = await storage.read.organizationMembers.find(key)
      await refuses(storage, 'organization_member', (tx) => tx.organizationMembers.insert({ ...bob, admin: true }))
      assert.deepEqual(await storage.read.organizationMembers.find(key), before)
    },
  ),

  contractCase(
    'organization-member-insert-reference',
    'A membership of an unknown organization or user is refused',
    async (storage) => {
      await twoOrganizationsFixture(storage)
      for (const unknown of [{ userId: 'nobody' }, { organizationId: 'nowhere' }])
        await refuses(storage, 'reference', (tx) =>
          tx.organizationMembers.insert({ ...bob, userId: 'eve', ...unknown }),
        )
      assert.equal(await storage.read.organizationMembers.count({ organizationId: 'umbrella' }), 2)
    },
  ),

  contractCase(
    'organization-member-update',
    'An update changes the named fields of one membership',
    async (storage) => {
      await twoOrganizationsFixture(storage)
      const update = (set: { active?: boolean; admin?: boolean }, userId = 'bob') =>
        write(storage, (tx) => tx.organizationMembers.update({ organizationId: 'umbrella', userId, set }))
      const flags = async (organizationId: string, userId = 'bob') => {
        const found = await storage.read.organizationMembers.find({ organizationId, userId })
        return [found?.active, found?.admin, found?.createdAt]
      }
      assert.equal(await update({ admin: true }), true)
      assert.deepEqual(await flags('umbrella'), [true, true, noon])
      assert.equal(await update({ active: false }), true)
      assert.deepEqual(await flags('umbrella'), [false, true, noon])
      assert.equal(await update({ active: true, admin: false }), true)
      assert.deepEqual(await flags('umbrella'), [true, false, noon])
      assert.equal(await update({}), true)
      assert.deepEqual([await update({ admin: true }, 'eve'), await update({}, 'eve')], [false, false])
      assert.deepEqual(await flags('umbrella', 'ann'), [true, true, noon])
      assert.deepEqual(await flags('omega'), [true, true, noon])
    },
  ),

  contractCase('organization-member-delete', 'A removal takes one membership only', async (storage) => {
    await twoOrganizationsFixture(storage)
    const remove = () => write(storage, (tx) => tx.organizationMembers.delete(key))
    assert.equal(await remove(), true)
    assert.equal(await remove(), false)
    assert.equal(await storage.read.organizationMembers.find(key), null)
    assert.equal(await storage.read.organizationMembers.count({ organizationId: 'umbrella' }), 1)
    assert.deepEqual(
      (await storage.read.organizationMembers.listByUser('bob')).map(({ organization }) => organization.id),
      ['omega'],
    )
  }),
]
