import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { refusal } from '../../../testing/refusal.js'

describe('creating an account', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.user('operator', { superuser: true })
  })

  it('is allowed to operators and SYSTEM, with an event in the account’s chain', async () => {
    const events = await fixture.eventsOf(async () => {
      await fixture.as('operator').users.create({ id: 'bob', email: ' Bob@Example.com', name: 'Bob', language: 'de' })
    })
    const target = { type: 'user', id: 'bob' }
    expect(events).toEqual([{ type: 'user.created', actorId: 'operator', target, data: { superuser: false } }])
    const user = await fixture.as('bob').users.me()
    expect(user).toMatchObject({
      email: 'Bob@Example.com',
      emailKey: 'bob@example.com',
      emailVerifiedAt: null,
      superuser: false,
    })
  })

  it('is refused to everybody else before a password costs any work', async () => {
    let hashed = 0
    const hash = async () => `${++hashed}`
    fixture = await tenancyFixture({ passwords: { ...plainHasher, hash }, userCreation: 'operators' })
    await fixture.user('ann')
    const input = { email: 'new@example.com', password: 'correct horse' }
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.create(input))
    await refusal(fixture, 'unauthenticated', () => fixture.as('nobody').users.create(input))
    await refusal(fixture, 'forbidden', () => fixture.as('ann').users.create(input))
    await refusal(fixture, 'forbidden', () =>
      fixture.as('ann').users.update({ userId: 'operator', password: 'correct horse' }),
    )
    await refusal(fixture, 'unauthenticated', () =>
      fixture.tenancy.as(GUEST).users.update({ userId: 'ann', password: 'correct horse' }),
    )
    expect(hashed).toBe(0)
  })

  it('is refused for an address or id there is, however the address is written', async () => {
    await refusal(fixture, 'email_taken', () => fixture.system.users.create({ email: 'ANN＠example.com' }))
    await refusal(fixture, 'conflict', () => fixture.system.users.create({ id: 'ann', email: 'other@example.com' }))
    await fixture.system.users.delete({ userId: 'ann' })
    await refusal(fixture, 'conflict', () => fixture.system.users.create({ id: 'ann', email: 'other@example.com' }))
  })

  it.each([
    {},
    { email: 'ann' },
    { email: 'new@example.com', password: 'short' },
    { email: 'new@example.com', id: 'a b' },
    { email: 'new@example.com', status: 'active' },
    { email: 'new@example.com', emailVerifiedAt: 1 },
    { email: 'new@example.com', superuser: 'true' },
    { email: 'new@example.com', passwordHash: 'plain:x' },
  ])('refuses %j', async (input) => {
    // What a caller without types may hand in.
    await expect(fixture.system.users.create(input as never)).rejects.toMatchObject({ code: /^invalid_/ })
  })
})
