import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const DAY_MS = 24 * 60 * 60 * 1000

describe('deleting and restoring a tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ limits: { tenantsPerUser: 1 } })
  })
  const remove = () => fixture.inAcme('owner').delete()
  const restore = (by = 'owner') => fixture.inAcme(by).restore()

  it('restores all data, with an event for each step', async () => {
    const before = await fixture.inAcme('editor').access()
    const events = await fixture.eventsOf(async () => {
      expect(await remove()).toMatchObject({ id: fixture.acme, status: 'deleted', deletedAt: fixture.now() })
      expect(await restore()).toMatchObject({ id: fixture.acme, status: 'active', deletedAt: null })
    })
    const target = { type: 'tenant', id: fixture.acme }
    expect(events).toEqual([
      { type: 'tenant.deleted', actorId: 'owner', target, data: {} },
      { type: 'tenant.restored', actorId: 'owner', target, data: { from: 'deleted' } },
    ])
    expect((await fixture.inAcme('editor').access()).permissions()).toEqual(before.permissions())
    expect(await fixture.inAcme('owner').events.verify()).toMatchObject({ intact: true })
  })

  it('hides it at once, also from invitations, previews, requests and switches', async () => {
    await fixture.inAcme('owner').update({ joinPolicy: 'open' })
    const token = await fixture.invite(fixture.acme, 'owner', { email: 'ann@example.com' })
    await fixture.user('ann')
    await remove()
    const { tenants, invitations } = fixture.as('ann')
    const tenantId = fixture.acme
    await refusal(fixture, 'invalid_token', () => invitations.accept({ token }))
    await refusal(fixture, 'invalid_token', () => invitations.decline({ token }))
    expect(await invitations.preview({ token })).toBeNull()
    expect(await fixture.tenancy.as(GUEST).invitations.preview({ token })).toBeNull()
    await refusal(fixture, 'tenant_not_found', () => tenants.preview({ tenantId }))
    await refusal(fixture, 'tenant_not_found', () => tenants.join({ tenantId }))
    await refusal(fixture, 'tenant_not_found', () => tenants.requestToJoin({ tenantId }))
    await refusal(fixture, 'tenant_not_found', () => fixture.as('editor').tenants.switch({ tenantId }))
    await refusal(fixture, 'file_not_found', () => tenants.readImage({ tenantId, setting: 'logoId' }))
    expect((await fixture.as('editor').tenants.list()).items).toEqual([])
    expect((await fixture.system.tenants.listAll()).items.map(({ id }) => id)).toEqual([fixture.zeta])
  })

  it('frees its place among the tenants of its members, and restoring needs one', async () => {
    await remove()
    await fixture.as('editor').tenants.create({ name: 'Own' })
    const { id } = await fixture.as('owner').tenants.create({ name: 'Another' })
    await refusal(fixture, 'tenant_limit_exceeded', () => restore())
    await fixture.as('owner').in(id).delete()
    await restore()
  })

  it('is allowed to the owner only, who may restore within thirty days', async () => {
    await refusal(fixture, 'forbidden', () => fixture.inAcme('admin').delete())
    await remove()
    await refusal(fixture, 'tenant_not_found', () => restore('admin'))
    fixture.tick(30 * DAY_MS)
    await refusal(fixture, 'tenant_not_found', () => restore())
    fixture.tick(-1)
    await restore()
  })

  it('deletes an archived tenant, which is restored as active', async () => {
    await fixture.inAcme('owner').archive()
    await remove()
    await restore()
    expect((await fixture.inAcme('viewer').get()).tenant.status).toBe('active')
  })

  it('keeps its slug until it is purged', async () => {
    await fixture.inAcme('owner').update({ slug: 'acme' })
    await remove()
    await refusal(fixture, 'slug_taken', () => fixture.as('outsider').in(fixture.zeta).update({ slug: 'acme' }))
  })

  it('is rejected for a personal tenant', async () => {
    const personal = await twoTenantsFixture({ personalTenants: true })
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
    await fixture.as('viewer').users.delete()
    await restore()
    expect((await fixture.inAcme('owner').members.list()).items.map(({ userId }) => userId)).not.toContain('viewer')
  })
})
