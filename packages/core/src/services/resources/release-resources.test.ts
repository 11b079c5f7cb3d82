import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

type Given = Awaited<ReturnType<typeof givenTwoTenants>>

const kept = { type: 'invoice', id: 'kept' }
const open = { type: 'invoice', id: 'open' }
const lent = { type: 'invoice', id: 'lent' }
const borrowed = { type: 'invoice', id: 'borrowed' }

/** Editor is in Acme and in Zeta, with a private and an open invoice in Acme, one lent to Zeta and one lent from there. */
async function givenEditor(options: Parameters<typeof givenTwoTenants>[0] = {}) {
  const given = await givenTwoTenants(options)
  await given.join(given.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
  const inAcme = given.inAcme('editor').resources
  const inZeta = given.as('editor').in(given.zeta).resources
  await inAcme.create({ ...kept, name: 'Kept' })
  await inAcme.create({ ...open, name: 'Open', visibility: 'tenant' })
  await inAcme.create({ ...lent, name: 'Lent' })
  await inAcme.share({ ...lent, tenantId: given.zeta })
  await inZeta.create({ ...borrowed, name: 'Borrowed' })
  await inZeta.share({ ...borrowed, tenantId: given.acme })
  return given
}

const ways: readonly (readonly [string, (given: Given) => Promise<unknown>])[] = [
  ['leaves', (given) => given.inAcme('editor').members.leave()],
  ['is removed', (given) => given.inAcme('admin').members.remove({ userId: 'editor' })],
]

describe('the resources of a member who goes', () => {
  let given: Given
  const ofOwner = () => given.inAcme('owner').resources
  const inZeta = (person: string) => given.as(person).in(given.zeta).resources

  describe.each(ways)('and %s', (_, goes) => {
    beforeEach(async () => {
      given = await givenEditor()
    })

    it('pass to the owner of the tenant, as private as they were, those that were lent, too', async () => {
      await goes(given)
      expect(await ofOwner().get(kept)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
      expect(await ofOwner().get(open)).toMatchObject({ ownerId: 'owner', visibility: 'tenant' })
      expect(await ofOwner().get(lent)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
      await refusal(given, 'resource_not_found', () => given.inAcme('admin').resources.get(kept))
      await refusal(given, 'resource_not_found', () => inZeta('outsider').get(lent))
    })

    it('that were lent into the tenant go home, private, and stay theirs', async () => {
      await goes(given)
      await refusal(given, 'resource_not_found', () => ofOwner().get(borrowed))
      expect(await inZeta('editor').get(borrowed)).toMatchObject({ ownerId: 'editor', visibility: 'private' })
      await refusal(given, 'resource_not_found', () => inZeta('outsider').get(borrowed))
    })

    it('are told of in both tenants', async () => {
      const before = given.heard.length
      await goes(given)
      const told = given.heard.slice(before).map(({ type, scope, target, data }) => ({ type, scope, target, data }))
      const [acme, zeta] = [{ tenantId: given.acme }, { tenantId: given.zeta }]
      const unshared = (id: string, tenantId: string) => ({
        type: 'resource.unshared',
        target: { type: 'resource', id },
        data: { type: 'invoice', tenantId },
      })
      expect(told.slice(1)).toEqual([
        { ...unshared('borrowed', given.acme), scope: zeta },
        { ...unshared('borrowed', given.acme), scope: acme },
        { ...unshared('lent', given.zeta), scope: acme },
        { ...unshared('lent', given.zeta), scope: zeta },
        {
          type: 'resource.passed_on',
          scope: acme,
          target: { type: 'member', id: 'editor' },
          data: { to: 'owner', count: 3 },
        },
      ])
    })

    it('do not come back to who comes back', async () => {
      await goes(given)
      await given.join(given.acme, 'editor', { role: 'editor', invitedBy: 'owner' })
      await refusal(given, 'resource_not_found', () => given.inAcme('editor').resources.get(kept))
      expect((await given.inAcme('editor').resources.list({ type: 'invoice', filter: 'own' })).items).toEqual([])
    })
  })

  it.each(ways)(
    'stay theirs where the host wants that, and come home: who %s finds them on coming back',
    async (_, goes) => {
      given = await givenEditor({ resourcesOfLeavers: 'stay' })
      await goes(given)
      await refusal(given, 'tenant_not_found', () => given.inAcme('editor').resources.get(kept))
      for (const named of [kept, lent]) await refusal(given, 'resource_not_found', () => ofOwner().get(named))
      await refusal(given, 'resource_not_found', () => inZeta('editor').get(lent))
      expect((await inZeta('editor').get(borrowed)).homeTenantId).toBe(given.zeta)
      await given.join(given.acme, 'editor', { role: 'viewer', invitedBy: 'owner' })
      const { items } = await given.inAcme('editor').resources.list({ type: 'invoice', filter: 'own' })
      expect(items.map(({ id, visibility }) => [id, visibility]).sort()).toEqual([
        ['kept', 'private'],
        ['lent', 'private'],
        ['open', 'tenant'],
      ])
    },
  )

  it('that go nowhere else are told of once, with who goes, and nothing more', async () => {
    given = await givenTwoTenants()
    await given.inAcme('editor').resources.create({ ...kept, name: 'Kept' })
    const events = await given.eventsOf(() => given.inAcme('editor').members.leave())
    expect(events.map(({ type }) => type)).toEqual(['member.left', 'resource.passed_on'])
  })

  it('are left alone when the member is only deactivated', async () => {
    given = await givenEditor()
    await given.inAcme('owner').members.deactivate({ userId: 'editor' })
    await refusal(given, 'resource_not_found', () => ofOwner().get(kept))
    expect((await inZeta('outsider').get(lent)).ownerId).toBe('editor')
    expect((await ofOwner().get(borrowed)).ownerId).toBe('editor')
    await given.inAcme('owner').members.activate({ userId: 'editor' })
    expect((await given.inAcme('editor').resources.get(kept)).name).toBe('Kept')
  })

  it.each(['pass_to_owner', 'stay'] as const)(
    'pass on in every tenant when the account is deleted (%s)',
    async (rule) => {
      given = await givenEditor({ resourcesOfLeavers: rule })
      await given.as('editor').users.delete()
      for (const named of [kept, open, lent]) expect((await ofOwner().get(named)).ownerId).toBe('owner')
      expect(await inZeta('outsider').get(borrowed)).toMatchObject({ ownerId: 'outsider', visibility: 'private' })
      for (const tenantId of [given.acme, given.zeta]) {
        expect(await given.storage.read.resources.listLoans({ tenantId })).toEqual([])
      }
    },
  )

  it('come out of a tenant that is deleted with the account of its only member', async () => {
    given = await givenEditor()
    const { id: own } = await given.as('editor').tenants.create({ name: 'Alone' })
    const alone = given.as('editor').in(own).resources
    await alone.create({ type: 'invoice', id: 'out', name: 'Out' })
    await alone.share({ type: 'invoice', id: 'out', tenantId: given.acme })
    await given.inAcme('editor').resources.share({ ...kept, tenantId: own })
    await given.as('editor').users.delete()
    expect(await ofOwner().get(kept)).toMatchObject({ ownerId: 'owner', visibility: 'private' })
    await refusal(given, 'resource_not_found', () => ofOwner().get({ type: 'invoice', id: 'out' }))
    expect(await given.storage.read.resources.listLoans({ tenantId: own })).toEqual([])
  })

  it('come out of a tenant that the admins of its organization delete, whoever lent them', async () => {
    given = await givenEditor()
    const umbrella = await given.system.organizations.create({ shortName: 'umbrella', adminId: 'admin' })
    const ofUmbrella = given.as('admin').inOrganization(umbrella.id).tenants
    const { id: third } = await ofUmbrella.create({ name: 'Third' })
    await given.join(third, 'editor', { role: 'editor', invitedBy: 'admin' })
    const inThird = given.as('editor').in(third).resources
    await inThird.create({ type: 'invoice', id: 'out', name: 'Out' })
    await inThird.share({ type: 'invoice', id: 'out', tenantId: given.acme })
    await given.inAcme('editor').resources.share({ ...kept, tenantId: third })
    await ofUmbrella.delete({ tenantId: third })
    expect((await given.inAcme('editor').resources.get(kept)).visibility).toBe('private')
    await refusal(given, 'resource_not_found', () => ofOwner().get({ type: 'invoice', id: 'out' }))
    expect(await given.storage.read.resources.listLoans({ tenantId: third })).toEqual([])
  })
})
