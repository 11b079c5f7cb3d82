import { beforeEach, describe, expect, it } from 'vitest'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'

let fixture: OrganizationFixture
beforeEach(async () => {
  fixture = await organizationFixture({ limits: { tenantsPerUser: 3 } })
})

describe('the tenants of an organization', () => {
  it('are listed to its admins and to operators, archived ones included, deleted ones not', async () => {
    const tenants = (by: string) => fixture.inUmbrella(by).tenants
    const second = await tenants('ada').create({ name: 'Second' })
    await tenants('ada').archive({ tenantId: second.id })
    const third = await tenants('ada').create({ name: 'Third' })
    await tenants('ada').delete({ tenantId: third.id })
    for (const by of ['ann', 'root']) {
      const { items } = await tenants(by).list()
      expect(items.map(({ name, status, organizationId }) => [name, status, organizationId])).toEqual([
        ['Acme', 'active', fixture.umbrella],
        ['Second', 'archived', fixture.umbrella],
      ])
    }
    expect((await tenants('ann').list({ limit: 1, page: 1 })).total).toBe(2)
  })

  it('begin with their maker as owner, in one event of their own chain', async () => {
    const input = { name: 'New', slug: 'brand-new', description: 'A new one' }
    const [event, ...others] = await fixture.eventsOf(() => fixture.inUmbrella('ada').tenants.create(input))
    expect(others).toEqual([])
    expect(event).toMatchObject({ type: 'tenant.created', actorId: 'ada', data: { name: 'New', slug: 'brand-new' } })
    const { tenant, membership } = await fixture
      .as('ada')
      .in(event?.target.id ?? '')
      .get()
    expect(tenant).toMatchObject({ ...input, ownerId: 'ada', organizationId: fixture.umbrella })
    expect(membership).toMatchObject({ userId: 'ada', roles: ['owner'] })
    expect(fixture.heard.at(-1)?.scope).toEqual({ tenantId: tenant.id })
  })

  it('share short names with all tenants, and count for their owner', async () => {
    await refusal(fixture, 'slug_taken', () => fixture.inUmbrella('ann').tenants.create({ name: 'New', slug: 'zeta' }))
    for (const name of ['Second', 'Third']) await fixture.inUmbrella('ann').tenants.create({ name })
    await refusal(fixture, 'tenant_limit_exceeded', () => fixture.inUmbrella('ann').tenants.create({ name: 'Fourth' }))
  })

  it('get the owner whom an operator names; the host’s own code, which owns nothing, has to', async () => {
    const byHost = fixture.system.organization(fixture.umbrella).tenants
    const { message } = await refusal(fixture, 'invalid_input', () => byHost.create({ name: 'Nobody’s' }))
    expect(message).toBe('ownerId: name the owner; the host’s own code owns nothing')
    for (const tenants of [byHost, fixture.inUmbrella('root').tenants]) {
      const events = await fixture.eventsOf(() => tenants.create({ name: 'Given', ownerId: 'ed' }))
      expect(events).toMatchObject([{ type: 'tenant.created' }])
      const tenant = await fixture.storage.read.tenants.find(events[0]?.target.id ?? '')
      expect(tenant).toMatchObject({ ownerId: 'ed', organizationId: fixture.umbrella })
      await refusal(fixture, 'user_not_found', () => tenants.create({ name: 'Given', ownerId: 'nobody' }))
    }
    await refusal(fixture, 'tenant_limit_exceeded', () => byHost.create({ name: 'Fourth', ownerId: 'ed' }))
    await refusal(fixture, 'forbidden', () =>
      fixture.inUmbrella('ada').tenants.create({ name: 'Given', ownerId: 'ann' }),
    )
    await refusal(fixture, 'forbidden', () =>
      fixture.inUmbrella('ada').tenants.create({ name: 'Given', ownerId: 'nobody' }),
    )
  })

  it('are archived once, and restored by their owner', async () => {
    const archive = () => fixture.inUmbrella('ada').tenants.archive({ tenantId: fixture.acme })
    const events = await fixture.eventsOf(archive)
    expect(events).toMatchObject([{ type: 'tenant.archived', actorId: 'ada', target: { id: fixture.acme } }])
    await refusal(fixture, 'tenant_not_active', () => fixture.inAcme('ed').get())
    const { details } = await refusal(fixture, 'tenant_not_active', archive)
    expect(details).toEqual({ status: 'archived' })
    await fixture.inAcme('ann').restore()
  })

  it('are deleted once, from any status', async () => {
    const tenants = fixture.inUmbrella('ada').tenants
    await tenants.archive({ tenantId: fixture.acme })
    const events = await fixture.eventsOf(() => tenants.delete({ tenantId: fixture.acme }))
    expect(events).toMatchObject([{ type: 'tenant.deleted', actorId: 'ada', target: { id: fixture.acme } }])
    expect(await fixture.storage.read.tenants.find(fixture.acme)).toMatchObject({ deletedAt: fixture.now() })
    await refusal(fixture, 'tenant_not_found', () => tenants.delete({ tenantId: fixture.acme }))
    await refusal(fixture, 'tenant_not_found', () => tenants.archive({ tenantId: fixture.acme }))
  })

  it('are its own: those of others, and of none, are as unknown ones', async () => {
    for (const tenantId of [fixture.zeta, fixture.free, 'nowhere', fixture.umbrella]) {
      for (const by of ['ann', 'root']) {
        const { message } = await refusal(fixture, 'tenant_not_found', () =>
          fixture.inUmbrella(by).tenants.archive({ tenantId }),
        )
        expect(message).toBe('No such tenant')
        await refusal(fixture, 'tenant_not_found', () => fixture.inUmbrella(by).tenants.delete({ tenantId }))
      }
    }
  })
})
