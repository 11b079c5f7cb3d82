import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'

const ANN = { id: 'ann', email: 'Ann@Example.com', name: 'Ann', emailVerified: true }

describe('taking over a person the host has authenticated', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  const ensure = (input: object = {}) => fixture.system.users.ensure({ ...ANN, ...input })
  beforeEach(async () => {
    fixture = await tenancyFixture()
  })

  it('makes the account at first sight, and writes nothing while nothing differs', async () => {
    const events = await fixture.eventsOf(async () => {
      expect(await ensure()).toMatchObject({ id: 'ann', emailKey: 'ann@example.com', emailVerifiedAt: fixture.now() })
      fixture.tick(1000)
      await ensure()
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created'])
  })

  it('updates given fields, lists changes in the event and keeps an omitted name', async () => {
    await ensure()
    fixture.tick(1000)
    const change = async (input: object) => (await fixture.eventsOf(() => ensure(input)))[0]?.data
    expect(await change({ name: 'Anna' })).toEqual({ changed: ['name'] })
    expect(await change({ name: null, emailVerified: false })).toEqual({ changed: ['emailVerifiedAt'] })
    expect(await change({ name: undefined, email: 'anna@example.com' })).toEqual({
      changed: ['email', 'emailVerifiedAt'],
    })
    expect(await fixture.as('ann').users.me()).toMatchObject({
      name: 'Anna',
      email: 'anna@example.com',
      emailVerifiedAt: fixture.now(),
    })
  })

  it('marks a changed address as verified', async () => {
    await ensure()
    fixture.tick(1000)
    expect((await ensure({ email: 'ANN@example.com' })).emailVerifiedAt).toBe(fixture.now() - 1000)
    expect((await ensure({ email: 'anna@example.com' })).emailVerifiedAt).toBe(fixture.now())
  })

  it('is allowed to SYSTEM and operators only, also when nothing changes', async () => {
    await ensure()
    await fixture.user('bob')
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.ensure(ANN))
    await refusal(fixture, 'forbidden', () => fixture.as('bob').users.ensure(ANN))
    await refusal(fixture, 'forbidden', () => fixture.as('ann').users.ensure(ANN))
  })

  it('brings no deleted account back', async () => {
    await ensure()
    await fixture.as('ann').users.delete()
    await refusal(fixture, 'unauthenticated', () => ensure())
  })

  it('makes one account of many first requests at once', async () => {
    const storage = memoryStorage()
    let looked = 0
    // The first look finds nobody, as on a database where another request writes between look and write.
    const racing = withStorage(storage, {
      tx: (tx) => ({ users: { ...tx.users, find: async (id) => (++looked === 2 ? null : tx.users.find(id)) } }),
    })
    fixture = await tenancyFixture({ storage: racing })
    const users = await Promise.all([ensure(), ensure()])
    expect(users.map(({ id }) => id)).toEqual(['ann', 'ann'])
    expect(fixture.heard.map(({ type }) => type)).toEqual(['user.created'])
  })
})
