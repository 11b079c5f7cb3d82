import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'inv-1' }

/** Acme, where Editor keeps an invoice, and Zeta, in which Editor is an editor, too, and Reader a viewer. */
describe('sharing a resource', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const of = (person: string) => fixture.inAcme(person).resources
  const inZeta = (person: string) => fixture.as(person).in(fixture.zeta).resources
  const shareInZeta = () => of('editor').share({ ...invoice, tenantId: fixture.zeta })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.join(fixture.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
    await fixture.user('reader')
    await fixture.join(fixture.zeta, 'reader', { role: 'viewer', invitedBy: 'outsider' })
    await of('editor').create({ ...invoice, name: 'May' })
  })

  it('lets the members of its tenant see it, and hides it again at once (F02)', async () => {
    await refusal(fixture, 'resource_not_found', () => of('viewer').get(invoice))
    const shared = await fixture.eventsOf(() => of('editor').share(invoice))
    expect(shared).toMatchObject([{ type: 'resource.shared', data: { type: 'invoice', tenantId: fixture.acme } }])
    expect((await of('viewer').get(invoice)).name).toBe('May')
    expect(await fixture.eventsOf(() => of('editor').share(invoice))).toEqual([])
    const hidden = await fixture.eventsOf(() => of('editor').unshare(invoice))
    expect(hidden).toMatchObject([{ type: 'resource.unshared', data: { type: 'invoice', tenantId: fixture.acme } }])
    await refusal(fixture, 'resource_not_found', () => of('viewer').get(invoice))
    expect(await fixture.eventsOf(() => of('editor').unshare(invoice))).toEqual([])
  })

  it('can be shared in an update', async () => {
    const change = { ...invoice, name: 'June', visibility: 'tenant' } as const
    const types = (await fixture.eventsOf(() => of('editor').update(change))).map(({ type }) => type)
    expect(types).toEqual(['resource.updated', 'resource.shared'])
    expect(await of('viewer').get(invoice)).toMatchObject({ name: 'June', visibility: 'tenant' })
    await refusal(fixture, 'forbidden', () => of('admin').update({ ...change, name: 'July', visibility: 'private' }))
    expect((await of('admin').update({ ...change, name: 'July' })).name).toBe('July')
    await shareInZeta()
    await refusal(fixture, 'conflict', () => inZeta('editor').update({ ...invoice, visibility: 'private' }))
    await of('editor').unshare(invoice)
    await refusal(fixture, 'resource_not_found', () => of('admin').update(change))
  })

  it('makes it visible in the other tenant only, with an event in both tenants', async () => {
    fixture.tick(3)
    const events = await fixture.eventsOf(async () => {
      expect(await shareInZeta()).toMatchObject({
        tenantId: fixture.zeta,
        ownerTenantId: fixture.acme,
        ownerId: 'editor',
        visibility: 'tenant',
        updatedAt: fixture.now(),
      })
    })
    expect(events).toMatchObject([{ type: 'resource.shared' }, { type: 'resource.shared' }])
    expect(fixture.heard.slice(-2).map(({ scope }) => scope)).toEqual([
      { tenantId: fixture.acme },
      { tenantId: fixture.zeta },
    ])
    expect((await inZeta('reader').get(invoice)).name).toBe('May')
    for (const person of ['owner', 'editor']) {
      await refusal(fixture, 'resource_not_found', () => of(person).get(invoice))
      expect((await of(person).list({ type: 'invoice' })).items).toEqual([])
    }
    expect((await inZeta('editor').list({ type: 'invoice', filter: 'own' })).items).toHaveLength(1)
  })

  it.each(['here', 'there'])('takes it back home, private, when its owner asks %s (F02)', async (where) => {
    await shareInZeta()
    const resources = where === 'here' ? of('editor') : inZeta('editor')
    const events = await fixture.eventsOf(async () => {
      expect(await resources.unshare(invoice)).toMatchObject({ tenantId: fixture.acme, visibility: 'private' })
    })
    expect(events).toMatchObject([
      { type: 'resource.unshared', data: { type: 'invoice', tenantId: fixture.zeta } },
      { type: 'resource.unshared', data: { type: 'invoice', tenantId: fixture.zeta } },
    ])
    for (const person of ['reader', 'outsider', 'editor']) {
      await refusal(fixture, 'resource_not_found', () => inZeta(person).get(invoice))
    }
    await refusal(fixture, 'resource_not_found', () => of('owner').get(invoice))
    expect((await of('editor').get(invoice)).name).toBe('May')
  })

  it('is refused for a tenant one may not make such things in, or is not in (F01)', async () => {
    const elsewhere = await fixture.tenant('stranger')
    const share = (tenantId: string) => of('editor').share({ ...invoice, tenantId })
    await refusal(fixture, 'tenant_not_found', () => share(elsewhere))
    await refusal(fixture, 'tenant_not_found', () => share('no-such-tenant'))
    await fixture
      .as('outsider')
      .in(fixture.zeta)
      .members.setRoles({ userId: 'editor', roles: ['viewer'] })
    const { details } = await refusal(fixture, 'forbidden', shareInZeta)
    expect(details).toEqual({ permission: 'invoice:create' })
    await fixture.as('outsider').in(fixture.zeta).members.deactivate({ userId: 'editor' })
    await refusal(fixture, 'tenant_not_found', shareInZeta)
    await fixture.as('outsider').in(fixture.zeta).members.activate({ userId: 'editor' })
    await fixture.as('outsider').in(fixture.zeta).archive()
    await refusal(fixture, 'tenant_not_active', shareInZeta)
  })

  it('is refused where the id is taken, and keeps the id in its own tenant while it is shared', async () => {
    await inZeta('outsider').create({ ...invoice, name: 'Theirs' })
    await refusal(fixture, 'resource_already_exists', shareInZeta)
    await inZeta('outsider').delete(invoice)
    await shareInZeta()
    await refusal(fixture, 'resource_already_exists', () => of('owner').create({ ...invoice, name: 'Another' }))
    await of('editor').unshare(invoice)
    expect((await of('editor').get(invoice)).name).toBe('May')
  })

  it('a resource recreated under the same ID has no old shares (F03)', async () => {
    await shareInZeta()
    await inZeta('editor').delete(invoice)
    await of('owner').create({ ...invoice, name: 'Anew' })
    for (const person of ['editor', 'reader', 'outsider']) {
      await refusal(fixture, 'resource_not_found', () => inZeta(person).get(invoice))
    }
    await refusal(fixture, 'resource_not_found', () => of('editor').unshare(invoice))
    await refusal(fixture, 'resource_not_found', () => of('editor').get(invoice))
    await of('owner').share(invoice)
    await of('owner').delete(invoice)
    await of('admin').create({ ...invoice, name: 'Once more' })
    await refusal(fixture, 'resource_not_found', () => of('viewer').get(invoice))
  })

  it('denies access to members who lost the permission (F04)', async () => {
    await shareInZeta()
    const zeta = fixture.as('outsider').in(fixture.zeta)
    await zeta.members.setOverrides({ userId: 'reader', overrides: { 'invoice:read': false } })
    await refusal(fixture, 'forbidden', () => inZeta('reader').get(invoice))
    expect((await inZeta('reader').list({ type: 'invoice' })).items).toEqual([])
    await zeta.members.setOverrides({ userId: 'reader', overrides: { 'invoice:read': null } })
    await zeta.members.deactivate({ userId: 'reader' })
    await refusal(fixture, 'tenant_not_found', () => inZeta('reader').get(invoice))
    await zeta.members.activate({ userId: 'reader' })
    await zeta.members.remove({ userId: 'reader' })
    await refusal(fixture, 'tenant_not_found', () => inZeta('reader').get(invoice))
  })

  it('is allowed to its owner only, not to readers or tenant owners (F05)', async () => {
    await of('editor').share(invoice)
    for (const person of ['viewer', 'admin', 'owner']) {
      await refusal(fixture, 'forbidden', () => of(person).share(invoice))
      await refusal(fixture, 'forbidden', () => of(person).share({ ...invoice, tenantId: fixture.zeta }))
      await refusal(fixture, 'forbidden', () => of(person).unshare(invoice))
    }
    await shareInZeta()
    for (const person of ['reader', 'outsider']) {
      await refusal(fixture, 'forbidden', () => inZeta(person).share(invoice))
      await refusal(fixture, 'forbidden', () => inZeta(person).unshare(invoice))
    }
    await refusal(fixture, 'resource_not_found', () => of('owner').unshare(invoice))
    await refusal(fixture, 'resource_not_found', () => of('owner').share(invoice))
  })

  it('shares it with one tenant at a time: it returns to its own tenant first', async () => {
    const { id: third } = await fixture.as('editor').tenants.create({ name: 'Third' })
    await shareInZeta()
    await refusal(fixture, 'conflict', () => of('editor').share({ ...invoice, tenantId: third }))
    await refusal(fixture, 'conflict', () => of('editor').share(invoice))
    await refusal(fixture, 'conflict', () => inZeta('editor').share({ ...invoice, tenantId: third }))
    await refusal(fixture, 'conflict', () => inZeta('editor').share({ ...invoice, tenantId: fixture.acme }))
    await refusal(fixture, 'conflict', () => inZeta('editor').transfer({ ...invoice, userId: 'outsider' }))
    expect(await fixture.eventsOf(() => inZeta('editor').share(invoice))).toEqual([])
    await of('editor').unshare(invoice)
    await of('editor').share({ ...invoice, tenantId: third })
    expect((await fixture.as('editor').in(third).resources.get(invoice)).name).toBe('May')
  })

  it('leaves what is shared with the permissions of the tenant it is shared with, deletion included', async () => {
    await shareInZeta()
    await refusal(fixture, 'forbidden', () => inZeta('reader').update({ ...invoice, name: 'Mine' }))
    await inZeta('outsider').update({ ...invoice, name: 'Better' })
    await refusal(fixture, 'conflict', () => inZeta('outsider').transfer({ ...invoice, userId: 'outsider' }))
    await inZeta('outsider').delete(invoice)
    expect(fixture.heard.slice(-2)).toMatchObject([
      { type: 'resource.deleted', scope: { tenantId: fixture.zeta } },
      { type: 'resource.deleted', scope: { tenantId: fixture.acme } },
    ])
    await of('owner').create({ ...invoice, name: 'The id is free' })
  })

  it('can be unshared from an archived tenant and after its owner was deactivated there', async () => {
    await shareInZeta()
    await fixture.as('outsider').in(fixture.zeta).members.deactivate({ userId: 'editor' })
    expect((await inZeta('reader').get(invoice)).name).toBe('May')
    await fixture.as('outsider').in(fixture.zeta).archive()
    await refusal(fixture, 'tenant_not_found', () => inZeta('editor').unshare(invoice))
    await of('editor').unshare(invoice)
    expect((await of('editor').get(invoice)).visibility).toBe('private')
  })
})
