import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('changing single roles of a member', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants()
  })
  const update = (by: string, userId: string, change: object) => given.inAcme(by).members.update({ userId, ...change })
  const typesOf = async (call: () => Promise<unknown>) => (await given.eventsOf(call)).map(({ type }) => type)

  it('adds to the roles there are, highest first, and takes single ones away', async () => {
    expect((await update('owner', 'member', { roles: { developer: true } })).roles).toEqual(['member', 'developer'])
    expect((await update('owner', 'member', { roles: { admin: true } })).roles).toEqual([
      'admin',
      'member',
      'developer',
    ])
    expect((await update('owner', 'member', { roles: { admin: false } })).roles).toEqual(['member', 'developer'])
    const events = await given.eventsOf(() => update('owner', 'member', { roles: { developer: false, admin: false } }))
    const data = { from: ['member', 'developer'], to: ['member'] }
    expect(events).toMatchObject([{ type: 'member.role_changed', target: { type: 'member', id: 'member' }, data }])
  })

  it('leaves whoever loses the last role a plain member', async () => {
    expect((await update('owner', 'admin', { roles: { admin: false } })).roles).toEqual(['member'])
    expect((await given.inAcme('admin').access()).roles).toEqual(['member'])
  })

  it('changes roles and activity in one step, and tells both', async () => {
    await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    const change = { roles: { admin: false }, active: false }
    expect(await typesOf(() => update('owner', 'admin', change))).toEqual(['member.role_changed', 'member.deactivated'])
    await refusal(given, 'tenant_not_found', () => given.inAcme('admin').access())
    const { items } = await given.inAcme('owner').invitations.list({ status: 'pending' })
    expect(items).toEqual([])
    expect(await typesOf(() => update('owner', 'admin', { active: true }))).toEqual(['member.activated'])
  })

  it('is no event when nothing changes, and leaves roles as they are ordered', async () => {
    await given.inAcme('owner').members.changeRoles({ userId: 'member', roles: ['developer', 'editor'] })
    for (const change of [{}, { active: true }, { roles: { developer: true, admin: false } }]) {
      expect(await typesOf(() => update('owner', 'member', change))).toEqual([])
    }
    const { roles } = await given.inAcme('owner').members.get({ userId: 'member' })
    expect(roles).toEqual(['developer', 'editor'])
  })

  it('gives nobody more than ten roles, and takes from whoever has them', async () => {
    const keys = Array.from({ length: 10 }, (_, at) => `own_${at}`)
    for (const key of keys) await given.inAcme('owner').roles.create({ key, name: key, rank: 5, permissions: [] })
    const all = Object.fromEntries(keys.map((key) => [key, true]))
    await refusal(given, 'invalid_input', () => update('owner', 'viewer', { roles: all }))
    expect((await update('owner', 'viewer', { roles: { ...all, viewer: false } })).roles).toHaveLength(10)
    await refusal(given, 'invalid_input', () => update('owner', 'viewer', { roles: { viewer: true } }))
    expect((await update('owner', 'viewer', { roles: { own_0: false } })).roles).toHaveLength(9)
  })

  it('follows the authority over members and roles, all or nothing', async () => {
    await refusal(given, 'cannot_operate_self', () => update('admin', 'admin', { active: false }))
    await refusal(given, 'forbidden', () => update('admin', 'owner', { active: false }))
    await refusal(given, 'invalid_role', () => update('owner', 'editor', { roles: { owner: true } }))
    await refusal(given, 'forbidden', () => update('admin', 'editor', { roles: { admin: true }, active: false }))
    await refusal(given, 'forbidden', () => update('admin', 'other-admin', { roles: { admin: false } }))
    await refusal(given, 'forbidden', () => update('editor', 'viewer', { active: false }))
    await refusal(given, 'invalid_role', () => update('owner', 'editor', { roles: { unheard: true } }))
    await refusal(given, 'invalid_input', () => update('owner', 'editor', { roles: { Admin: true } }))
    await refusal(given, 'member_not_found', () => update('owner', 'outsider', { active: false }))
  })
})
