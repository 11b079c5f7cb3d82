import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('the tenants of a person', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const ids = (page: { readonly items: readonly { readonly tenant: { readonly id: string } }[] }) =>
    page.items.map(({ tenant }) => tenant.id)
  beforeEach(async () => {
    given = await givenTwoTenants()
    given.tick(1)
    await given.join(given.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
  })

  it('are listed oldest membership first, with the role in each, and none of anybody else’s', async () => {
    const page = await given.as('editor').tenants.list({ page: 1 })
    expect(ids(page)).toEqual([given.acme, given.zeta])
    expect(page.items.map(({ membership }) => membership.roles)).toEqual([['editor'], ['viewer']])
    expect(page.total).toBe(2)
    expect(ids(await given.as('outsider').tenants.list())).toEqual([given.zeta])
  })

  it('are walked through by cursor', async () => {
    const first = await given.as('editor').tenants.list({ limit: 1 })
    const second = await given.as('editor').tenants.list({ limit: 1, cursor: first.nextCursor ?? '' })
    expect([...ids(first), ...ids(second), second.nextCursor]).toEqual([given.acme, given.zeta, null])
  })

  it('tell how many members each has, when asked to', async () => {
    const counts = async (input: { readonly countMembers?: boolean }) =>
      (await given.as('editor').tenants.list(input)).items.map(({ membersCount }) => membersCount)
    expect(await counts({ countMembers: true })).toEqual([7, 2])
    expect(await counts({})).toEqual([null, null])
  })

  it('begin with the oldest, until they switch, and again when the one switched to is gone', async () => {
    const current = async () => (await given.as('editor').tenants.current())?.tenant.id
    expect(await current()).toBe(given.acme)
    const events = await given.eventsOf(() => given.as('editor').tenants.switch({ tenantId: given.zeta }))
    const target = { type: 'tenant', id: given.zeta }
    expect(events).toEqual([
      { type: 'user.switched_tenant', actorId: 'editor', target, data: { tenantId: given.zeta } },
    ])
    expect(await current()).toBe(given.zeta)
    await given.as('outsider').in(given.zeta).members.remove({ userId: 'editor' })
    expect(await current()).toBe(given.acme)
    await given.inAcme('editor').members.leave()
    expect(await given.as('editor').tenants.current()).toBeNull()
  })

  it('cannot be switched to from outside: unknown, foreign and inactive alike', async () => {
    await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
    const to = (by: string, tenantId: string) => () => given.as(by).tenants.switch({ tenantId })
    const foreign = await refusal(given, 'tenant_not_found', to('member', given.zeta))
    const unknown = await refusal(given, 'tenant_not_found', to('member', 'none'))
    const inactive = await refusal(given, 'tenant_not_found', to('viewer', given.acme))
    const noId = await refusal(given, 'tenant_not_found', to('member', 'a\0b'))
    expect(new Set([foreign, unknown, inactive, noId].map(({ message }) => message)).size).toBe(1)
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).tenants.switch({ tenantId: given.acme }))
  })

  it('are shown, all there are, to operators only', async () => {
    await given.user('operator', { superuser: true })
    await given.inAcme('owner').archive()
    for (const acting of [given.as('operator'), given.system]) {
      const page = await acting.tenants.listAll({ page: 1 })
      expect([page.items.map(({ id, status }) => [id, status]), page.total]).toEqual([
        [
          [given.zeta, 'active'],
          [given.acme, 'archived'],
        ].sort((a, b) => (a < b ? 1 : -1)),
        2,
      ])
    }
    await refusal(given, 'forbidden', () => given.as('owner').tenants.listAll())
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).tenants.listAll())
    await given.system.users.update({ userId: 'operator', superuser: false })
    await refusal(given, 'forbidden', () => given.as('operator').tenants.listAll())
  })

  it('are closed to operators who are no members', async () => {
    await given.user('operator', { superuser: true })
    await refusal(given, 'tenant_not_found', () => given.inAcme('operator').get())
    await refusal(given, 'tenant_not_found', () => given.inAcme('operator').members.remove({ userId: 'viewer' }))
  })
})
