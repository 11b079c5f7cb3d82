import { beforeEach, describe, expect, it } from 'vitest'
import { BUILT_IN_ROLES } from '../../policy/roles.js'
import { givenTenancy, givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('making admins', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const promote = (by: string, userId: string) => given.inAcme(by).members.promote({ userId })
  const demote = (by: string, userId: string) => given.inAcme(by).members.demote({ userId })
  const roles = async (id: string) => (await given.inAcme(id).access()).roles
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('is the owner’s, and undone by the owner', async () => {
    const target = { type: 'member', id: 'viewer' }
    expect(await given.eventsOf(() => promote('owner', 'viewer'))).toEqual([
      { type: 'member.role_changed', actorId: 'owner', target, data: { from: ['viewer'], to: ['admin'] } },
    ])
    expect(await roles('viewer')).toEqual(['admin'])
    expect(await given.eventsOf(() => demote('owner', 'viewer'))).toEqual([
      { type: 'member.role_changed', actorId: 'owner', target, data: { from: ['admin'], to: ['member'] } },
    ])
    expect(await roles('viewer')).toEqual(['member'])
  })

  it('leaves an admin one, without a word', async () => {
    expect(await given.eventsOf(() => promote('owner', 'admin'))).toEqual([])
  })

  it('is refused to everybody else, whomever it is about', async () => {
    for (const by of ['admin', 'editor', 'member', 'viewer']) {
      for (const userId of ['viewer', 'other-admin', 'owner', 'nobody', by]) {
        await refusal(given, 'forbidden', () => promote(by, userId))
        await refusal(given, 'forbidden', () => demote(by, userId))
      }
    }
  })

  it('makes nobody a plain member who would get what the one who demotes does not hold', async () => {
    const { admin, member } = BUILT_IN_ROLES
    const roles = {
      chief: { ...admin, rank: 45, name: 'Chief' },
      member: { ...member, permissions: [...member.permissions, 'tenant:archive'] },
    }
    const company = await givenTenancy({ roles })
    const id = await company.tenant('owner', { chief: 'chief', admin: 'admin' })
    const demoted = (by: string) => company.as(by).in(id).members.demote({ userId: 'admin' })
    await refusal(company, 'forbidden', () => demoted('chief'))
    expect((await demoted('owner')).roles).toEqual(['member'])
  })

  it('knows neither outsiders nor, when demoting, who is no admin, and never touches the owner', async () => {
    for (const userId of ['nobody', 'outsider']) {
      await refusal(given, 'member_not_found', () => promote('owner', userId))
      await refusal(given, 'member_not_found', () => demote('owner', userId))
    }
    await refusal(given, 'member_not_found', () => demote('owner', 'editor'))
    await refusal(given, 'owner_must_stay', () => promote('owner', 'owner'))
    await refusal(given, 'owner_must_stay', () => demote('owner', 'owner'))
  })

  it('makes overrides count for nothing, and as before when it is undone', async () => {
    await given.inAcme('owner').members.setOverrides({ userId: 'member', overrides: { 'invoice:read': false } })
    await promote('owner', 'member')
    expect((await given.inAcme('member').access()).can('invoice:read')).toBe(true)
    await demote('owner', 'member')
    expect((await given.inAcme('member').access()).can('invoice:read')).toBe(false)
  })
})

describe('dismissing members', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const dismiss = (by: string, userId: string) => given.inAcme(by).members.dismiss({ userId })
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('takes others and oneself, with the invitations they sent', async () => {
    await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    const events = await given.eventsOf(() => dismiss('admin', 'admin'))
    expect(events).toMatchObject([
      { type: 'member.removed', actorId: 'admin', target: { id: 'admin' }, data: { roles: ['admin'] } },
    ])
    expect((await given.inAcme('owner').invitations.list({ status: 'pending' })).items).toEqual([])
    expect(await given.eventsOf(() => dismiss('other-admin', 'viewer'))).toMatchObject([{ type: 'member.removed' }])
    await refusal(given, 'tenant_not_found', () => given.inAcme('viewer').get())
  })

  it('leaves the owner, whoever asks, and finds no outsiders', async () => {
    await refusal(given, 'owner_must_stay', () => dismiss('owner', 'owner'))
    await refusal(given, 'owner_must_stay', () => dismiss('admin', 'owner'))
    await refusal(given, 'member_not_found', () => dismiss('admin', 'outsider'))
  })

  it('is refused to whoever may not remove members, themselves included', async () => {
    for (const by of ['editor', 'member', 'viewer']) {
      for (const userId of ['viewer', 'owner', 'nobody', by])
        await refusal(given, 'forbidden', () => dismiss(by, userId))
    }
  })
})
