import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, noon } from './fixtures/rows.js'
import { commentOf, resourceOf } from './fixtures/resources.js'
import { write } from './write.js'

const doc = { type: 'doc', id: 'one' } as const
const [inAcme, inZeta] = [
  { tenantId: 'acme', ...doc },
  { tenantId: 'zeta', ...doc },
]

const say = (storage: Storage, tenantId: string, id: string, resourceId = 'one') =>
  write(storage, (tx) => tx.comments.insert(commentOf({ tenantId, id, resourceId, authorId: 'ann' })))

/** What is said about the documents `one` and `two`, in Acme and in Zeta. */
async function said({ read }: Storage) {
  const of = async (tenantId: string, resourceId: string) => {
    const about = { tenantId, resourceType: 'doc', resourceId }
    return (await read.comments.list({ ...about, page: { limit: 100 } })).map(({ id }) => id)
  }
  return {
    acme: [await of('acme', 'one'), await of('acme', 'two')],
    zeta: [await of('zeta', 'one'), await of('zeta', 'two')],
  }
}

/** A document of Acme that was talked about there, and, once it was shared, in Zeta; and another of each. */
async function talkFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    await tx.resources.insert(resourceOf({ ...inAcme, ownerId: 'ann' }))
    await tx.resources.insert(resourceOf({ ...inAcme, id: 'two', ownerId: 'ann' }))
    await tx.resources.insert(resourceOf({ ...inZeta, id: 'two', ownerId: 'zoe' }))
  })
  await say(storage, 'acme', 'at-home')
  await say(storage, 'acme', 'other', 'two')
  await say(storage, 'zeta', 'other', 'two')
}

const share = (storage: Storage) => write(storage, (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))

export const commentPlaceCases = [
  contractCase('resource-delete-comments', 'What was said about a resource goes with it', async (storage) => {
    await talkFixture(storage)
    await share(storage)
    await say(storage, 'zeta', 'away')
    assert.deepEqual(await said(storage), { acme: [['at-home'], ['other']], zeta: [['away'], ['other']] })
    await write(storage, (tx) => tx.resources.delete(inZeta))
    assert.deepEqual(await said(storage), { acme: [[], ['other']], zeta: [[], ['other']] })
    await write(storage, (tx) => tx.resources.insert(resourceOf({ ...inAcme, ownerId: 'ann' })))
    assert.deepEqual((await said(storage)).acme, [[], ['other']], 'not when it is made anew')
  }),

  contractCase(
    'resource-share-comments',
    'A resource that is shared takes along nothing that was said',
    async (storage) => {
      await talkFixture(storage)
      await share(storage)
      assert.deepEqual(await said(storage), { acme: [['at-home'], ['other']], zeta: [[], ['other']] })
    },
  ),

  contractCase(
    'resource-take-back-comments',
    'What was said about a share ends with it, what was said in its own tenant stays',
    async (storage) => {
      await talkFixture(storage)
      await share(storage)
      await say(storage, 'zeta', 'away')
      await write(storage, (tx) => tx.resources.unshare({ ...inZeta, at: noon }))
      assert.deepEqual(await said(storage), { acme: [['at-home'], ['other']], zeta: [[], ['other']] })
      await share(storage)
      assert.deepEqual((await said(storage)).zeta, [[], ['other']], 'not when it is shared again')
    },
  ),
]
