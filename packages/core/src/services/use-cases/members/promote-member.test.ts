import { beforeEach, describe, expect, it } from 'vitest'
import { BUILT_IN_ROLES } from '../../../policy/roles.js'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('making admins', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const promote = (by: string, userId: string) => fixture.inAcme(by).members.promote({ userId })
  const demote = (by: string, userId: string) => fixture.inAcme(by).members.demote({ userId })
  const roles = async (id: string) => (await fixture.inAcme(id).access()).roles
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('is the owner’s, and undone by the owner', async () => {
    const target = { type: 'member', id: 'viewer' }
    expect(await fixture.eventsOf(() => promote('owner', 'viewer'))).toEqual([
      { type: 'member.roles_updated', actorId: 'owner', target, data: { from: ['viewer'], to: ['admin'] } },
    ])
    expect(await roles('viewer')).toEqual(['admin'])
    expect(await fixture.eventsOf(() => demote('owner', 'viewer'))).toEqual([
      { type: 'member.roles_updated', actorId: 'owner', target, data: { from: ['admin'], to: ['member'] } },
    ])
    expect(await roles('viewer')).toEqual(['member'])
  })

  it('is a no-op for a member who already is an admin', async () => {
    expect(await fixture.eventsOf(() => promote('owner', 'admin'))).toEqual([])
  })

  it('is refused to everybody else, whomever it is about', async () => {
    for (const by of ['admin', 'editor', 'member', 'viewer']) {
      for (const userId of ['viewer', 'other-admin', 'owner', 'nobody', by]) {
        await refusal(fixture, 'forbidden', () => promote(by, userId))
        await refusal(fixture, 'forbidden', () => demote(by, userId))
      }
    }
  })

  it('makes nobody a plain member who would get what the one who demotes does not hold', async () => {
    const { admin, member } = BUILT_IN_ROLES
    const roles = {
      chief: { ...admin, rank: 45, name: 'Chief' },
      member: { ...member, permissions: [...member.permissions, 'tenant:archive'] },
    }
    const company = await tenancyFixture({ roles })
    const id = await company.tenant('owner', { chief: 'chief', admin: 'admin' })
    const demoted = (by: string) => company.as(by).in(id).members.demote({ userId: 'admin' })
    await refusal(company, 'forbidden', () => demoted('chief'))
    expect((await demoted('owner')).roles).toEqual(['member'])
  })

  it('rejects outsiders, non-admins on demotion, and the owner', async () => {
    for (const userId of ['nobody', 'outsider']) {
      await refusal(fixture, 'member_not_found', () => promote('owner', userId))
      await refusal(fixture, 'member_not_found', () => demote('owner', userId))
    }
    await refusal(fixture, 'member_not_found', () => demote('owner', 'editor'))
    await refusal(fixture, 'owner_required', () => promote('owner', 'owner'))
    await refusal(fixture, 'owner_required', () => demote('owner', 'owner'))
  })

  it('makes overrides count for nothing, and as before when it is undone', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'member', overrides: { 'invoice:read': false } })
    await promote('owner', 'member')
    expect((await fixture.inAcme('member').access()).can('invoice:read')).toBe(true)
    await demote('owner', 'member')
    expect((await fixture.inAcme('member').access()).can('invoice:read')).toBe(false)
  })
})

describe('removing members, oneself included', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const remove = (by: string, userId: string) => fixture.inAcme(by).members.remove({ userId, allowSelf: true })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('takes others and oneself, with the invitations they sent', async () => {
    await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    const events = await fixture.eventsOf(() => remove('admin', 'admin'))
    expect(events).toMatchObject([
      { type: 'member.removed', actorId: 'admin', target: { id: 'admin' }, data: { roles: ['admin'] } },
    ])
    expect((await fixture.inAcme('owner').invitations.list({ status: 'pending' })).items).toEqual([])
    expect(await fixture.eventsOf(() => remove('other-admin', 'viewer'))).toMatchObject([{ type: 'member.removed' }])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('viewer').get())
  })

  it('rejects demoting the owner by any caller, and outsiders', async () => {
    await refusal(fixture, 'owner_required', () => remove('owner', 'owner'))
    await refusal(fixture, 'owner_required', () => remove('admin', 'owner'))
    await refusal(fixture, 'member_not_found', () => remove('admin', 'outsider'))
  })

  it('rejects callers who may not remove members, also for themselves', async () => {
    for (const by of ['editor', 'member', 'viewer']) {
      for (const userId of ['viewer', 'owner', 'nobody', by])
        await refusal(fixture, 'forbidden', () => remove(by, userId))
    }
  })
})
