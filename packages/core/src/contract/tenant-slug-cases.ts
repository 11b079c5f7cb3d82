import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { tenantFixture, usersFixture } from './fixtures/rows.js'
import { write } from './write.js'

export const tenantSlugCases = [
  contractCase(
    'tenant-find-by-slug',
    'A tenant is found by the slug it has now, whatever its status',
    async (storage) => {
      await usersFixture(storage, 'ann')
      for (const status of ['active', 'suspended', 'archived', 'deleted'] as const)
        await tenantFixture(storage, status, ['ann'], { status, slug: `is-${status}` })
      await tenantFixture(storage, 'without', ['ann'], { slug: null })
      const find = (slug: string) => storage.read.tenants.findIdBySlug(slug)
      for (const status of ['active', 'suspended', 'archived', 'deleted'])
        assert.equal(await find(`is-${status}`), status)
      for (const slug of ['unknown', 'IS-ACTIVE', 'is-%', 'active', '']) assert.equal(await find(slug), null)
      const rename = { id: 'active', status: 'active', set: { slug: 'renamed' } } as const
      await write(storage, (tx) => tx.tenants.update(rename))
      assert.deepEqual([await find('is-active'), await find('renamed')], [null, 'active'])
    },
  ),
]
