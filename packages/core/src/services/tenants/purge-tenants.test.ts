import { beforeEach, describe, expect, it } from 'vitest'
import { givenTenancy, givenTwoTenants } from '../../testing/given-tenancy.js'
import { withStorage } from '../../testing/with-storage.js'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import type { Storage } from '../../storage/port.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** A storage on which the process dies when it begins its `dying`th transaction from now. */
function mortalStorage() {
  const life = { left: Infinity }
  const storage = memoryStorage()
  const transaction: Storage['transaction'] = async (locks, work) => {
    if (life.left-- <= 0) throw new Error('killed')
    return storage.transaction(locks, work)
  }
  return { life, storage: { ...storage, transaction } }
}

/** Acme, with an invitation that waits, deleted thirty days ago. */
async function givenDeleted(storage: Storage = memoryStorage()) {
  const given = await givenTwoTenants({ storage })
  await given.inAcme('owner').update({ slug: 'acme' })
  await given.invite(given.acme, 'owner', { email: 'new@example.com' })
  await given.inAcme('owner').delete()
  given.tick(30 * DAY_MS)
  return given
}

describe('purging', () => {
  let given: Awaited<ReturnType<typeof givenDeleted>>
  beforeEach(async () => {
    given = await givenDeleted()
  })

  async function isGone() {
    const { read } = given.storage
    const tenantId = given.acme
    const page = { limit: 100 }
    const left = [
      ...(await read.memberships.list({ tenantId, page })),
      ...(await read.invitations.list({ tenantId, page })),
      ...(await read.events.list({ scope: { tenantId }, order: 'oldest', limit: 100 })),
    ]
    return (await read.tenants.find(tenantId)) === null && left.length === 0
  }

  it('removes a tenant with all it holds, and nothing else', async () => {
    const before = await given.state()
    const last = await given.storage.read.events.head({ tenantId: given.acme })
    const events = await given.eventsOf(async () => {
      expect(await given.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    })
    expect(await isGone()).toBe(true)
    const data = { lastSeq: last?.seq, lastHash: last?.hash }
    const target = { type: 'tenant', id: given.acme }
    expect(events).toEqual([{ type: 'tenant.purged', actorId: null, target, data }])
    const after = await given.state()
    expect(after.tenants).toEqual(before.tenants)
    const besidesEvents = ({ users }: typeof before) => users.map(({ events: _, ...user }) => user)
    expect(besidesEvents(after)).toEqual(besidesEvents(before))
    expect(await given.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
  })

  it('waits for the last moment at which the tenant can be restored', async () => {
    given.tick(-1)
    expect(await given.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    await given.inAcme('owner').restore()
    given.tick(1)
    expect(await given.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    expect((await given.inAcme('viewer').get()).tenant.slug).toBe('acme')
  })

  it('frees the slug', async () => {
    await given.tenancy.purge()
    await given.as('outsider').in(given.zeta).update({ slug: 'acme' })
  })

  it('is done once by many who do it at once', async () => {
    const others = await Promise.all(
      Array.from({ length: 4 }, () => givenTenancy({ storage: given.storage, clock: given.now })),
    )
    const results = await Promise.all([given, ...others].map(({ tenancy }) => tenancy.purge()))
    expect(results.reduce((sum, { purged }) => sum + purged, 0)).toBe(1)
    expect(await isGone()).toBe(true)
  })

  it('goes on after a crash, wherever that was, and never gives back half a tenant', async () => {
    for (let transactions = 0; ; transactions++) {
      const mortal = mortalStorage()
      given = await givenDeleted(mortal.storage)
      await given.tenancy.deliverMails()
      mortal.life.left = transactions
      const { purged, failed } = await given.tenancy.purge()
      mortal.life.left = Infinity
      if (failed === 0) {
        expect([purged, transactions > 2]).toEqual([1, true])
        break
      }
      // Even where another process’s clock says that there is time left.
      given.tick(-DAY_MS)
      const restored = await given
        .inAcme('owner')
        .restore()
        .catch(() => null)
      expect(restored === null || transactions === 0).toBe(true)
      if (restored) continue
      given.tick(DAY_MS)
      expect(await given.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
      expect(await isGone()).toBe(true)
    }
  })

  it('goes on with the others when one tenant cannot be removed', async () => {
    const broken = withStorage(given.storage, {
      tx: (tx) => ({
        purges: {
          ...tx.purges,
          finish: (id) => (id === given.acme ? Promise.reject(new Error('a host refers to it')) : tx.purges.finish(id)),
        },
      }),
    })
    await given.as('outsider').in(given.zeta).delete()
    given.tick(30 * DAY_MS)
    const other = await givenTenancy({ storage: broken, clock: given.now })
    expect(await other.tenancy.purge()).toEqual({ purged: 1, failed: 1 })
    expect(await given.storage.read.tenants.find(given.zeta)).toBeNull()
  })

  it('happens by itself once the relay is started', async () => {
    given.tenancy.startRelay()
    // Its run begins after the one that the start began, and finds nothing left to do.
    expect(await given.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    expect(await isGone()).toBe(true)
    await given.tenancy.stopRelay()
  })

  it('takes what was lent home first', async () => {
    const { storage, now } = given
    await given.user('ann')
    const home = await given.as('ann').tenants.create({ name: 'Home' })
    const key = { type: 'note', id: 'one' }
    await storage.transaction({}, async (tx) => {
      const about = {
        name: 'One',
        attributes: {},
        labels: {},
        sizeBytes: 0,
        visibility: 'private',
        createdAt: 1,
        updatedAt: 1,
        activeAt: 1,
      } as const
      await tx.resources.insert({ ...key, tenantId: home.id, homeTenantId: home.id, ownerId: 'ann', ...about })
      await tx.resources.lend({ ...key, tenantId: home.id, to: given.acme, at: now() })
    })
    expect(await given.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    expect(await storage.read.resources.find({ ...key, tenantId: home.id })).toMatchObject({ name: 'One' })
  })
})
