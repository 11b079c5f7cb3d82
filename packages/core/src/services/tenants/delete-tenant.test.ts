import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST } from '../actor.js'

const DAY_MS = 24 * 60 * 60 * 1000

describe('deleting and restoring a tenant', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants({ limits: { tenantsPerUser: 1 } })
  })
  const remove = () => given.inAcme('owner').delete()
  const restore = (by = 'owner') => given.inAcme(by).restore()

  it('tells both, and brings back what was there', async () => {
    const before = await given.inAcme('editor').access()
    const events = await given.eventsOf(async () => {
      expect(await remove()).toMatchObject({ id: given.acme, status: 'deleted', deletedAt: given.now() })
      expect(await restore()).toMatchObject({ id: given.acme, status: 'active', deletedAt: null })
    })
    const target = { type: 'tenant', id: given.acme }
    expect(events).toEqual([
      { type: 'tenant.deleted', actorId: 'owner', target, data: {} },
      { type: 'tenant.restored', actorId: 'owner', target, data: { from: 'deleted' } },
    ])
    expect((await given.inAcme('editor').access()).permissions()).toEqual(before.permissions())
    expect(await given.inAcme('owner').events.verify()).toMatchObject({ intact: true })
  })

  it('hides it at once, also from invitations, previews, requests and switches', async () => {
    await given.inAcme('owner').update({ joinPolicy: 'open' })
    const token = await given.invite(given.acme, 'owner', { email: 'ann@example.com' })
    await given.user('ann')
    await remove()
    const { tenants, invitations } = given.as('ann')
    const tenantId = given.acme
    await refusal(given, 'invalid_token', () => invitations.accept({ token }))
    await refusal(given, 'invalid_token', () => invitations.decline({ token }))
    expect(await invitations.preview({ token })).toBeNull()
    expect(await given.tenancy.as(GUEST).invitations.preview({ token })).toBeNull()
    await refusal(given, 'tenant_not_found', () => tenants.preview({ tenantId }))
    await refusal(given, 'tenant_not_found', () => tenants.join({ tenantId }))
    await refusal(given, 'tenant_not_found', () => tenants.requestToJoin({ tenantId }))
    await refusal(given, 'tenant_not_found', () => given.as('editor').tenants.switch({ tenantId }))
    await refusal(given, 'file_not_found', () => tenants.readImage({ tenantId, setting: 'logoId' }))
    expect((await given.as('editor').tenants.list()).items).toEqual([])
    expect((await given.system.tenants.listAll()).items.map(({ id }) => id)).toEqual([given.zeta])
  })

  it('frees its place among the tenants of its members, and restoring needs one', async () => {
    await remove()
    await given.as('editor').tenants.create({ name: 'Own' })
    const { id } = await given.as('owner').tenants.create({ name: 'Another' })
    await refusal(given, 'tenant_limit_exceeded', () => restore())
    await given.as('owner').in(id).delete()
    await restore()
  })

  it('is for the owner alone, who restores within thirty days', async () => {
    await refusal(given, 'forbidden', () => given.inAcme('admin').delete())
    await remove()
    await refusal(given, 'tenant_not_found', () => restore('admin'))
    given.tick(30 * DAY_MS)
    await refusal(given, 'tenant_not_found', () => restore())
    given.tick(-1)
    await restore()
  })

  it('takes an archived one, too, which comes back active', async () => {
    await given.inAcme('owner').archive()
    await remove()
    await restore()
    expect((await given.inAcme('viewer').get()).tenant.status).toBe('active')
  })

  it('keeps its slug until it is purged', async () => {
    await given.inAcme('owner').update({ slug: 'acme' })
    await remove()
    await refusal(given, 'slug_taken', () => given.as('outsider').in(given.zeta).update({ slug: 'acme' }))
  })

  it('is not for a personal one', async () => {
    const personal = await givenTwoTenants({ personalTenants: true })
    const { items } = await personal.as('viewer').tenants.list()
    const own = items.find(({ tenant }) => tenant.type === 'personal')
    await refusal(personal, 'personal_tenant', () =>
      personal
        .as('viewer')
        .in(own?.tenant.id ?? '')
        .delete(),
    )
  })

  it('lets who deletes their account leave it, too', async () => {
    await remove()
    await given.as('viewer').users.delete()
    await restore()
    expect((await given.inAcme('owner').members.list()).items.map(({ userId }) => userId)).not.toContain('viewer')
  })
})
