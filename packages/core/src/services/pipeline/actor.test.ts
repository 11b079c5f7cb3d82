import { expect, it } from 'vitest'
import { tenancyFixture } from '../../testing/fixtures/tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST, SYSTEM } from './actor.js'

it.each([
  undefined,
  null,
  'ann',
  {},
  { userId: undefined },
  { userId: null },
  { userId: '' },
  { userId: 7 },
  { userId: ['ann'] },
  { userId: 'a\0b' },
  { userId: 'x'.repeat(129) },
  { userId: undefined, system: true },
  { userId: 'ann', system: true },
  { userId: 'ann', guest: true },
  { guest: true, system: true },
  { guest: false },
  { system: 'true' },
  { system: 1 },
])('rejects %j as an actor', async (actor) => {
  const { tenancy } = await tenancyFixture()
  // What a host without types may hand in.
  expect(() => tenancy.as(actor as never)).toThrow(TypeError)
})

it('an actor cannot become another by a later assignment', async () => {
  const fixture = await tenancyFixture()
  await fixture.user('ann')
  await fixture.user('bob')
  const actor = { userId: 'ann' }
  const ann = fixture.tenancy.as(actor)
  actor.userId = 'bob'
  Object.assign(actor, { system: true })
  expect((await ann.users.me()).id).toBe('ann')
  expect(Object.isFrozen(ann.actor)).toBe(true)
})

it('guests and the host’s own code are frozen for all', () => {
  expect(Object.isFrozen(GUEST) && Object.isFrozen(SYSTEM)).toBe(true)
})

it('an actor whose account does not exist is not signed in anywhere', async () => {
  const fixture = await tenancyFixture()
  const nobody = fixture.as('nobody')
  const calls = [
    () => nobody.users.me(),
    () => nobody.users.update({ name: 'Nobody' }),
    () => nobody.users.delete(),
    () => nobody.users.list(),
    () => nobody.users.create({ email: 'new@example.com' }),
    () => nobody.tenants.create({ name: 'Acme' }),
    () => nobody.tenants.list(),
    () => nobody.tenants.current(),
    () => nobody.tenants.listAll(),
    () => nobody.tenants.switch({ tenantId: 'acme' }),
    () => nobody.accessTokens.create(),
    () => nobody.accessTokens.list(),
    () => nobody.accessTokens.revoke({ tokenId: 'none' }),
  ]
  for (const call of calls) await refusal(fixture, 'unauthenticated', call)
})
