import { expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'

it('access tells where one stands, and is a picture of its moment', async () => {
  const given = await givenTwoTenants()
  const access = await given.inAcme('editor').access()
  expect(access).toMatchObject({ userId: 'editor', roles: ['editor'], rank: 30, tenant: { id: given.acme } })
  expect(access.permissions()).toEqual([
    'tenant:read',
    'member:read',
    'role:read',
    'invoice:create',
    'invoice:read',
    'invoice:update',
    'invoice:delete',
  ])
  await given.inAcme('owner').members.changeRoles({ userId: 'editor', roles: ['viewer'] })
  expect(access.can('invoice:delete')).toBe(true)
  expect((await given.inAcme('editor').access()).can('invoice:delete')).toBe(false)
})

it('nobody can widen an access they hold', async () => {
  const given = await givenTwoTenants()
  const access = await given.inAcme('viewer').access()
  expect(Object.isFrozen(access) && Object.isFrozen(access.roles)).toBe(true)
})

it('activity is noted at most once a minute, without an event', async () => {
  const given = await givenTwoTenants()
  const lastActiveAt = async () => (await given.inAcme('owner').members.get({ userId: 'viewer' })).lastActiveAt
  const first = given.now()
  expect(await given.eventsOf(() => given.inAcme('viewer').recordActivity())).toEqual([])
  given.tick(59_999)
  await given.inAcme('viewer').recordActivity()
  expect(await lastActiveAt()).toBe(first)
  given.tick(1)
  await given.inAcme('viewer').recordActivity()
  expect(await lastActiveAt()).toBe(given.now())
})
