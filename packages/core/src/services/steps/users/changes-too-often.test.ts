import { expect, it } from 'vitest'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'

const MINUTE_MS = 60_000

it('two sessions of one user with different claims write a few times an hour, not with each request', async () => {
  const fixture = await tenancyFixture()
  const claims = [
    { id: 'ann', email: 'ann@example.com', name: 'Ann', emailVerified: true },
    { id: 'ann', email: 'Ann@example.com', name: 'Ann Example', emailVerified: false },
  ] as const
  const turns = Array.from({ length: 40 }, (_, turn) => claims[turn % 2] ?? claims[0])
  const events = await fixture.eventsOf(async () => {
    for (const claim of turns) {
      fixture.tick(1000)
      expect((await fixture.system.users.ensure(claim)).id).toBe('ann')
    }
  })
  expect(events.map(({ type }) => type)).toEqual(['user.created', ...Array.from({ length: 5 }, () => 'user.updated')])
})

it('what the host says is taken over once the changes of the last hour are few again', async () => {
  const fixture = await tenancyFixture()
  const rename = (name: string) => fixture.system.users.ensure({ id: 'ann', email: 'ann@example.com', name })
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await rename(name)
  expect((await rename('G')).name).toBe('F')
  fixture.tick(61 * MINUTE_MS)
  expect((await rename('G')).name).toBe('G')
})

it('a proof that the host withdraws or moves is followed, however often the name has changed', async () => {
  for (const emailVerified of [false, true]) {
    const fixture = await tenancyFixture()
    const ensure = (claims: object) => fixture.system.users.ensure({ id: 'mal', email: 'cfo@example.com', ...claims })
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await ensure({ name, emailVerified: true })
    if (!emailVerified) expect((await ensure({ emailVerified })).emailVerifiedAt).toBeNull()
    expect((await ensure({ email: 'mal@example.com', emailVerified })).email).toBe('mal@example.com')
  }
})
