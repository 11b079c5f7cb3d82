import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

type Fixture = Awaited<ReturnType<typeof twoTenantsFixture>>

const kept = { type: 'invoice', id: 'kept' }
const open = { type: 'invoice', id: 'open' }
const shared = { type: 'invoice', id: 'shared' }
const received = { type: 'invoice', id: 'received' }

/** Editor is in Acme and in Zeta, with a private and an open invoice in Acme, one shared with Zeta and one shared from there. */
async function editorFixture(options: Parameters<typeof twoTenantsFixture>[0] = {}) {
  const fixture = await twoTenantsFixture(options)
  await fixture.join(fixture.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
  const inAcme = fixture.inAcme('editor').resources
  const inZeta = fixture.as('editor').in(fixture.zeta).resources
  await inAcme.create({ ...kept, name: 'Kept' })
  await inAcme.create({ ...open, name: 'Open', visibility: 'tenant' })
  await inAcme.create({ ...shared, name: 'Shared' })
  await inAcme.share({ ...shared, tenantId: fixture.zeta })
  await inZeta.create({ ...received, name: 'Received' })
  await inZeta.share({ ...received, tenantId: fixture.acme })
  return fixture
}

const ways: readonly (readonly [string, (fixture: Fixture) => Promise<unknown>])[] = [
  ['leaves', (fixture) => fixture.inAcme('editor').members.leave()],
  ['is removed', (fixture) => fixture.inAcme('admin').members.remove({ userId: 'editor' })],
]

describe('the resources of a member who leaves', () => {
  let fixture: Fixture
  const ofOwner = () => fixture.inAcme('owner').resources
  const inZeta = (person: string) => fixture.as(person).in(fixture.zeta).resources

  describe.each(ways)('and %s', (_, goes) => {
    beforeEach(async () => {
      fixture = await editorFixture()
    })

    it('pass to the owner of the tenant, as private as they were, those that were shared, too', async () => {
      await goes(fixture)
      expect(await ofOwner().get(kept)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
      expect(await ofOwner().get(open)).toMatchObject({ ownerId: 'owner', visibility: 'tenant' })
      expect(await ofOwner().get(shared)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
      await refusal(fixture, 'resource_not_found', () => fixture.inAcme('admin').resources.get(kept))
      await refusal(fixture, 'resource_not_found', () => inZeta('outsider').get(shared))
    })

    it('that were shared into the tenant return to their own tenants, private, and stay theirs', async () => {
      await goes(fixture)
      await refusal(fixture, 'resource_not_found', () => ofOwner().get(received))
      expect(await inZeta('editor').get(received)).toMatchObject({ ownerId: 'editor', visibility: 'private' })
      await refusal(fixture, 'resource_not_found', () => inZeta('outsider').get(received))
    })

    it('append events in both tenants', async () => {
      const before = fixture.heard.length
      await goes(fixture)
      const notified = fixture.heard
        .slice(before)
        .map(({ type, scope, target, data }) => ({ type, scope, target, data }))
      const [acme, zeta] = [{ tenantId: fixture.acme }, { tenantId: fixture.zeta }]
      const unshared = (id: string, tenantId: string) => ({
        type: 'resource.unshared',
        target: { type: 'resource', id },
        data: { type: 'invoice', tenantId },
      })
      expect(notified.slice(1)).toEqual([
        { ...unshared('received', fixture.acme), scope: zeta },
        { ...unshared('received', fixture.acme), scope: acme },
        { ...unshared('shared', fixture.zeta), scope: acme },
        { ...unshared('shared', fixture.zeta), scope: zeta },
        {
          type: 'resource.reassigned',
          scope: acme,
          target: { type: 'member', id: 'editor' },
          data: { to: 'owner', count: 3 },
        },
      ])
    })

    it('are not restored when the member rejoins', async () => {
      await goes(fixture)
      await fixture.join(fixture.acme, 'editor', { role: 'editor', invitedBy: 'owner' })
      await refusal(fixture, 'resource_not_found', () => fixture.inAcme('editor').resources.get(kept))
      expect((await fixture.inAcme('editor').resources.list({ type: 'invoice', filter: 'own' })).items).toEqual([])
    })
  })

  it.each(ways)(
    'stay theirs where the host wants that, and come home: who %s finds them on coming back',
    async (_, goes) => {
      fixture = await editorFixture({ removedMemberResources: 'keep' })
      await goes(fixture)
      await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('editor').resources.get(kept))
      for (const named of [kept, shared]) await refusal(fixture, 'resource_not_found', () => ofOwner().get(named))
      await refusal(fixture, 'resource_not_found', () => inZeta('editor').get(shared))
      expect((await inZeta('editor').get(received)).ownerTenantId).toBe(fixture.zeta)
      await fixture.join(fixture.acme, 'editor', { role: 'viewer', invitedBy: 'owner' })
      const { items } = await fixture.inAcme('editor').resources.list({ type: 'invoice', filter: 'own' })
      expect(items.map(({ id, visibility }) => [id, visibility]).sort()).toEqual([
        ['kept', 'private'],
        ['open', 'tenant'],
        ['shared', 'private'],
      ])
    },
  )

  it('that stay in the tenant append one event for the departure', async () => {
    fixture = await twoTenantsFixture()
    await fixture.inAcme('editor').resources.create({ ...kept, name: 'Kept' })
    const events = await fixture.eventsOf(() => fixture.inAcme('editor').members.leave())
    expect(events.map(({ type }) => type)).toEqual(['member.left', 'resource.reassigned'])
  })

  it('are left alone when the member is only deactivated', async () => {
    fixture = await editorFixture()
    await fixture.inAcme('owner').members.deactivate({ userId: 'editor' })
    await refusal(fixture, 'resource_not_found', () => ofOwner().get(kept))
    expect((await inZeta('outsider').get(shared)).ownerId).toBe('editor')
    expect((await ofOwner().get(received)).ownerId).toBe('editor')
    await fixture.inAcme('owner').members.activate({ userId: 'editor' })
    expect((await fixture.inAcme('editor').resources.get(kept)).name).toBe('Kept')
  })

  it.each(['reassign_to_owner', 'keep'] as const)(
    'pass on in every tenant when the account is deleted (%s)',
    async (rule) => {
      fixture = await editorFixture({ removedMemberResources: rule })
      await fixture.as('editor').users.delete()
      for (const named of [kept, open, shared]) expect((await ofOwner().get(named)).ownerId).toBe('owner')
      expect(await inZeta('outsider').get(received)).toMatchObject({ ownerId: 'outsider', visibility: 'private' })
      for (const tenantId of [fixture.acme, fixture.zeta]) {
        expect(await fixture.storage.read.resources.listShares({ tenantId })).toEqual([])
      }
    },
  )

  it('come out of a tenant that is deleted with the account of its only member', async () => {
    fixture = await editorFixture()
    const { id: own } = await fixture.as('editor').tenants.create({ name: 'Alone' })
    const alone = fixture.as('editor').in(own).resources
    await alone.create({ type: 'invoice', id: 'out', name: 'Out' })
    await alone.share({ type: 'invoice', id: 'out', tenantId: fixture.acme })
    await fixture.inAcme('editor').resources.share({ ...kept, tenantId: own })
    await fixture.as('editor').users.delete()
    expect(await ofOwner().get(kept)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
    await refusal(fixture, 'resource_not_found', () => ofOwner().get({ type: 'invoice', id: 'out' }))
    expect(await fixture.storage.read.resources.listShares({ tenantId: own })).toEqual([])
  })

  it('come out of a tenant that the admins of its organization delete, whoever shared them', async () => {
    fixture = await editorFixture()
    const umbrella = await fixture.system.organizations.create({ shortName: 'umbrella', adminId: 'admin' })
    const ofUmbrella = fixture.as('admin').organization(umbrella.id).tenants
    const { id: third } = await ofUmbrella.create({ name: 'Third' })
    await fixture.join(third, 'editor', { role: 'editor', invitedBy: 'admin' })
    const inThird = fixture.as('editor').in(third).resources
    await inThird.create({ type: 'invoice', id: 'out', name: 'Out' })
    await inThird.share({ type: 'invoice', id: 'out', tenantId: fixture.acme })
    await fixture.inAcme('editor').resources.share({ ...kept, tenantId: third })
    await ofUmbrella.delete({ tenantId: third })
    expect((await fixture.inAcme('editor').resources.get(kept)).visibility).toBe('private')
    await refusal(fixture, 'resource_not_found', () => ofOwner().get({ type: 'invoice', id: 'out' }))
    expect(await fixture.storage.read.resources.listShares({ tenantId: third })).toEqual([])
  })
})
