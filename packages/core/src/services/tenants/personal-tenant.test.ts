import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { added, givenTenancy } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('a personal tenant', () => {
  let given: Awaited<ReturnType<typeof givenTenancy>>
  beforeEach(async () => {
    given = await givenTenancy({ personalTenants: true, limits: { tenantsPerUser: 2 } })
  })

  async function personalOf(userId: string) {
    const tenants = (await given.as(userId).tenants.list()).items
    const personal = tenants.filter(({ tenant }) => tenant.type === 'personal')
    expect(personal).toHaveLength(1)
    const acting = given.as(userId).in(personal[0]?.tenant.id ?? '')
    return { acting, ...(await acting.get()) }
  }

  it('is made with an account, closed and owned by it, and told in its own chain', async () => {
    const events = await given.eventsOf(() => given.system.users.create({ id: 'ann', email: 'ann@example.com' }))
    const { tenant, membership, acting } = await personalOf('ann')
    expect(tenant).toMatchObject({ name: 'ann', type: 'personal', joinPolicy: 'closed', ownerId: 'ann' })
    expect(membership.roles).toEqual(['owner'])
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.created', 'ann'],
      ['tenant.created', tenant.id],
    ])
    expect(await acting.events.verify()).toMatchObject({ intact: true })
  })

  it('is made once for a person the host hands over', async () => {
    await given.system.users.ensure({ id: 'bob', email: 'bob@example.com', name: 'Bob' })
    await given.system.users.ensure({ id: 'bob', email: 'bob@new.example', name: 'Bobby' })
    expect((await personalOf('bob')).tenant.name).toBe('Bob')
  })

  it('is made for who signs up by invitation, beside the tenant they were invited to', async () => {
    const acme = await given.tenant('owner')
    const token = await given.invite(acme, 'owner', { email: 'new@example.com' })
    const { user, tenant } = await given.tenancy.as(GUEST).invitations.signUp({ token, name: 'New' })
    expect(tenant.id).toBe(acme)
    expect((await personalOf(user.id)).tenant.name).toBe('New')
  })

  it('is made for who is added without an account, and counts for them', async () => {
    const acme = await given.tenant('owner')
    const add = () => given.as('owner').in(acme).members.add({ email: 'new@example.com', role: 'member', name: 'New' })
    const { member } = added(await add())
    expect((await personalOf(member.userId)).tenant.name).toBe('New')
    await given.user('other')
    const beta = await given.as('other').tenants.create({ name: 'Beta' })
    const addAgain = () => given.as('other').in(beta.id).members.add({ email: 'new@example.com', role: 'member' })
    await refusal(given, 'tenant_limit_exceeded', addAgain)
    const { acting } = await personalOf('owner')
    await refusal(given, 'personal_tenant', () => acting.members.add({ email: 'new@example.com', role: 'member' }))
  })

  it('is made whatever limits there are, and counts as one of the tenants', async () => {
    await given.user('ann')
    await given.as('ann').tenants.create({ name: 'Second' })
    await refusal(given, 'tenant_limit_exceeded', () => given.as('ann').tenants.create({ name: 'Third' }))
  })

  it('is its owner’s alone: nobody is invited, and it is not opened', async () => {
    await given.user('ann')
    const { acting } = await personalOf('ann')
    const invite = { email: 'bob@example.com', role: 'member' }
    await refusal(given, 'personal_tenant', () => acting.members.invite(invite))
    await refusal(given, 'personal_tenant', () => acting.update({ joinPolicy: 'open' }))
    await refusal(given, 'owner_must_stay', () => acting.members.leave())
    await acting.update({ joinPolicy: 'closed', name: 'Mine' })
  })

  it('goes with its account', async () => {
    await given.user('ann')
    const { tenant } = await personalOf('ann')
    await given.as('ann').users.delete()
    expect(await given.storage.read.tenants.find(tenant.id)).toMatchObject({ status: 'deleted' })
  })

  it('is made for nobody unless the host says so', async () => {
    const other = await givenTenancy()
    await other.user('ann')
    expect((await other.as('ann').tenants.list()).items).toEqual([])
  })
})
