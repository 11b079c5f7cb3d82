import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'

let fixture: OrganizationFixture
beforeEach(async () => {
  fixture = await organizationFixture()
})

const flagsOf = async (userId: string) => {
  const found = await fixture.storage.read.organizationMembers.find({ organizationId: fixture.umbrella, userId })
  return found && { active: found.active, admin: found.admin }
}

describe('the members of an organization', () => {
  it('are listed to its members and to operators, with what other members may see of each person', async () => {
    for (const reader of ['ann', 'mel', 'root']) {
      const { items } = await fixture.inUmbrella(reader).members.list()
      expect(items.map(({ userId, active, admin }) => [userId, active, admin])).toEqual([
        ['ada', true, true],
        ['ann', true, true],
        ['ina', false, true],
        ['mel', true, false],
      ])
      expect(items[0]?.user).toMatchObject({ id: 'ada', email: 'ada@example.com' })
      expect(items[0]?.user).not.toHaveProperty('superuser')
    }
  })

  it('are listed in pages', async () => {
    const first = await fixture.inUmbrella('ann').members.list({ limit: 3 })
    const second = await fixture.inUmbrella('ann').members.list({ limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ userId }) => userId)).toEqual(['ada', 'ann', 'ina', 'mel'])
    expect((await fixture.inUmbrella('ann').members.list({ limit: 1, page: 2 })).total).toBe(4)
  })

  it('know of their organizations only while they are active', async () => {
    const list = async (id: string) => (await fixture.as(id).organizations.list()).map((row) => row.organization.id)
    expect(await list('mel')).toEqual([fixture.umbrella])
    expect(await list('ina')).toEqual([])
    expect(await list('ed')).toEqual([])
  })
})

describe('adding a member to an organization', () => {
  const add = (by: string, userId: string, flags: object = {}) =>
    fixture.inUmbrella(by).members.add({ userId, ...flags })

  it('is for people of its tenants, and told once', async () => {
    const events = await fixture.eventsOf(() => add('ada', 'ed', { admin: true }))
    const target = { type: 'organization_member', id: 'ed' }
    expect(events).toEqual([
      { type: 'organization_member.added', actorId: 'ada', target, data: { active: true, admin: true } },
    ])
    expect(fixture.heard.at(-1)?.scope).toEqual({ organizationId: fixture.umbrella })
    expect(await flagsOf('ed')).toEqual({ active: true, admin: true })
  })

  it('answers alike for who does not exist and for who works elsewhere', async () => {
    const messages = await Promise.all(
      ['nobody', 'stranger', 'zoe', 'fay'].map(
        async (userId) => (await refusal(fixture, 'member_not_found', () => add('ann', userId))).message,
      ),
    )
    expect(new Set(messages).size).toBe(1)
  })

  it('finds nobody by a tenant that is deleted', async () => {
    await fixture.inUmbrella('ann').tenants.delete({ tenantId: fixture.acme })
    await refusal(fixture, 'member_not_found', () => add('ann', 'ed'))
  })

  it('is an operator’s for anybody with an account that works', async () => {
    await add('root', 'stranger')
    await refusal(fixture, 'already_member', () => add('root', 'stranger'))
    await refusal(fixture, 'member_not_found', () => add('root', 'nobody'))
    await fixture.system.users.update({ userId: 'fay', status: 'disabled' })
    await refusal(fixture, 'member_not_found', () => add('root', 'fay'))
  })

  it('leaves a superuser’s account to operators', async () => {
    await fixture.join(fixture.acme, 'root', { role: 'member', invitedBy: 'ann' })
    await refusal(fixture, 'forbidden', () => add('ann', 'root'))
    await add('root', 'root')
  })

  it('is refused twice, and to whoever is no admin', async () => {
    await refusal(fixture, 'already_member', () => add('ann', 'mel'))
    await refusal(fixture, 'forbidden', () => add('mel', 'ed'))
    for (const outsider of ['ina', 'ed', 'zoe']) {
      await refusal(fixture, 'organization_not_found', () => add(outsider, 'ed'))
    }
  })
})

describe('changing and removing members of an organization', () => {
  const update = (by: string, userId: string, flags: object) =>
    fixture.inUmbrella(by).members.update({ userId, ...flags })
  const remove = (by: string, userId: string) => fixture.inUmbrella(by).members.remove({ userId })

  it('changes what is named, and is told once with both sides', async () => {
    const events = await fixture.eventsOf(() => update('ann', 'mel', { admin: true }))
    const target = { type: 'organization_member', id: 'mel' }
    const data = { from: { active: true, admin: false }, to: { active: true, admin: true } }
    expect(events).toEqual([{ type: 'organization_member.updated', actorId: 'ann', target, data }])
    await update('ann', 'mel', { active: false })
    expect(await flagsOf('mel')).toEqual({ active: false, admin: true })
    expect(await fixture.eventsOf(() => update('ann', 'mel', { active: false, admin: true }))).toEqual([])
  })

  it('is felt at once', async () => {
    await update('ann', 'ada', { active: false })
    await refusal(fixture, 'organization_not_found', () => fixture.inUmbrella('ada').get())
    await update('ann', 'ada', { active: true, admin: false })
    await refusal(fixture, 'forbidden', () => fixture.inUmbrella('ada').tenants.list())
  })

  it('removes a member, and leaves their membership of its tenants', async () => {
    const events = await fixture.eventsOf(() => remove('ann', 'mel'))
    expect(events).toMatchObject([
      { type: 'organization_member.removed', target: { id: 'mel' }, data: { active: true, admin: false } },
    ])
    expect(await flagsOf('mel')).toBeNull()
    expect((await fixture.inAcme('mel').access()).roles).toEqual(['member'])
  })

  it('keeps the last active admin, whoever asks, and lets one of two go', async () => {
    await remove('ada', 'ada')
    for (const by of ['ann', 'root']) {
      for (const flags of [{ admin: false }, { active: false }, { active: false, admin: false }]) {
        const { details } = await refusal(fixture, 'last_admin', () => update(by, 'ann', flags))
        expect(details).toEqual({ organizationIds: [fixture.umbrella] })
      }
      await refusal(fixture, 'last_admin', () => remove(by, 'ann'))
    }
    await remove('ann', 'ina')
    await update('ann', 'mel', { admin: true })
    await remove('ann', 'ann')
  })

  it('keeps one of two admins who remove each other, and themselves, at the same moment', async () => {
    const calls = [remove('ann', 'ada'), remove('ada', 'ann'), update('ann', 'ann', { admin: false })]
    const answers = await Promise.allSettled(calls)
    expect(answers.some(({ status }) => status === 'rejected')).toBe(true)
    expect(await fixture.storage.read.organizationMembers.countAdmins({ organizationId: fixture.umbrella })).toBe(1)
  })

  it('keeps the account of a last admin from being deleted, and takes that of another with all it had', async () => {
    const { details } = await refusal(fixture, 'last_admin', () => fixture.as('zoe').users.delete())
    expect(details).toEqual({ organizationIds: [fixture.omega] })
    const events = await fixture.eventsOf(() => fixture.as('ada').users.delete())
    expect(events.map(({ type }) => type)).toEqual(['organization_member.removed', 'user.deleted'])
    expect(await flagsOf('ada')).toBeNull()
  })

  it('leaves superusers to operators', async () => {
    await fixture.system.organization(fixture.umbrella).members.add({ userId: 'root' })
    await refusal(fixture, 'forbidden', () => update('ann', 'root', { active: false }))
    await refusal(fixture, 'forbidden', () => remove('ann', 'root'))
    await remove('root', 'root')
  })

  it('is refused for who is no member, wherever else they work', async () => {
    for (const userId of ['nobody', 'ed', 'zoe']) {
      await refusal(fixture, 'member_not_found', () => update('ann', userId, { active: false }))
      await refusal(fixture, 'member_not_found', () => remove('ann', userId))
    }
    await refusal(fixture, 'invalid_input', () => update('ann', 'mel', {}))
    await refusal(fixture, 'invalid_input', () => update('ann', 'mel', { active: 'yes' }))
  })
})

describe('setting what somebody is in the organization', () => {
  const set = (by: string, userId: string, flags: object = {}) =>
    fixture.inUmbrella(by).members.set({ userId, ...flags })
  const typesOf = async (call: () => Promise<unknown>) => (await fixture.eventsOf(call)).map(({ type }) => type)

  it('makes a member of somebody who works in one of its tenants, active and no admin unless it says so', async () => {
    expect(await typesOf(() => set('ann', 'ed'))).toEqual(['organization_member.added'])
    expect(await fixture.inUmbrella('ann').members.set({ userId: 'ed' })).toMatchObject({ active: true, admin: false })
    for (const stranger of ['stranger', 'zoe', 'nobody'])
      await refusal(fixture, 'member_not_found', () => set('ann', stranger, { admin: true }))
  })

  it('changes a member, and leaves what it does not name', async () => {
    expect(await typesOf(() => set('ann', 'mel', { admin: true }))).toEqual(['organization_member.updated'])
    expect(await set('ann', 'mel', { active: false })).toMatchObject({ active: false, admin: true })
    expect(await typesOf(() => set('ann', 'mel'))).toEqual([])
  })

  it('keeps the last admin, and leaves superusers to operators', async () => {
    await set('ann', 'ada', { admin: false })
    await refusal(fixture, 'last_admin', () => set('ann', 'ann', { active: false }))
    await fixture.join(fixture.acme, 'root', { role: 'viewer', invitedBy: 'ann' })
    await refusal(fixture, 'forbidden', () => set('ann', 'root', { admin: true }))
  })
})

describe('an organization', () => {
  // prettier-ignore
  const CALLS: readonly (readonly [string, 'member' | 'admin', (id: string, organizationId: string) => Promise<unknown>])[] = [
    ['get',             'member', (id, organization) => fixture.as(id).organization(organization).get()],
    ['members.list',    'member', (id, organization) => fixture.as(id).organization(organization).members.list()],
    ['members.add',     'admin',  (id, organization) => fixture.as(id).organization(organization).members.add({ userId: 'x' })],
    ['members.update',  'admin',  (id, organization) => fixture.as(id).organization(organization).members.update({ userId: 'x', admin: true })],
    ['members.set',     'admin',  (id, organization) => fixture.as(id).organization(organization).members.set({ userId: 'x' })],
    ['statistics',      'admin',  (id, organization) => fixture.as(id).organization(organization).statistics()],
    ['members.remove',  'admin',  (id, organization) => fixture.as(id).organization(organization).members.remove({ userId: 'x' })],
    ['tenants.list',    'admin',  (id, organization) => fixture.as(id).organization(organization).tenants.list()],
    ['tenants.create',  'admin',  (id, organization) => fixture.as(id).organization(organization).tenants.create({ name: 'New' })],
    ['tenants.archive', 'admin',  (id, organization) => fixture.as(id).organization(organization).tenants.archive({ tenantId: fixture.acme })],
    ['tenants.delete',  'admin',  (id, organization) => fixture.as(id).organization(organization).tenants.delete({ tenantId: fixture.acme })],
  ]

  it.each(CALLS)('%s: is nothing to outsiders, guests and the inactive, as an unknown one is', async (_, who, call) => {
    for (const outsider of ['zoe', 'ed', 'ina', 'stranger']) {
      const foreign = await refusal(fixture, 'organization_not_found', () => call(outsider, fixture.umbrella))
      for (const unknown of ['nowhere', fixture.acme, 'not an id']) {
        const answer = await refusal(fixture, 'organization_not_found', () => call(outsider, unknown))
        expect(answer.message).toBe(foreign.message)
      }
    }
    if (who === 'admin') await refusal(fixture, 'forbidden', () => call('mel', fixture.umbrella))
    else await call('mel', fixture.umbrella)
    await fixture.system.users.update({ userId: 'ada', status: 'disabled' })
    for (const nobody of ['ada', 'nobody'])
      await refusal(fixture, 'unauthenticated', () => call(nobody, fixture.umbrella))
  })

  it('is nothing to guests, and needs an id', async () => {
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).organization(fixture.umbrella).get())
    for (const id of ['', undefined, null, 7, {}]) {
      expect(() => fixture.as('ann').organization(id as string)).toThrow(TypeError)
    }
  })
})
