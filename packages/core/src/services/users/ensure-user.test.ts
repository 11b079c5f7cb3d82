import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import { givenTenancy } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { withStorage } from '../../testing/with-storage.js'

const ANN = { id: 'ann', email: 'Ann@Example.com', name: 'Ann', emailVerified: true }

describe('taking over a person the host has authenticated', () => {
  let given: Awaited<ReturnType<typeof givenTenancy>>
  const ensure = (input: object = {}) => given.system.users.ensure({ ...ANN, ...input })
  beforeEach(async () => {
    given = await givenTenancy()
  })

  it('makes the account at first sight, and writes nothing while nothing differs', async () => {
    const events = await given.eventsOf(async () => {
      expect(await ensure()).toMatchObject({ id: 'ann', emailKey: 'ann@example.com', emailVerifiedAt: given.now() })
      given.tick(1000)
      await ensure()
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created'])
  })

  it('keeps in step what the host says, tells what changed, and leaves a name the host does not say', async () => {
    await ensure()
    given.tick(1000)
    const change = async (input: object) => (await given.eventsOf(() => ensure(input)))[0]?.data
    expect(await change({ name: 'Anna' })).toEqual({ changed: ['name'] })
    expect(await change({ name: null, emailVerified: false })).toEqual({ changed: ['emailVerifiedAt'] })
    expect(await change({ name: undefined, email: 'anna@example.com' })).toEqual({
      changed: ['email', 'emailVerifiedAt'],
    })
    expect(await given.as('ann').users.me()).toMatchObject({
      name: 'Anna',
      email: 'anna@example.com',
      emailVerifiedAt: given.now(),
    })
  })

  it('proves an address anew when it is another one', async () => {
    await ensure()
    given.tick(1000)
    expect((await ensure({ email: 'ANN@example.com' })).emailVerifiedAt).toBe(given.now() - 1000)
    expect((await ensure({ email: 'anna@example.com' })).emailVerifiedAt).toBe(given.now())
  })

  it('is for the host’s own code and operators, also while nothing differs', async () => {
    await ensure()
    await given.user('bob')
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.ensure(ANN))
    await refusal(given, 'forbidden', () => given.as('bob').users.ensure(ANN))
    await refusal(given, 'forbidden', () => given.as('ann').users.ensure(ANN))
  })

  it('brings no deleted account back', async () => {
    await ensure()
    await given.as('ann').users.delete()
    await refusal(given, 'unauthenticated', () => ensure())
  })

  it('makes one account of many first requests at once', async () => {
    const storage = memoryStorage()
    let looked = 0
    // The first look finds nobody, as on a database where another request writes between look and write.
    const racing = withStorage(storage, {
      tx: (tx) => ({ users: { ...tx.users, find: async (id) => (++looked === 2 ? null : tx.users.find(id)) } }),
    })
    given = await givenTenancy({ storage: racing })
    const users = await Promise.all([ensure(), ensure()])
    expect(users.map(({ id }) => id)).toEqual(['ann', 'ann'])
    expect(given.heard.map(({ type }) => type)).toEqual(['user.created'])
  })
})
