import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('what a member would gain and lose', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  type Question = Parameters<ReturnType<typeof fixture.inAcme>['members']['previewAccessChange']>[0]
  const previewAccessChange = (question: Question, by = 'owner') =>
    fixture.inAcme(by).members.previewAccessChange(question)
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('by other roles', async () => {
    expect(await previewAccessChange({ userId: 'editor', roles: ['viewer'] })).toEqual({
      gains: [],
      loses: ['invoice:create', 'invoice:update', 'invoice:delete'],
    })
    expect(await previewAccessChange({ userId: 'viewer', roles: ['viewer', 'editor'] })).toEqual({
      gains: ['invoice:create', 'invoice:update', 'invoice:delete'],
      loses: [],
    })
  })

  it('previews additional overrides', async () => {
    const { members } = fixture.inAcme('owner')
    await members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    const overrides = { 'invoice:read': false, 'invoice:create': true, 'invoice:approve': null }
    expect(await previewAccessChange({ userId: 'viewer', overrides })).toEqual({
      gains: ['invoice:create'],
      loses: ['invoice:read', 'invoice:approve'],
    })
    expect(
      await previewAccessChange({ userId: 'viewer', roles: ['editor'], overrides: { 'invoice:update': false } }),
    ).toEqual({
      gains: ['invoice:create', 'invoice:delete'],
      loses: [],
    })
    expect(await previewAccessChange({ userId: 'admin', overrides: { 'invoice:read': false } })).toEqual({
      gains: [],
      loses: [],
    })
    expect(await previewAccessChange({ userId: 'viewer' })).toEqual({ gains: [], loses: [] })
  })

  it('matches the access after the change', async () => {
    const roles = fc.uniqueArray(fc.constantFrom('admin', 'editor', 'viewer', 'member', 'approver'), { minLength: 1 })
    const name = fc.constantFrom('invoice:read', 'invoice:approve', 'invoice:update')
    const overrides = fc.dictionary(name, fc.option(fc.boolean()), { minKeys: 1, noNullPrototype: true })
    const { members, roles: customRoles } = fixture.inAcme('owner')
    await customRoles.create({ key: 'approver', name: 'Approver', rank: 5, permissions: ['invoice:approve'] })
    const held = async () => (await fixture.inAcme('viewer').access()).permissions()
    await fc.assert(
      fc.asyncProperty(roles, overrides, async (roles, overrides) => {
        await members.setRoles({ userId: 'viewer', roles: ['viewer'] })
        const before = await held()
        const { gains, loses } = await previewAccessChange({ userId: 'viewer', roles, overrides })
        // Before the roles, which may be full ones.
        await members.setOverrides({ userId: 'viewer', overrides })
        await members.setRoles({ userId: 'viewer', roles })
        const after = await held()
        expect(gains).toEqual(after.filter((one) => !before.includes(one)))
        expect(loses).toEqual(before.filter((one) => !after.includes(one)))
      }),
      { numRuns: 40 },
    )
  })

  it('changes nothing', async () => {
    const before = await fixture.state()
    await previewAccessChange({ userId: 'viewer', roles: ['admin'], overrides: { 'invoice:read': false } })
    expect(await fixture.state()).toEqual(before)
  })

  it('is allowed for oneself, and for others with the permission to explain permissions', async () => {
    expect((await previewAccessChange({ userId: 'viewer', roles: ['editor'] }, 'viewer')).gains).toContain(
      'invoice:create',
    )
    await refusal(fixture, 'forbidden', () => previewAccessChange({ userId: 'editor', roles: ['viewer'] }, 'viewer'))
    await refusal(fixture, 'forbidden', () => previewAccessChange({ userId: 'nobody', roles: ['viewer'] }, 'viewer'))
    await refusal(fixture, 'member_not_found', () => previewAccessChange({ userId: 'nobody', roles: ['viewer'] }))
    await refusal(fixture, 'member_not_found', () =>
      previewAccessChange({ userId: 'outsider', roles: ['no_such_role'] }),
    )
  })

  it('is refused for roles that cannot be given, and for names that are not declared', async () => {
    for (const role of ['gone', 'owner', 'OWNER', '__proto__', '', 'x'.repeat(300)]) {
      await refusal(fixture, 'invalid_role', () => previewAccessChange({ userId: 'viewer', roles: ['viewer', role] }))
    }
    for (const name of ['invoice:fly', 'tenant:transfer', '*', 'toString']) {
      const question = { userId: 'viewer', overrides: { [name]: true } }
      await refusal(fixture, 'invalid_input', () => previewAccessChange(question))
    }
    for (const odd of [{ roles: [] }, { roles: ['viewer', 'viewer'] }, { overrides: {} }, { role: 'viewer' }]) {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () => previewAccessChange({ userId: 'viewer', ...odd }))
    }
  })
})
