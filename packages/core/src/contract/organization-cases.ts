import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { organizationFixture, twoTenantsFixture, usersFixture, organizationOf } from './fixtures/rows.js'
import { awkward } from './texts.js'
import { refuses, write } from './write.js'

export const organizationCases = [
  contractCase('organization-find', 'An organization is found by its id alone', async (storage) => {
    await twoTenantsFixture(storage)
    const umbrella = await organizationFixture(storage, 'umbrella', ['ann'], { shortName: 'umbrella-group' })
    assert.deepEqual(await storage.read.organizations.find('umbrella'), umbrella)
    for (const id of ['acme', 'Umbrella', 'umbrella-group', '%', ''])
      assert.equal(await storage.read.organizations.find(id), null)
  }),

  contractCase('organization-insert', 'A new organization is kept with every field as given', async (storage) => {
    const organization = organizationOf({
      id: '~!"\'\\$%&',
      shortName: 'a-name-1',
      displayName: awkward,
      createdAt: 253_402_300_799_999,
    })
    await write(storage, async (tx) => {
      await tx.organizations.insert(organization)
      assert.deepEqual(await tx.organizations.find(organization.id), organization)
    })
    assert.deepEqual(await storage.read.organizations.find(organization.id), organization)
  }),

  contractCase(
    'organization-insert-twice',
    'A second organization with the same id or short name is refused, a tenant’s slug is another matter',
    async (storage) => {
      await usersFixture(storage, 'ann')
      const first = await organizationFixture(storage, 'first', ['ann'], { shortName: 'group' })
      await refuses(storage, 'organization.id', (tx) =>
        tx.organizations.insert(organizationOf({ id: 'first', shortName: 'other' })),
      )
      await refuses(storage, 'organization.short_name', (tx) =>
        tx.organizations.insert(organizationOf({ id: 'second', shortName: 'group' })),
      )
      assert.deepEqual(await storage.read.organizations.find('first'), first)
      assert.equal(await storage.read.organizations.find('second'), null)
    },
  ),
]
