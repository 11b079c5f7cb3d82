import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('archiving and restoring a tenant', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('puts it away and brings it back as it was, and tells both', async () => {
    const before = await given.inAcme('editor').access()
    const events = await given.eventsOf(async () => {
      expect(await given.inAcme('owner').archive()).toMatchObject({ id: given.acme, status: 'archived' })
      expect(await given.inAcme('owner').restore()).toMatchObject({ id: given.acme, status: 'active' })
    })
    const target = { type: 'tenant', id: given.acme }
    expect(events).toEqual([
      { type: 'tenant.archived', actorId: 'owner', target, data: {} },
      { type: 'tenant.restored', actorId: 'owner', target, data: { from: 'archived' } },
    ])
    expect((await given.inAcme('editor').access()).permissions()).toEqual(before.permissions())
  })

  it('takes it out of its members’ lists, and leaves the others', async () => {
    await given.join(given.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
    await given.as('editor').tenants.switch({ tenantId: given.acme })
    await given.inAcme('owner').archive()
    expect((await given.as('editor').tenants.list()).items.map(({ tenant }) => tenant.id)).toEqual([given.zeta])
    expect((await given.as('editor').tenants.current())?.tenant.id).toBe(given.zeta)
    const switchTo = () => given.as('editor').tenants.switch({ tenantId: given.acme })
    await refusal(given, 'tenant_not_active', switchTo)
  })

  it('ends a transfer that was begun, unless it comes back in time', async () => {
    const { token } = await given.inAcme('owner').ownership.start()
    await given.inAcme('owner').archive()
    const verify = () => given.inAcme('owner').ownership.verify({ token, code: '000001' })
    await refusal(given, 'tenant_not_active', verify)
    await given.inAcme('owner').restore()
    await verify()
  })

  it('is done once: an active tenant is not restored, an archived one not archived', async () => {
    await refusal(given, 'conflict', () => given.inAcme('owner').restore())
    await refusal(given, 'conflict', () => given.inAcme('viewer').restore())
    await given.inAcme('owner').archive()
    await refusal(given, 'tenant_not_active', () => given.inAcme('owner').archive())
  })

  it('is the owner’s alone', async () => {
    await refusal(given, 'forbidden', () => given.inAcme('admin').archive())
    await given.inAcme('owner').archive()
    await refusal(given, 'forbidden', () => given.inAcme('admin').restore())
    await refusal(given, 'tenant_not_found', () => given.inAcme('outsider').restore())
  })
})
