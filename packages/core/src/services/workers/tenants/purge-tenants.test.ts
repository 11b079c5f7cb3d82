import { beforeEach, describe, expect, it } from 'vitest'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { withStorage } from '../../../testing/with-storage.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import type { Storage } from '../../../storage/port.js'

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
async function deletedFixture(storage: Storage = memoryStorage()) {
  const fixture = await twoTenantsFixture({ storage })
  await fixture.inAcme('owner').update({ slug: 'acme' })
  await fixture.invite(fixture.acme, 'owner', { email: 'new@example.com' })
  await fixture.inAcme('owner').delete()
  fixture.tick(30 * DAY_MS)
  return fixture
}

describe('purging', () => {
  let fixture: Awaited<ReturnType<typeof deletedFixture>>
  beforeEach(async () => {
    fixture = await deletedFixture()
  })

  async function isGone() {
    const { read } = fixture.storage
    const tenantId = fixture.acme
    const page = { limit: 100 }
    const left = [
      ...(await read.memberships.list({ tenantId, page })),
      ...(await read.invitations.list({ tenantId, page })),
      ...(await read.events.list({ scope: { tenantId }, order: 'oldest', limit: 100 })),
    ]
    return (await read.tenants.find(tenantId)) === null && left.length === 0
  }

  it('removes a tenant with all it holds, and nothing else', async () => {
    const before = await fixture.state()
    const last = await fixture.storage.read.events.head({ tenantId: fixture.acme })
    const events = await fixture.eventsOf(async () => {
      expect(await fixture.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    })
    expect(await isGone()).toBe(true)
    const data = { lastSeq: last?.seq, lastHash: last?.hash }
    const target = { type: 'tenant', id: fixture.acme }
    expect(events).toEqual([{ type: 'tenant.purged', actorId: null, target, data }])
    const after = await fixture.state()
    expect(after.tenants).toEqual(before.tenants)
    const besidesEvents = ({ users }: typeof before) => users.map(({ events: _, ...user }) => user)
    expect(besidesEvents(after)).toEqual(besidesEvents(before))
    expect(await fixture.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
  })

  it('waits for the last moment at which the tenant can be restored', async () => {
    fixture.tick(-1)
    expect(await fixture.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    await fixture.inAcme('owner').restore()
    fixture.tick(1)
    expect(await fixture.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    expect((await fixture.inAcme('viewer').get()).tenant.slug).toBe('acme')
  })

  it('frees the slug', async () => {
    await fixture.tenancy.purge()
    await fixture.as('outsider').in(fixture.zeta).update({ slug: 'acme' })
  })

  it('is done once by many who do it at once', async () => {
    const others = await Promise.all(
      Array.from({ length: 4 }, () => tenancyFixture({ storage: fixture.storage, clock: fixture.now })),
    )
    const results = await Promise.all([fixture, ...others].map(({ tenancy }) => tenancy.purge()))
    expect(results.reduce((sum, { purged }) => sum + purged, 0)).toBe(1)
    expect(await isGone()).toBe(true)
  })

  it('resumes after a crash at any step, and never restores half a tenant', async () => {
    for (let transactions = 0; ; transactions++) {
      const mortal = mortalStorage()
      fixture = await deletedFixture(mortal.storage)
      await fixture.tenancy.flushEmails()
      mortal.life.left = transactions
      const { purged, failed } = await fixture.tenancy.purge()
      mortal.life.left = Infinity
      if (failed === 0) {
        expect([purged, transactions > 2]).toEqual([1, true])
        break
      }
      // Even where another process’s clock says that there is time left.
      fixture.tick(-DAY_MS)
      const restored = await fixture
        .inAcme('owner')
        .restore()
        .catch(() => null)
      expect(restored === null || transactions === 0).toBe(true)
      if (restored) continue
      fixture.tick(DAY_MS)
      expect(await fixture.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
      expect(await isGone()).toBe(true)
    }
  })

  it('continues with other tenants when one cannot be removed', async () => {
    const broken = withStorage(fixture.storage, {
      tx: (tx) => ({
        purges: {
          ...tx.purges,
          complete: (id) =>
            id === fixture.acme ? Promise.reject(new Error('a host refers to it')) : tx.purges.complete(id),
        },
      }),
    })
    await fixture.as('outsider').in(fixture.zeta).delete()
    fixture.tick(30 * DAY_MS)
    const other = await tenancyFixture({ storage: broken, clock: fixture.now })
    expect(await other.tenancy.purge()).toEqual({ purged: 1, failed: 1 })
    expect(await fixture.storage.read.tenants.find(fixture.zeta)).toBeNull()
  })

  it('happens by itself once the worker is started', async () => {
    fixture.tenancy.startWorker()
    // Its run begins after the one that the start began, and finds nothing left to do.
    expect(await fixture.tenancy.purge()).toEqual({ purged: 0, failed: 0 })
    expect(await isGone()).toBe(true)
    await fixture.tenancy.stopWorker()
  })

  it('takes what was shared home first', async () => {
    const { storage, now } = fixture
    await fixture.user('ann')
    const ownerTenant = await fixture.as('ann').tenants.create({ name: 'Home' })
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
      await tx.resources.insert({
        ...key,
        tenantId: ownerTenant.id,
        ownerTenantId: ownerTenant.id,
        ownerId: 'ann',
        ...about,
      })
      await tx.resources.share({ ...key, tenantId: ownerTenant.id, to: fixture.acme, at: now() })
    })
    expect(await fixture.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    expect(await storage.read.resources.find({ ...key, tenantId: ownerTenant.id })).toMatchObject({ name: 'One' })
  })
})
