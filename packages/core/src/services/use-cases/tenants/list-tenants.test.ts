import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('the tenants of a person', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const ids = (page: { readonly items: readonly { readonly tenant: { readonly id: string } }[] }) =>
    page.items.map(({ tenant }) => tenant.id)
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    fixture.tick(1)
    await fixture.join(fixture.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
  })

  it('are listed oldest membership first, with the role in each, and none of anybody else’s', async () => {
    const page = await fixture.as('editor').tenants.list({ page: 1 })
    expect(ids(page)).toEqual([fixture.acme, fixture.zeta])
    expect(page.items.map(({ membership }) => membership.roles)).toEqual([['editor'], ['viewer']])
    expect(page.total).toBe(2)
    expect(ids(await fixture.as('outsider').tenants.list())).toEqual([fixture.zeta])
  })

  it('are walked through by cursor', async () => {
    const first = await fixture.as('editor').tenants.list({ limit: 1 })
    const second = await fixture.as('editor').tenants.list({ limit: 1, cursor: first.nextCursor ?? '' })
    expect([...ids(first), ...ids(second), second.nextCursor]).toEqual([fixture.acme, fixture.zeta, null])
  })

  it('tell how many members each has, when asked to', async () => {
    const counts = async (input: { readonly countMembers?: boolean }) =>
      (await fixture.as('editor').tenants.list(input)).items.map(({ membersCount }) => membersCount)
    expect(await counts({ countMembers: true })).toEqual([7, 2])
    expect(await counts({})).toEqual([null, null])
  })

  it('begin with the oldest, until they switch, and again when the one switched to is gone', async () => {
    const current = async () => (await fixture.as('editor').tenants.current())?.tenant.id
    expect(await current()).toBe(fixture.acme)
    const events = await fixture.eventsOf(() => fixture.as('editor').tenants.switch({ tenantId: fixture.zeta }))
    const target = { type: 'tenant', id: fixture.zeta }
    expect(events).toEqual([
      { type: 'user.current_tenant_changed', actorId: 'editor', target, data: { tenantId: fixture.zeta } },
    ])
    expect(await current()).toBe(fixture.zeta)
    await fixture.as('outsider').in(fixture.zeta).members.remove({ userId: 'editor' })
    expect(await current()).toBe(fixture.acme)
    await fixture.inAcme('editor').members.leave()
    expect(await fixture.as('editor').tenants.current()).toBeNull()
  })

  it('cannot be switched to from outside: unknown, foreign and inactive alike', async () => {
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    const to = (by: string, tenantId: string) => () => fixture.as(by).tenants.switch({ tenantId })
    const foreign = await refusal(fixture, 'tenant_not_found', to('member', fixture.zeta))
    const unknown = await refusal(fixture, 'tenant_not_found', to('member', 'none'))
    const inactive = await refusal(fixture, 'tenant_not_found', to('viewer', fixture.acme))
    const noId = await refusal(fixture, 'tenant_not_found', to('member', 'a\0b'))
    expect(new Set([foreign, unknown, inactive, noId].map(({ message }) => message)).size).toBe(1)
    await refusal(fixture, 'unauthenticated', () =>
      fixture.tenancy.as(GUEST).tenants.switch({ tenantId: fixture.acme }),
    )
  })

  it('are shown, all there are, to operators only', async () => {
    await fixture.user('operator', { superuser: true })
    await fixture.inAcme('owner').archive()
    for (const acting of [fixture.as('operator'), fixture.system]) {
      const page = await acting.tenants.listAll({ page: 1 })
      expect([page.items.map(({ id, status }) => [id, status]), page.total]).toEqual([
        [
          [fixture.zeta, 'active'],
          [fixture.acme, 'archived'],
        ].sort((a, b) => (a < b ? 1 : -1)),
        2,
      ])
    }
    await refusal(fixture, 'forbidden', () => fixture.as('owner').tenants.listAll())
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).tenants.listAll())
    await fixture.system.users.update({ userId: 'operator', superuser: false })
    await refusal(fixture, 'forbidden', () => fixture.as('operator').tenants.listAll())
  })

  it('are closed to operators who are no members', async () => {
    await fixture.user('operator', { superuser: true })
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('operator').get())
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('operator').members.remove({ userId: 'viewer' }))
  })
})
