import { beforeEach, describe, expect, it } from 'vitest'
import { givenOrganization } from '../../testing/given-organization.js'
import type { GivenOrganization } from '../../testing/given-organization.js'
import { refusal } from '../../testing/refusal.js'

let given: GivenOrganization
beforeEach(async () => {
  given = await givenOrganization({ limits: { tenantsPerUser: 3 } })
})

describe('the tenants of an organization', () => {
  it('are listed to its admins and to operators, archived ones included, deleted ones not', async () => {
    const tenants = (by: string) => given.inUmbrella(by).tenants
    const second = await tenants('ada').create({ name: 'Second' })
    await tenants('ada').archive({ tenantId: second.id })
    const third = await tenants('ada').create({ name: 'Third' })
    await tenants('ada').delete({ tenantId: third.id })
    for (const by of ['ann', 'root']) {
      const { items } = await tenants(by).list()
      expect(items.map(({ name, status, organizationId }) => [name, status, organizationId])).toEqual([
        ['Acme', 'active', given.umbrella],
        ['Second', 'archived', given.umbrella],
      ])
    }
    expect((await tenants('ann').list({ limit: 1, page: 1 })).total).toBe(2)
  })

  it('begin with their maker as owner, in one event of their own chain', async () => {
    const input = { name: 'New', slug: 'brand-new', description: 'A new one' }
    const [event, ...others] = await given.eventsOf(() => given.inUmbrella('ada').tenants.create(input))
    expect(others).toEqual([])
    expect(event).toMatchObject({ type: 'tenant.created', actorId: 'ada', data: { name: 'New', slug: 'brand-new' } })
    const { tenant, membership } = await given
      .as('ada')
      .in(event?.target.id ?? '')
      .get()
    expect(tenant).toMatchObject({ ...input, ownerId: 'ada', organizationId: given.umbrella })
    expect(membership).toMatchObject({ userId: 'ada', roles: ['owner'] })
    expect(given.heard.at(-1)?.scope).toEqual({ tenantId: tenant.id })
  })

  it('share short names with all tenants, and count for their owner', async () => {
    await refusal(given, 'slug_taken', () => given.inUmbrella('ann').tenants.create({ name: 'New', slug: 'zeta' }))
    for (const name of ['Second', 'Third']) await given.inUmbrella('ann').tenants.create({ name })
    await refusal(given, 'tenant_limit_exceeded', () => given.inUmbrella('ann').tenants.create({ name: 'Fourth' }))
  })

  it('get the owner whom an operator names; the host’s own code, which owns nothing, has to', async () => {
    const byHost = given.system.inOrganization(given.umbrella).tenants
    const { message } = await refusal(given, 'invalid_input', () => byHost.create({ name: 'Nobody’s' }))
    expect(message).toBe('ownerId: name the owner; the host’s own code owns nothing')
    for (const tenants of [byHost, given.inUmbrella('root').tenants]) {
      const events = await given.eventsOf(() => tenants.create({ name: 'Given', ownerId: 'ed' }))
      expect(events).toMatchObject([{ type: 'tenant.created' }])
      const tenant = await given.storage.read.tenants.find(events[0]?.target.id ?? '')
      expect(tenant).toMatchObject({ ownerId: 'ed', organizationId: given.umbrella })
      await refusal(given, 'user_not_found', () => tenants.create({ name: 'Given', ownerId: 'nobody' }))
    }
    await refusal(given, 'tenant_limit_exceeded', () => byHost.create({ name: 'Fourth', ownerId: 'ed' }))
    await refusal(given, 'forbidden', () => given.inUmbrella('ada').tenants.create({ name: 'Given', ownerId: 'ann' }))
    await refusal(given, 'forbidden', () =>
      given.inUmbrella('ada').tenants.create({ name: 'Given', ownerId: 'nobody' }),
    )
  })

  it('are archived once, and restored by their owner', async () => {
    const archive = () => given.inUmbrella('ada').tenants.archive({ tenantId: given.acme })
    const events = await given.eventsOf(archive)
    expect(events).toMatchObject([{ type: 'tenant.archived', actorId: 'ada', target: { id: given.acme } }])
    await refusal(given, 'tenant_not_active', () => given.inAcme('ed').get())
    const { details } = await refusal(given, 'tenant_not_active', archive)
    expect(details).toEqual({ status: 'archived' })
    await given.inAcme('ann').restore()
  })

  it('are deleted once, from any status', async () => {
    const tenants = given.inUmbrella('ada').tenants
    await tenants.archive({ tenantId: given.acme })
    const events = await given.eventsOf(() => tenants.delete({ tenantId: given.acme }))
    expect(events).toMatchObject([{ type: 'tenant.deleted', actorId: 'ada', target: { id: given.acme } }])
    expect(await given.storage.read.tenants.find(given.acme)).toMatchObject({ deletedAt: given.now() })
    await refusal(given, 'tenant_not_found', () => tenants.delete({ tenantId: given.acme }))
    await refusal(given, 'tenant_not_found', () => tenants.archive({ tenantId: given.acme }))
  })

  it('are its own: those of others, and of none, are as unknown ones', async () => {
    for (const tenantId of [given.zeta, given.free, 'nowhere', given.umbrella]) {
      for (const by of ['ann', 'root']) {
        const { message } = await refusal(given, 'tenant_not_found', () =>
          given.inUmbrella(by).tenants.archive({ tenantId }),
        )
        expect(message).toBe('No such tenant')
        await refusal(given, 'tenant_not_found', () => given.inUmbrella(by).tenants.delete({ tenantId }))
      }
    }
  })
})
