import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('what a member would gain and lose', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  type Question = Parameters<ReturnType<typeof given.inAcme>['members']['whatIf']>[0]
  const whatIf = (question: Question, by = 'owner') => given.inAcme(by).members.whatIf(question)
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('by other roles', async () => {
    expect(await whatIf({ userId: 'editor', roles: ['viewer'] })).toEqual({
      gains: [],
      loses: ['invoice:create', 'invoice:update', 'invoice:delete'],
    })
    expect(await whatIf({ userId: 'viewer', roles: ['viewer', 'editor'] })).toEqual({
      gains: ['invoice:create', 'invoice:update', 'invoice:delete'],
      loses: [],
    })
  })

  it('by other overrides, beside those there are', async () => {
    const { members } = given.inAcme('owner')
    await members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
    const overrides = { 'invoice:read': false, 'invoice:create': true, 'invoice:approve': null }
    expect(await whatIf({ userId: 'viewer', overrides })).toEqual({
      gains: ['invoice:create'],
      loses: ['invoice:read', 'invoice:approve'],
    })
    expect(await whatIf({ userId: 'viewer', roles: ['editor'], overrides: { 'invoice:update': false } })).toEqual({
      gains: ['invoice:create', 'invoice:delete'],
      loses: [],
    })
    expect(await whatIf({ userId: 'admin', overrides: { 'invoice:read': false } })).toEqual({ gains: [], loses: [] })
    expect(await whatIf({ userId: 'viewer' })).toEqual({ gains: [], loses: [] })
  })

  it('is what then comes to pass', async () => {
    const roles = fc.uniqueArray(fc.constantFrom('admin', 'editor', 'viewer', 'member', 'approver'), { minLength: 1 })
    const name = fc.constantFrom('invoice:read', 'invoice:approve', 'invoice:update')
    const overrides = fc.dictionary(name, fc.option(fc.boolean()), { minKeys: 1, noNullPrototype: true })
    const { members, roles: ownRoles } = given.inAcme('owner')
    await ownRoles.create({ key: 'approver', name: 'Approver', rank: 5, permissions: ['invoice:approve'] })
    const held = async () => (await given.inAcme('viewer').access()).permissions()
    await fc.assert(
      fc.asyncProperty(roles, overrides, async (roles, overrides) => {
        await members.changeRoles({ userId: 'viewer', roles: ['viewer'] })
        const before = await held()
        const { gains, loses } = await whatIf({ userId: 'viewer', roles, overrides })
        // Before the roles, which may be full ones.
        await members.setOverrides({ userId: 'viewer', overrides })
        await members.changeRoles({ userId: 'viewer', roles })
        const after = await held()
        expect(gains).toEqual(after.filter((one) => !before.includes(one)))
        expect(loses).toEqual(before.filter((one) => !after.includes(one)))
      }),
      { numRuns: 40 },
    )
  })

  it('changes nothing', async () => {
    const before = await given.state()
    await whatIf({ userId: 'viewer', roles: ['admin'], overrides: { 'invoice:read': false } })
    expect(await given.state()).toEqual(before)
  })

  it('is told to oneself, and about others to whoever may explain their permissions', async () => {
    expect((await whatIf({ userId: 'viewer', roles: ['editor'] }, 'viewer')).gains).toContain('invoice:create')
    await refusal(given, 'forbidden', () => whatIf({ userId: 'editor', roles: ['viewer'] }, 'viewer'))
    await refusal(given, 'forbidden', () => whatIf({ userId: 'nobody', roles: ['viewer'] }, 'viewer'))
    await refusal(given, 'member_not_found', () => whatIf({ userId: 'nobody', roles: ['viewer'] }))
    await refusal(given, 'member_not_found', () => whatIf({ userId: 'outsider', roles: ['no_such_role'] }))
  })

  it('is refused for roles that cannot be given, and for names that are not declared', async () => {
    for (const role of ['gone', 'owner', 'OWNER', '__proto__', '', 'x'.repeat(300)]) {
      await refusal(given, 'invalid_role', () => whatIf({ userId: 'viewer', roles: ['viewer', role] }))
    }
    for (const name of ['invoice:fly', 'tenant:transfer', '*', 'toString']) {
      const question = { userId: 'viewer', overrides: { [name]: true } }
      await refusal(given, 'invalid_input', () => whatIf(question))
    }
    for (const odd of [{ roles: [] }, { roles: ['viewer', 'viewer'] }, { overrides: {} }, { role: 'viewer' }]) {
      // What a caller without types may hand in.
      await refusal(given, 'invalid_input', () => whatIf({ userId: 'viewer', ...odd }))
    }
  })
})
