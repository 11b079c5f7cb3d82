import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'inv-1' }

/** Acme, where Editor keeps an invoice, and Zeta, in which Editor is an editor, too, and Reader a viewer. */
describe('sharing a resource', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const of = (person: string) => given.inAcme(person).resources
  const inZeta = (person: string) => given.as(person).in(given.zeta).resources
  const lend = () => of('editor').share({ ...invoice, tenantId: given.zeta })
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.join(given.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
    await given.user('reader')
    await given.join(given.zeta, 'reader', { role: 'viewer', invitedBy: 'outsider' })
    await of('editor').create({ ...invoice, name: 'May' })
  })

  it('lets the members of its tenant see it, and hides it again at once (F02)', async () => {
    await refusal(given, 'resource_not_found', () => of('viewer').get(invoice))
    const shared = await given.eventsOf(() => of('editor').share(invoice))
    expect(shared).toMatchObject([{ type: 'resource.shared', data: { type: 'invoice', tenantId: given.acme } }])
    expect((await of('viewer').get(invoice)).name).toBe('May')
    expect(await given.eventsOf(() => of('editor').share(invoice))).toEqual([])
    const hidden = await given.eventsOf(() => of('editor').unshare(invoice))
    expect(hidden).toMatchObject([{ type: 'resource.unshared', data: { type: 'invoice', tenantId: given.acme } }])
    await refusal(given, 'resource_not_found', () => of('viewer').get(invoice))
    expect(await given.eventsOf(() => of('editor').unshare(invoice))).toEqual([])
  })

  it('is part of a change, too, where its owner says so', async () => {
    const change = { ...invoice, name: 'June', visibility: 'tenant' } as const
    const types = (await given.eventsOf(() => of('editor').update(change))).map(({ type }) => type)
    expect(types).toEqual(['resource.updated', 'resource.shared'])
    expect(await of('viewer').get(invoice)).toMatchObject({ name: 'June', visibility: 'tenant' })
    await refusal(given, 'forbidden', () => of('admin').update({ ...change, name: 'July', visibility: 'private' }))
    expect((await of('admin').update({ ...change, name: 'July' })).name).toBe('July')
    await lend()
    await refusal(given, 'conflict', () => inZeta('editor').update({ ...invoice, visibility: 'private' }))
    await of('editor').unshare(invoice)
    await refusal(given, 'resource_not_found', () => of('admin').update(change))
  })

  it('lends it to another tenant, where it is seen then, and nowhere else; both tenants are told', async () => {
    given.tick(3)
    const events = await given.eventsOf(async () => {
      expect(await lend()).toMatchObject({
        tenantId: given.zeta,
        homeTenantId: given.acme,
        ownerId: 'editor',
        visibility: 'tenant',
        updatedAt: given.now(),
      })
    })
    expect(events).toMatchObject([{ type: 'resource.shared' }, { type: 'resource.shared' }])
    expect(given.heard.slice(-2).map(({ scope }) => scope)).toEqual([
      { tenantId: given.acme },
      { tenantId: given.zeta },
    ])
    expect((await inZeta('reader').get(invoice)).name).toBe('May')
    for (const person of ['owner', 'editor']) {
      await refusal(given, 'resource_not_found', () => of(person).get(invoice))
      expect((await of(person).list({ type: 'invoice' })).items).toEqual([])
    }
    expect((await inZeta('editor').list({ type: 'invoice', filter: 'own' })).items).toHaveLength(1)
  })

  it.each(['here', 'there'])('takes it back home, private, when its owner asks %s (F02)', async (where) => {
    await lend()
    const resources = where === 'here' ? of('editor') : inZeta('editor')
    const events = await given.eventsOf(async () => {
      expect(await resources.unshare(invoice)).toMatchObject({ tenantId: given.acme, visibility: 'private' })
    })
    expect(events).toMatchObject([
      { type: 'resource.unshared', data: { type: 'invoice', tenantId: given.zeta } },
      { type: 'resource.unshared', data: { type: 'invoice', tenantId: given.zeta } },
    ])
    for (const person of ['reader', 'outsider', 'editor']) {
      await refusal(given, 'resource_not_found', () => inZeta(person).get(invoice))
    }
    await refusal(given, 'resource_not_found', () => of('owner').get(invoice))
    expect((await of('editor').get(invoice)).name).toBe('May')
  })

  it('is refused for a tenant one may not make such things in, or is not in (F01)', async () => {
    const elsewhere = await given.tenant('stranger')
    const share = (tenantId: string) => of('editor').share({ ...invoice, tenantId })
    await refusal(given, 'tenant_not_found', () => share(elsewhere))
    await refusal(given, 'tenant_not_found', () => share('no-such-tenant'))
    await given
      .as('outsider')
      .in(given.zeta)
      .members.changeRoles({ userId: 'editor', roles: ['viewer'] })
    const { details } = await refusal(given, 'forbidden', lend)
    expect(details).toEqual({ permission: 'invoice:create' })
    await given.as('outsider').in(given.zeta).members.deactivate({ userId: 'editor' })
    await refusal(given, 'tenant_not_found', lend)
    await given.as('outsider').in(given.zeta).members.activate({ userId: 'editor' })
    await given.as('outsider').in(given.zeta).archive()
    await refusal(given, 'tenant_not_active', lend)
  })

  it('is refused where the id is taken, and keeps the id at home while it is lent', async () => {
    await inZeta('outsider').create({ ...invoice, name: 'Theirs' })
    await refusal(given, 'resource_exists', lend)
    await inZeta('outsider').delete(invoice)
    await lend()
    await refusal(given, 'resource_exists', () => of('owner').create({ ...invoice, name: 'Another' }))
    await of('editor').unshare(invoice)
    expect((await of('editor').get(invoice)).name).toBe('May')
  })

  it('gives a resource that is deleted and made anew none of its old shares (F03)', async () => {
    await lend()
    await inZeta('editor').delete(invoice)
    await of('owner').create({ ...invoice, name: 'Anew' })
    for (const person of ['editor', 'reader', 'outsider']) {
      await refusal(given, 'resource_not_found', () => inZeta(person).get(invoice))
    }
    await refusal(given, 'resource_not_found', () => of('editor').unshare(invoice))
    await refusal(given, 'resource_not_found', () => of('editor').get(invoice))
    await of('owner').share(invoice)
    await of('owner').delete(invoice)
    await of('admin').create({ ...invoice, name: 'Once more' })
    await refusal(given, 'resource_not_found', () => of('viewer').get(invoice))
  })

  it('leaves whoever lost the right no way in (F04)', async () => {
    await lend()
    const zeta = given.as('outsider').in(given.zeta)
    await zeta.members.setOverrides({ userId: 'reader', overrides: { 'invoice:read': false } })
    await refusal(given, 'forbidden', () => inZeta('reader').get(invoice))
    expect((await inZeta('reader').list({ type: 'invoice' })).items).toEqual([])
    await zeta.members.setOverrides({ userId: 'reader', overrides: { 'invoice:read': null } })
    await zeta.members.deactivate({ userId: 'reader' })
    await refusal(given, 'tenant_not_found', () => inZeta('reader').get(invoice))
    await zeta.members.activate({ userId: 'reader' })
    await zeta.members.remove({ userId: 'reader' })
    await refusal(given, 'tenant_not_found', () => inZeta('reader').get(invoice))
  })

  it('is its owner’s alone: whoever may read it, or rule the tenant, shares nothing on (F05)', async () => {
    await of('editor').share(invoice)
    for (const person of ['viewer', 'admin', 'owner']) {
      await refusal(given, 'forbidden', () => of(person).share(invoice))
      await refusal(given, 'forbidden', () => of(person).share({ ...invoice, tenantId: given.zeta }))
      await refusal(given, 'forbidden', () => of(person).unshare(invoice))
    }
    await lend()
    for (const person of ['reader', 'outsider']) {
      await refusal(given, 'forbidden', () => inZeta(person).share(invoice))
      await refusal(given, 'forbidden', () => inZeta(person).unshare(invoice))
    }
    await refusal(given, 'resource_not_found', () => of('owner').unshare(invoice))
    await refusal(given, 'resource_not_found', () => of('owner').share(invoice))
  })

  it('lends it to one tenant at a time: it comes home first', async () => {
    const { id: third } = await given.as('editor').tenants.create({ name: 'Third' })
    await lend()
    await refusal(given, 'conflict', () => of('editor').share({ ...invoice, tenantId: third }))
    await refusal(given, 'conflict', () => of('editor').share(invoice))
    await refusal(given, 'conflict', () => inZeta('editor').share({ ...invoice, tenantId: third }))
    await refusal(given, 'conflict', () => inZeta('editor').share({ ...invoice, tenantId: given.acme }))
    await refusal(given, 'conflict', () => inZeta('editor').transfer({ ...invoice, userId: 'outsider' }))
    expect(await given.eventsOf(() => inZeta('editor').share(invoice))).toEqual([])
    await of('editor').unshare(invoice)
    await of('editor').share({ ...invoice, tenantId: third })
    expect((await given.as('editor').in(third).resources.get(invoice)).name).toBe('May')
  })

  it('leaves what is lent to the permissions of the tenant it is lent to, deletion included', async () => {
    await lend()
    await refusal(given, 'forbidden', () => inZeta('reader').update({ ...invoice, name: 'Mine' }))
    await inZeta('outsider').update({ ...invoice, name: 'Better' })
    await refusal(given, 'conflict', () => inZeta('outsider').transfer({ ...invoice, userId: 'outsider' }))
    await inZeta('outsider').delete(invoice)
    expect(given.heard.slice(-2)).toMatchObject([
      { type: 'resource.deleted', scope: { tenantId: given.zeta } },
      { type: 'resource.deleted', scope: { tenantId: given.acme } },
    ])
    await of('owner').create({ ...invoice, name: 'The id is free' })
  })

  it('comes home also from a tenant that is put away, or in which its owner was deactivated', async () => {
    await lend()
    await given.as('outsider').in(given.zeta).members.deactivate({ userId: 'editor' })
    expect((await inZeta('reader').get(invoice)).name).toBe('May')
    await given.as('outsider').in(given.zeta).archive()
    await refusal(given, 'tenant_not_found', () => inZeta('editor').unshare(invoice))
    await of('editor').unshare(invoice)
    expect((await of('editor').get(invoice)).visibility).toBe('private')
  })
})
