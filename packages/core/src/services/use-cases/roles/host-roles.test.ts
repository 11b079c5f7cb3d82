import { describe, expect, it } from 'vitest'
import { BUILT_IN_ROLES } from '../../../policy/roles.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const resources = { invoice: ['create', 'read', 'update', 'delete', 'approve'] }
const clerk = { rank: 25, name: 'The host’s clerk', permissions: ['invoice:*'] }

/** What a later deployment makes of the same storage. */
async function redeployed(declared: Parameters<typeof tenancyFixture>[0]) {
  const storage = memoryStorage()
  const before = await twoTenantsFixture({ storage })
  await before.inAcme('owner').roles.create({ key: 'clerk', name: 'Clerk', rank: 35, permissions: ['invoice:read'] })
  await before.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['clerk'] })
  const after = await tenancyFixture({ storage, ...declared })
  return { ...after, inAcme: (id: string) => after.as(id).in(before.acme) }
}

describe('a role that a tenant made, when the host declares', () => {
  it('one of the same key, stays what the tenant made it, and can be changed and deleted', async () => {
    const fixture = await redeployed({ roles: { clerk } })
    const access = await fixture.inAcme('viewer').access()
    expect([access.rank, access.permissions()]).toEqual([35, ['invoice:read']])
    expect((await fixture.inAcme('owner').roles.list()).filter(({ key }) => key === 'clerk')).toMatchObject([
      { name: 'Clerk', custom: true },
    ])
    await fixture.inAcme('owner').roles.update({ key: 'clerk', name: 'Ours' })
    await refusal(fixture, 'role_in_use', () => fixture.inAcme('owner').roles.delete({ key: 'clerk' }))
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['viewer'] })
    await fixture.inAcme('owner').roles.delete({ key: 'clerk' })
    const left = (await fixture.inAcme('owner').roles.list()).filter(({ key }) => key === 'clerk')
    expect(left).toMatchObject([{ name: 'The host’s clerk', custom: false }])
  })

  it('a lower rank for admins, ranks below them', async () => {
    const fixture = await redeployed({ roles: { admin: { ...BUILT_IN_ROLES.admin, rank: 34 } } })
    expect((await fixture.inAcme('viewer').access()).rank).toBe(33)
    const create = (rank: number) =>
      fixture.inAcme('owner').roles.create({ key: 'new', name: 'New', rank, permissions: [] })
    const { details } = await refusal(fixture, 'invalid_input', () => create(34))
    expect(details.field).toBe('rank')
    await create(33)
  })

  it('its permissions no longer, gives none of them', async () => {
    const fixture = await redeployed({ resources: { note: ['read'] } })
    expect((await fixture.inAcme('viewer').access()).permissions()).toEqual([])
    expect((await fixture.inAcme('owner').roles.list()).at(-1)?.permissions).toEqual([])
    await fixture.inAcme('owner').roles.update({ key: 'clerk', permissions: ['note:read'] })
    expect((await fixture.inAcme('viewer').access()).permissions()).toEqual(['note:read'])
  })
})

it('rejects a key that members still hold from a removed host role', async () => {
  const storage = memoryStorage()
  const before = await tenancyFixture({ storage, roles: { clerk } })
  const acme = await before.tenant('owner', { bob: 'clerk' })
  const after = await tenancyFixture({ storage, resources })
  const create = () =>
    after
      .as('owner')
      .in(acme)
      .roles.create({ key: 'clerk', name: 'Clerk', rank: 1, permissions: ['invoice:approve'] })
  expect((await refusal(after, 'role_in_use', create)).details).toEqual({ members: 1, invitations: 0 })
  await after
    .as('owner')
    .in(acme)
    .members.setRoles({ userId: 'bob', roles: ['viewer'] })
  await create()
})
