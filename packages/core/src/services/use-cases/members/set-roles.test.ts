import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('changing a member’s roles', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const change = (by: string, userId: string, ...roles: string[]) =>
    fixture.inAcme(by).members.setRoles({ userId, roles })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('replaces the roles; the event contains old and new', async () => {
    const events = await fixture.eventsOf(async () => {
      expect(await change('admin', 'member', 'editor')).toMatchObject({ userId: 'member', roles: ['editor'] })
    })
    expect(events).toEqual([
      {
        type: 'member.roles_updated',
        actorId: 'admin',
        target: { type: 'member', id: 'member' },
        data: { from: ['member'], to: ['editor'] },
      },
    ])
    expect((await fixture.inAcme('owner').members.get({ userId: 'member' })).roles).toEqual(['editor'])
  })

  it('gives several, in their order, and counts as giving only what was not held', async () => {
    await change('owner', 'member', 'viewer', 'editor', 'member')
    const access = await fixture.inAcme('member').access()
    expect([access.roles, access.rank]).toEqual([['viewer', 'editor', 'member'], 30])
    const events = await fixture.eventsOf(() => change('admin', 'member', 'editor', 'assistant'))
    expect(events).toMatchObject([{ data: { from: ['viewer', 'editor', 'member'], to: ['editor', 'assistant'] } }])
  })

  it('lets a member keep a role that gives more than its giver holds', async () => {
    const role = (key: string, rank: number, permissions: `${string}:${string}`[]) =>
      fixture.inAcme('owner').roles.create({ key, name: key, rank, permissions })
    await role('lead', 30, ['member:assign', 'invoice:read'])
    await role('approver', 5, ['invoice:approve'])
    await role('reader', 5, ['invoice:read'])
    await change('owner', 'editor', 'lead')
    await refusal(fixture, 'forbidden', () => change('editor', 'viewer', 'approver'))
    await change('owner', 'viewer', 'approver')
    await change('editor', 'viewer', 'approver', 'reader')
    await change('editor', 'viewer', 'reader')
    await refusal(fixture, 'forbidden', () => change('editor', 'viewer', 'reader', 'approver'))
  })

  it('is felt by the member at the next question', async () => {
    expect((await fixture.inAcme('editor').access()).can('invoice:create')).toBe(true)
    await change('owner', 'editor', 'viewer')
    expect((await fixture.inAcme('editor').access()).can('invoice:create')).toBe(false)
    await change('owner', 'admin', 'viewer')
    await refusal(fixture, 'forbidden', () => change('admin', 'member', 'viewer'))
  })

  it('appends no event when the member already has the roles', async () => {
    expect(await fixture.eventsOf(() => change('owner', 'editor', 'editor'))).toEqual([])
  })

  it('changes only the membership of this tenant', async () => {
    await fixture.join(fixture.zeta, 'member', { role: 'editor', invitedBy: 'outsider' })
    await change('owner', 'member', 'viewer')
    expect((await fixture.as('member').in(fixture.zeta).access()).roles).toEqual(['editor'])
  })

  it('keeps single permissions through a promotion to admin and back', async () => {
    const overrides = { 'invoice:approve': true, 'invoice:read': false }
    await fixture.inAcme('owner').members.setOverrides({ userId: 'member', overrides })
    await change('owner', 'member', 'admin')
    expect((await fixture.inAcme('member').access()).canAll(['invoice:read', 'invoice:delete'])).toBe(true)
    await change('owner', 'member', 'member')
    const access = await fixture.inAcme('member').access()
    expect([access.can('invoice:approve'), access.can('invoice:read')]).toEqual([true, false])
  })

  describe('is refused', () => {
    it('on oneself, whatever one is and wants', async () => {
      for (const person of ['owner', 'admin', 'viewer']) {
        for (const role of ['owner', 'admin', 'viewer', 'boss']) {
          await refusal(fixture, 'self_action_forbidden', () => change(person, person, role))
        }
      }
    })

    it('rejects callers without the permission before it checks target and role', async () => {
      for (const userId of ['viewer', 'nobody', 'outsider', 'owner']) {
        await refusal(fixture, 'forbidden', () => change('editor', userId, 'no-such-role'))
      }
    })

    it('rejects unknown users and members of another tenant alike, before it checks the role', async () => {
      const unknown = await refusal(fixture, 'member_not_found', () => change('owner', 'nobody', 'no-such-role'))
      const foreign = await refusal(fixture, 'member_not_found', () => change('owner', 'outsider', 'no-such-role'))
      expect(foreign.message).toBe(unknown.message)
    })

    it.each([
      'owner',
      'Owner',
      'owner ',
      'admin,owner',
      'boss',
      '',
      '*',
      'constructor',
      '__proto__',
      'x'.repeat(10_000),
    ])('rejects %j as a role that cannot be assigned', async (role) => {
      await refusal(fixture, 'invalid_role', () => change('owner', 'member', role))
    })

    it('when only one of several cannot be given', async () => {
      await refusal(fixture, 'invalid_role', () => change('owner', 'member', 'viewer', 'owner'))
      await refusal(fixture, 'invalid_role', () => change('owner', 'member', 'viewer', 'boss'))
      await refusal(fixture, 'forbidden', () => change('admin', 'member', 'viewer', 'admin'))
    })

    it.each([
      ['a list', ['admin']],
      ['nothing', null],
      ['a number', 40],
      ['an object', { key: 'admin' }],
    ])('for %s in place of a role', async (_, role) => {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () => change('owner', 'member', role as never))
    })

    it.each([
      ['no role', []],
      ['a role twice', ['viewer', 'viewer']],
      ['eleven', Array.from({ length: 11 }, (_, at) => `role_${at}`)],
      ['a text', 'viewer'],
      ['nothing', null],
    ])('for %s in place of roles', async (_, roles) => {
      // What a caller without types may hand in.
      const input = { userId: 'member', roles: roles as never }
      const { details } = await refusal(fixture, 'invalid_input', () => fixture.inAcme('owner').members.setRoles(input))
      expect(details.field).toBe('roles')
    })

    it.each([[''], [null], [{}], [['member']], ['a\0b'], ['x'.repeat(129)]])(
      'for %j in place of a member',
      async (userId) => {
        // What a caller without types may hand in.
        const { details } = await refusal(fixture, 'invalid_input', () => change('owner', userId as never, 'viewer'))
        expect(details.field).toBe('userId')
      },
    )

    it('to an admin over the owner and over another admin, and for the role of admin', async () => {
      await refusal(fixture, 'forbidden', () => change('admin', 'owner', 'viewer'))
      await refusal(fixture, 'forbidden', () => change('admin', 'other-admin', 'viewer'))
      await refusal(fixture, 'forbidden', () => change('admin', 'member', 'admin'))
    })
  })
})
