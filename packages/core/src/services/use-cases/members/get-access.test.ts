import { expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'

it('getAccess returns a snapshot of the caller’s roles and permissions', async () => {
  const fixture = await twoTenantsFixture()
  const access = await fixture.inAcme('editor').access()
  expect(access).toMatchObject({ userId: 'editor', roles: ['editor'], rank: 30, tenant: { id: fixture.acme } })
  expect(access.permissions()).toEqual([
    'tenant:read',
    'member:read',
    'role:read',
    'invoice:create',
    'invoice:read',
    'invoice:update',
    'invoice:delete',
  ])
  await fixture.inAcme('owner').members.setRoles({ userId: 'editor', roles: ['viewer'] })
  expect(access.can('invoice:delete')).toBe(true)
  expect((await fixture.inAcme('editor').access()).can('invoice:delete')).toBe(false)
})

it('an access object cannot be modified', async () => {
  const fixture = await twoTenantsFixture()
  const access = await fixture.inAcme('viewer').access()
  expect(Object.isFrozen(access) && Object.isFrozen(access.roles)).toBe(true)
})

it('activity is noted at most once a minute, without an event', async () => {
  const fixture = await twoTenantsFixture()
  const lastActiveAt = async () => (await fixture.inAcme('owner').members.get({ userId: 'viewer' })).lastActiveAt
  const first = fixture.now()
  expect(await fixture.eventsOf(() => fixture.inAcme('viewer').recordActivity())).toEqual([])
  fixture.tick(59_999)
  await fixture.inAcme('viewer').recordActivity()
  expect(await lastActiveAt()).toBe(first)
  fixture.tick(1)
  await fixture.inAcme('viewer').recordActivity()
  expect(await lastActiveAt()).toBe(fixture.now())
})
