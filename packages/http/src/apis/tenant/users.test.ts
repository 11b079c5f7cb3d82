import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/tenant-client.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const USERS = '/tenant/{tenantId}/users'

describe.each(STORAGES)('the users of a tenant on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const list = async (as: Person = 'vic') => (await ask(scenario, `GET ${USERS}`, { as })).body as { id: string }[]
  const rowOf = async (id: string) => (await list()).find((row) => row.id === id)
  const add = (as: Person, body: object) => ask(scenario, `POST ${USERS}`, { as, body })
  const put = (as: Person, userId: string, flags: object, tenantId = scenario.acme) =>
    ask(scenario, `PUT ${USERS}`, { as, body: { userId, tenantId, ...flags } })
  const remove = (as: Person, userId: string, tenantId = scenario.acme) =>
    ask(scenario, `DELETE ${USERS}`, { as, body: { userId, tenantId } })

  it('are listed with their tenant and organization roles, the owner as an admin', async () => {
    const { ann, bob } = scenario.people
    expect(await list()).toHaveLength(7)
    expect(await rowOf(ann.id)).toEqual({
      id: ann.id,
      email: ann.email,
      firstName: null,
      lastName: null,
      createdAt: '2026-03-01T12:00:00.000Z',
      lastLoginAt: null,
      tenantId: scenario.acme,
      isActiveInTenant: true,
      isAdminInTenant: true,
      isDeveloperInTenant: false,
      organizationId: scenario.umbrella,
      isActiveInOrganization: true,
      isAdminInOrganization: true,
    })
    expect(await rowOf(bob.id)).toMatchObject({
      isAdminInTenant: false,
      isActiveInOrganization: true,
      isAdminInOrganization: false,
    })
    expect(await rowOf(scenario.people.vic.id)).toMatchObject({ isActiveInOrganization: false })
  })

  it('include organization admins as admins, with or without a membership', async () => {
    const { olga } = scenario.people
    const above = { isActiveInOrganization: true, isAdminInOrganization: true }
    const asAdmin = { isActiveInTenant: true, isAdminInTenant: true, isDeveloperInTenant: false, ...above }
    expect(await rowOf(olga.id)).toMatchObject({ email: olga.email, tenantId: scenario.acme, ...asAdmin })
    for (const response of [await put('ann', olga.id, { isDeveloperInTenant: true }), await remove('ann', olga.id)]) {
      expect([response.status, response.body.code]).toEqual([404, 'member_not_found'])
    }
    expect((await add('ada', { email: olga.email, isDeveloperInTenant: true })).status).toBe(201)
    expect(await list()).toHaveLength(7)
    expect(await rowOf(olga.id)).toMatchObject({ ...asAdmin, isDeveloperInTenant: true })
    expect((await put('ann', olga.id, { isActiveInTenant: false })).status).toBe(200)
    // What the organization gives, no membership of the tenant takes away.
    expect(await rowOf(olga.id)).toMatchObject({ ...asAdmin, isDeveloperInTenant: true, isActiveInTenant: false })
    expect((await ask(scenario, `GET ${USERS}`, { as: 'olga' })).status).toBe(200)
  })

  it('I12 cannot lock out an organization admin: an admin of the tenant cannot add one as inactive', async () => {
    const { olga } = scenario.people
    const response = await add('ada', { email: olga.email, isActiveInTenant: false })
    expect([response.status, response.body.code]).toEqual([403, 'forbidden'])
    expect((await ask(scenario, `GET ${USERS}`, { as: 'olga' })).status).toBe(200)
  })

  it('are listed completely, whatever their number', async () => {
    for (let person = 0; person < 120; person++) await add('ann', { email: `p${person}@example.com` })
    expect(await list()).toHaveLength(127)
  })

  it('are added by address, active or not, and get an account if they have none', async () => {
    const added = await add('ada', {
      email: 'John.Doe@example.com',
      firstName: 'John',
      lastName: 'Doe',
      isActiveInTenant: false,
      isAdminInTenant: true,
      isDeveloperInTenant: true,
    })
    expect(added.body).toEqual({ id: expect.any(String), message: 'The user was added to the tenant' })
    expect(await rowOf(added.body.id)).toMatchObject({
      email: 'John.Doe@example.com',
      firstName: 'John',
      lastName: 'Doe',
      isActiveInTenant: false,
      isAdminInTenant: true,
      isDeveloperInTenant: true,
    })
    expect((await scenario.deliver()).some(({ to }) => to === 'John.Doe@example.com')).toBe(true)
    const again = await add('ada', { email: 'john.doe@EXAMPLE.com' })
    expect([again.status, again.body.code]).toEqual([409, 'already_member'])
  })

  it('I15 keep the name that the account’s owner chose, and show it after their first visit', async () => {
    const { otto } = scenario.people
    await scenario.tenancy.as({ userId: otto.id }).users.update({ name: 'Otto Normal' })
    const { body } = await add('ada', { email: otto.email, firstName: 'Mallory', lastName: 'Moss' })
    expect(body.id).toBe(otto.id)
    // Until he has been here, he is who was typed.
    const typed = { firstName: 'Mallory', lastName: 'Moss', lastLoginAt: null }
    expect(await rowOf(otto.id)).toMatchObject({ ...typed, isActiveInTenant: true })
    await ask(scenario, `GET ${USERS}`, { as: 'otto' })
    expect(await rowOf(otto.id)).toMatchObject({ firstName: 'Otto', lastName: 'Normal' })
  })

  it('can be developers with or without being admins, and absent fields stay unchanged', async () => {
    const { vic } = scenario.people
    const flags = async () => {
      const row = await rowOf(vic.id)
      return row && 'isAdminInTenant' in row && 'isDeveloperInTenant' in row
        ? [row.isAdminInTenant, row.isDeveloperInTenant]
        : []
    }
    await put('ann', vic.id, { isDeveloperInTenant: true })
    expect(await flags()).toEqual([false, true])
    await put('ann', vic.id, { isAdminInTenant: true })
    expect(await flags()).toEqual([true, true])
    await put('ann', vic.id, { isAdminInTenant: false })
    expect(await flags()).toEqual([false, true])
    await put('ann', vic.id, { isDeveloperInTenant: false })
    expect(await flags()).toEqual([false, false])
  })

  it('are denied everywhere as soon as they are inactive', async () => {
    const { vic } = scenario.people
    await put('ada', vic.id, { isActiveInTenant: false })
    expect((await ask(scenario, 'GET /tenant/{tenantId}', { as: 'vic' })).status).toBe(404)
    await put('ada', vic.id, { isActiveInTenant: true })
    expect((await ask(scenario, 'GET /tenant/{tenantId}', { as: 'vic' })).status).toBe(200)
  })

  it('stay unchanged if the body names another tenant', async () => {
    const { vic } = scenario.people
    const before = await snapshot(scenario)
    for (const tenantId of [scenario.globex, '01900000-0000-7000-8000-000000000000']) {
      for (const response of [
        await put('ann', vic.id, { isActiveInTenant: false }, tenantId),
        await remove('ann', vic.id, tenantId),
      ]) {
        expect([response.status, response.body]).toEqual([
          400,
          { code: 'invalid_input', message: 'tenantId: differs from the path' },
        ])
      }
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('include an owner who cannot be removed, deactivated or demoted, and admins who cannot do this to themselves', async () => {
    const { ann, ada } = scenario.people
    const before = await snapshot(scenario)
    for (const [by, who] of [
      ['ada', ann.id],
      ['ann', ann.id],
      ['ada', ada.id],
      ['olga', ann.id],
    ] as const) {
      for (const flags of [{ isActiveInTenant: false }, { isAdminInTenant: false }]) {
        expect((await put(by, who, flags)).status).toBe(403)
      }
      expect((await remove(by, who)).status).toBe(403)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('can only be changed by admins', async () => {
    const { vic } = scenario.people
    const before = await snapshot(scenario)
    for (const as of ['ed', 'dora', 'bob', 'vic'] as const) {
      expect((await add(as, { email: 'new@example.com' })).status).toBe(403)
      expect((await put(as, vic.id, { isDeveloperInTenant: true })).status).toBe(403)
      expect((await remove(as, vic.id)).status).toBe(403)
      expect((await ask(scenario, 'PUT /tenant/{tenantId}', { as, body: { displayName: 'X' } })).status).toBe(403)
      expect((await ask(scenario, 'GET /tenant/{tenantId}/statistics', { as })).status).toBe(403)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('lose only the membership in this tenant when they are removed', async () => {
    const { mo } = scenario.people
    await add('ada', { email: mo.email })
    await remove('ada', mo.id)
    expect(await rowOf(mo.id)).toBeUndefined()
    expect(
      (await ask(scenario, 'GET /tenant/{tenantId}', { as: 'mo', params: { tenantId: scenario.globex } })).status,
    ).toBe(200)
    expect((await remove('ada', mo.id)).body.code).toBe('member_not_found')
  })

  it.each([
    [{}, 'email'],
    [{ email: 'nobody' }, 'email'],
    [{ email: 'new@example.com', isAdminInTenant: 'true' }, 'isAdminInTenant'],
    [{ email: 'new@example.com', isActiveInTenant: 'yes' }, 'isActiveInTenant'],
    [{ email: 'new@example.com', firstName: 7 }, 'firstName'],
    [{ email: 'new@example.com', firstName: 'J'.repeat(60), lastName: 'D'.repeat(60) }, 'firstName'],
  ])('refuses %j, and names the field', async (body, field) => {
    const response = await add('ada', body)
    expect(response.status).toBe(400)
    expect(response.body.message).toContain(field)
  })
})
