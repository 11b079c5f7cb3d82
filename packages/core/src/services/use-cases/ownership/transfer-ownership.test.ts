import { expect, it } from 'vitest'
import { createTenancy } from '../../../create-tenancy.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { SYSTEM } from '../../pipeline/actor.js'

const reason = 'The owner left the company'

async function acmeFixture(options: Parameters<typeof twoTenantsFixture>[0] = {}) {
  const fixture = await twoTenantsFixture(options)
  const transfer = (userId: string) =>
    fixture.tenancy.as(SYSTEM).tenants.transferOwnership({ tenantId: fixture.acme, userId, reason })
  const rolesOf = async (userId: string) =>
    (await fixture.storage.read.memberships.find({ tenantId: fixture.acme, userId }))?.roles
  return { ...fixture, transfer, rolesOf }
}

it('transferOwnership hands a tenant to a member, and tells both', async () => {
  const { transfer, rolesOf, eventsOf, tenancy, sent, acme } = await acmeFixture()
  await tenancy.flushEmails()
  const before = sent.length
  const data = { from: 'owner', to: 'editor', operator: { userId: null, reason } }
  expect(await eventsOf(() => transfer('editor'))).toEqual([
    { type: 'ownership.transferred', actorId: null, target: { type: 'member', id: 'editor' }, data },
  ])
  expect([await rolesOf('editor'), await rolesOf('owner')]).toEqual([['owner'], ['admin']])
  expect((await tenancy.as({ userId: 'editor' }).in(acme).get()).tenant.ownerId).toBe('editor')
  await tenancy.flushEmails()
  expect(sent.slice(before).map(({ to }) => to)).toEqual(['owner@example.com', 'editor@example.com'])
})

it('transferOwnership makes a member of whoever is none, within the limits', async () => {
  const { transfer, rolesOf, eventsOf } = await acmeFixture()
  expect(await eventsOf(() => transfer('outsider'))).toMatchObject([
    { type: 'member.added', target: { id: 'outsider' }, data: { roles: ['owner'], active: true } },
    { type: 'ownership.transferred' },
  ])
  expect(await rolesOf('outsider')).toEqual(['owner'])
  const full = await acmeFixture({ limits: { membersPerTenant: 7 } })
  await expect(full.transfer('outsider')).rejects.toMatchObject({ code: 'member_limit_exceeded' })
})

it('transferOwnership activates a member who is not active', async () => {
  const { transfer, inAcme, eventsOf, as, acme } = await acmeFixture()
  await inAcme('owner').members.deactivate({ userId: 'editor' })
  expect(await eventsOf(() => transfer('editor'))).toMatchObject([
    { type: 'member.activated' },
    { type: 'ownership.transferred' },
  ])
  await as('editor').in(acme).archive()
})

it('transferOwnership ends a transfer under way', async () => {
  const { transfer, inAcme, sent, tenancy } = await acmeFixture()
  const { token } = await inAcme('owner').ownership.start()
  await tenancy.flushEmails()
  const code = /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? ''
  const { token: last } = await inAcme('owner').ownership.verify({ token, code })
  await transfer('editor')
  await transfer('owner')
  await expect(inAcme('owner').ownership.complete({ userId: 'admin', token: last })).rejects.toMatchObject({
    code: 'invalid_token',
  })
})

it('transferOwnership works in a suspended tenant', async () => {
  const { transfer, rolesOf, tenancy, acme } = await acmeFixture()
  await tenancy.as(SYSTEM).tenants.suspend({ tenantId: acme, reason })
  expect(await transfer('admin')).toMatchObject({ ownerId: 'admin', status: 'suspended' })
  expect(await rolesOf('admin')).toEqual(['owner'])
})

it('without a mailer a transfer that the owner starts is refused by naming transferOwnership, which works', async () => {
  const tenancy = createTenancy({ storage: memoryStorage() })
  const host = tenancy.as(SYSTEM)
  for (const id of ['ann', 'bob']) await host.users.create({ id, email: `${id}@example.com`, emailVerified: true })
  const { id: tenantId } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  const { ownership } = tenancy.as({ userId: 'ann' }).in(tenantId)
  await expect(ownership.start()).rejects.toThrow('as(SYSTEM).tenants.transferOwnership')
  expect(await host.tenants.transferOwnership({ tenantId, userId: 'bob', reason })).toMatchObject({ ownerId: 'bob' })
})

it('transferOwnership refuses the owner, an account that is none, and a personal tenant', async () => {
  const { transfer, tenancy, user, as } = await acmeFixture({ personalTenants: true })
  await expect(transfer('owner')).rejects.toMatchObject({ code: 'conflict' })
  await expect(transfer('nobody')).rejects.toMatchObject({ code: 'user_not_found' })
  await user('eve')
  const [own] = (await as('eve').tenants.list()).items
  const { tenants } = tenancy.as(SYSTEM)
  await expect(
    tenants.transferOwnership({ tenantId: own?.tenant.id ?? '', userId: 'admin', reason }),
  ).rejects.toMatchObject({ code: 'personal_tenant' })
})
