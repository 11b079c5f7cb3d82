import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('archiving and restoring a tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('archives and restores the tenant unchanged, with an event for each', async () => {
    const before = await fixture.inAcme('editor').access()
    const events = await fixture.eventsOf(async () => {
      expect(await fixture.inAcme('owner').archive()).toMatchObject({ id: fixture.acme, status: 'archived' })
      expect(await fixture.inAcme('owner').restore()).toMatchObject({ id: fixture.acme, status: 'active' })
    })
    const target = { type: 'tenant', id: fixture.acme }
    expect(events).toEqual([
      { type: 'tenant.archived', actorId: 'owner', target, data: {} },
      { type: 'tenant.restored', actorId: 'owner', target, data: { from: 'archived' } },
    ])
    expect((await fixture.inAcme('editor').access()).permissions()).toEqual(before.permissions())
  })

  it('takes it out of its members’ lists, and leaves the others', async () => {
    await fixture.join(fixture.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
    await fixture.as('editor').tenants.switch({ tenantId: fixture.acme })
    await fixture.inAcme('owner').archive()
    expect((await fixture.as('editor').tenants.list()).items.map(({ tenant }) => tenant.id)).toEqual([fixture.zeta])
    expect((await fixture.as('editor').tenants.current())?.tenant.id).toBe(fixture.zeta)
    const switchTo = () => fixture.as('editor').tenants.switch({ tenantId: fixture.acme })
    await refusal(fixture, 'tenant_not_active', switchTo)
  })

  it('cancels a started transfer unless it is restored in time', async () => {
    const { token } = await fixture.inAcme('owner').ownership.start()
    await fixture.inAcme('owner').archive()
    const verify = () => fixture.inAcme('owner').ownership.verify({ token, code: '000001' })
    await refusal(fixture, 'tenant_not_active', verify)
    await fixture.inAcme('owner').restore()
    await verify()
  })

  it('is done once: an active tenant is not restored, an archived one not archived', async () => {
    await refusal(fixture, 'conflict', () => fixture.inAcme('owner').restore())
    await refusal(fixture, 'conflict', () => fixture.inAcme('viewer').restore())
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'tenant_not_active', () => fixture.inAcme('owner').archive())
  })

  it('is the owner’s alone', async () => {
    await refusal(fixture, 'forbidden', () => fixture.inAcme('admin').archive())
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'forbidden', () => fixture.inAcme('admin').restore())
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('outsider').restore())
  })
})
