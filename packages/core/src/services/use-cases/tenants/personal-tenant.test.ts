import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { added, tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('a personal tenant', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  beforeEach(async () => {
    fixture = await tenancyFixture({ personalTenants: true, limits: { tenantsPerUser: 2 } })
  })

  async function personalOf(userId: string) {
    const tenants = (await fixture.as(userId).tenants.list()).items
    const personal = tenants.filter(({ tenant }) => tenant.type === 'personal')
    expect(personal).toHaveLength(1)
    const acting = fixture.as(userId).in(personal[0]?.tenant.id ?? '')
    return { acting, ...(await acting.get()) }
  }

  it('is created with an account, closed, owned by it, with an event in its chain', async () => {
    const events = await fixture.eventsOf(() => fixture.system.users.create({ id: 'ann', email: 'ann@example.com' }))
    const { tenant, membership, acting } = await personalOf('ann')
    expect(tenant).toMatchObject({ name: 'ann', type: 'personal', joinPolicy: 'closed', ownerId: 'ann' })
    expect(membership.roles).toEqual(['owner'])
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.created', 'ann'],
      ['tenant.created', tenant.id],
    ])
    expect(await acting.events.verify()).toMatchObject({ intact: true })
  })

  it('creates the user once per external ID', async () => {
    await fixture.system.users.ensure({ id: 'bob', email: 'bob@example.com', name: 'Bob' })
    await fixture.system.users.ensure({ id: 'bob', email: 'bob@new.example', name: 'Bobby' })
    expect((await personalOf('bob')).tenant.name).toBe('Bob')
  })

  it('is created for a user who signs up by invitation, in addition to the inviting tenant', async () => {
    const acme = await fixture.tenant('owner')
    const token = await fixture.invite(acme, 'owner', { email: 'new@example.com' })
    const { user, tenant } = await fixture.tenancy.as(GUEST).invitations.signUp({ token, name: 'New' })
    expect(tenant.id).toBe(acme)
    expect((await personalOf(user.id)).tenant.name).toBe('New')
  })

  it('is created for a user added without an account, and counts towards their limit', async () => {
    const acme = await fixture.tenant('owner')
    const add = () =>
      fixture.as('owner').in(acme).members.add({ email: 'new@example.com', role: 'member', name: 'New' })
    const { member } = added(await add())
    expect((await personalOf(member.userId)).tenant.name).toBe('New')
    await fixture.user('other')
    const beta = await fixture.as('other').tenants.create({ name: 'Beta' })
    const addAgain = () => fixture.as('other').in(beta.id).members.add({ email: 'new@example.com', role: 'member' })
    await refusal(fixture, 'tenant_limit_exceeded', addAgain)
    const { acting } = await personalOf('owner')
    await refusal(fixture, 'personal_tenant', () => acting.members.add({ email: 'new@example.com', role: 'member' }))
  })

  it('is made whatever limits there are, and counts as one of the tenants', async () => {
    await fixture.user('ann')
    await fixture.as('ann').tenants.create({ name: 'Second' })
    await refusal(fixture, 'tenant_limit_exceeded', () => fixture.as('ann').tenants.create({ name: 'Third' }))
  })

  it('rejects invitations and other join policies', async () => {
    await fixture.user('ann')
    const { acting } = await personalOf('ann')
    const invite = { email: 'bob@example.com', role: 'member' }
    await refusal(fixture, 'personal_tenant', () => acting.members.invite(invite))
    await refusal(fixture, 'personal_tenant', () => acting.update({ joinPolicy: 'open' }))
    await refusal(fixture, 'owner_required', () => acting.members.leave())
    await acting.update({ joinPolicy: 'closed', name: 'Mine' })
  })

  it('is deleted with its account', async () => {
    await fixture.user('ann')
    const { tenant } = await personalOf('ann')
    await fixture.as('ann').users.delete()
    expect(await fixture.storage.read.tenants.find(tenant.id)).toMatchObject({ status: 'deleted' })
  })

  it('is not created by default', async () => {
    const other = await tenancyFixture()
    await other.user('ann')
    expect((await other.as('ann').tenants.list()).items).toEqual([])
  })
})
