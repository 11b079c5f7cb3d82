import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('changing single roles of a member', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })
  const update = (by: string, userId: string, change: object) =>
    fixture.inAcme(by).members.update({ userId, ...change })
  const typesOf = async (call: () => Promise<unknown>) => (await fixture.eventsOf(call)).map(({ type }) => type)

  it('adds to the roles there are, highest first, and takes single ones away', async () => {
    expect((await update('owner', 'member', { roles: { assistant: true } })).roles).toEqual(['member', 'assistant'])
    expect((await update('owner', 'member', { roles: { admin: true } })).roles).toEqual([
      'admin',
      'member',
      'assistant',
    ])
    expect((await update('owner', 'member', { roles: { admin: false } })).roles).toEqual(['member', 'assistant'])
    const events = await fixture.eventsOf(() =>
      update('owner', 'member', { roles: { assistant: false, admin: false } }),
    )
    const data = { from: ['member', 'assistant'], to: ['member'] }
    expect(events).toMatchObject([{ type: 'member.roles_updated', target: { type: 'member', id: 'member' }, data }])
  })

  it('assigns the default role to a member who loses the last role', async () => {
    expect((await update('owner', 'admin', { roles: { admin: false } })).roles).toEqual(['member'])
    expect((await fixture.inAcme('admin').access()).roles).toEqual(['member'])
  })

  it('changes roles and activity in one call with an event for each', async () => {
    await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    const change = { roles: { admin: false }, active: false }
    expect(await typesOf(() => update('owner', 'admin', change))).toEqual([
      'member.roles_updated',
      'member.deactivated',
    ])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('admin').access())
    const { items } = await fixture.inAcme('owner').invitations.list({ status: 'pending' })
    expect(items).toEqual([])
    expect(await typesOf(() => update('owner', 'admin', { active: true }))).toEqual(['member.activated'])
  })

  it('appends no event when nothing changes, and keeps the order of roles', async () => {
    await fixture.inAcme('owner').members.setRoles({ userId: 'member', roles: ['assistant', 'editor'] })
    for (const change of [{}, { active: true }, { roles: { assistant: true, admin: false } }]) {
      expect(await typesOf(() => update('owner', 'member', change))).toEqual([])
    }
    const { roles } = await fixture.inAcme('owner').members.get({ userId: 'member' })
    expect(roles).toEqual(['assistant', 'editor'])
  })

  it('rejects more than ten roles per member, and still allows removing roles above that', async () => {
    const keys = Array.from({ length: 10 }, (_, at) => `own_${at}`)
    for (const key of keys) await fixture.inAcme('owner').roles.create({ key, name: key, rank: 5, permissions: [] })
    const all = Object.fromEntries(keys.map((key) => [key, true]))
    await refusal(fixture, 'invalid_input', () => update('owner', 'viewer', { roles: all }))
    expect((await update('owner', 'viewer', { roles: { ...all, viewer: false } })).roles).toHaveLength(10)
    await refusal(fixture, 'invalid_input', () => update('owner', 'viewer', { roles: { viewer: true } }))
    expect((await update('owner', 'viewer', { roles: { own_0: false } })).roles).toHaveLength(9)
  })

  it('follows the authority over members and roles, all or nothing', async () => {
    await refusal(fixture, 'self_action_forbidden', () => update('admin', 'admin', { active: false }))
    await refusal(fixture, 'forbidden', () => update('admin', 'owner', { active: false }))
    await refusal(fixture, 'invalid_role', () => update('owner', 'editor', { roles: { owner: true } }))
    await refusal(fixture, 'forbidden', () => update('admin', 'editor', { roles: { admin: true }, active: false }))
    await refusal(fixture, 'forbidden', () => update('admin', 'other-admin', { roles: { admin: false } }))
    await refusal(fixture, 'forbidden', () => update('editor', 'viewer', { active: false }))
    await refusal(fixture, 'invalid_role', () => update('owner', 'editor', { roles: { unheard: true } }))
    await refusal(fixture, 'invalid_input', () => update('owner', 'editor', { roles: { Admin: true } }))
    await refusal(fixture, 'member_not_found', () => update('owner', 'outsider', { active: false }))
  })
})
