import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/console-client.js'
import { CLERK, invite, customRole } from '../../testing/console-examples.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const ROLES = '/workspaces/current/roles'
const UPDATE_MEMBER = 'PUT /workspaces/current/members/{member_id}/update-role'

describe.each(STORAGES)('a workspace’s custom roles on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const create = (as: Person, body: object = {}) => ask(scenario, `POST ${ROLES}`, { as, body: { ...CLERK, ...body } })
  const update = (as: Person, body: object, role_key = CLERK.key) =>
    ask(scenario, `PUT ${ROLES}/{role_key}`, { as, params: { role_key }, body })
  const remove = (as: Person, role_key = CLERK.key) =>
    ask(scenario, `DELETE ${ROLES}/{role_key}`, { as, params: { role_key } })
  const give = (role: string) =>
    ask(scenario, UPDATE_MEMBER, { as: 'ann', params: { member_id: scenario.people.vic.id }, body: { role } })

  it('are created, listed after the built-in ones, assigned, changed for their holders, and deleted', async () => {
    const made = await create('ada')
    expect(made.status).toBe(201)
    expect(made.body).toEqual({ result: 'success', role: { ...CLERK, unrestricted: false, custom: true } })
    const { body } = await ask(scenario, `GET ${ROLES}`, { as: 'vic' })
    expect(body.data.map(({ key }: { key: string }) => key)).toEqual([
      ...['owner', 'admin', 'editor', 'normal', 'dataset_operator', 'developer', 'read_only', 'clerk'],
    ])
    expect(body.data.at(-1)).toEqual({ ...CLERK, unrestricted: false, custom: true })
    expect((await give('clerk')).status).toBe(200)
    const permissions = async () =>
      (await ask(scenario, 'GET /workspaces/current/permissions', { as: 'vic' })).body.permissions
    expect(await permissions()).toEqual(['invoice:read'])
    const changed = await update('ada', { permissions: ['invoice:approve'] })
    expect(changed.body.role).toMatchObject({ name: CLERK.name, rank: CLERK.rank, permissions: ['invoice:approve'] })
    expect(await permissions()).toEqual(['invoice:approve'])
    await give('read_only')
    expect((await remove('ada')).body).toEqual({ result: 'success' })
    expect((await give('clerk')).body).toMatchObject({ code: 'invalid-role', status: 400 })
  })

  it('cannot be deleted while a member holds them or a pending invitation offers them', async () => {
    await create('ann')
    await give('clerk')
    const before = await snapshot(scenario)
    expect((await remove('ann')).body).toMatchObject({ code: 'conflict', status: 409 })
    expect(await snapshot(scenario)).toEqual(before)
    await give('read_only')
    await invite(scenario, 'new@example.com', 'clerk')
    expect((await remove('ann')).body).toMatchObject({ code: 'conflict', status: 409 })
  })

  it('are rejected in the API’s error format when invalid, and nothing changes', async () => {
    await create('ann')
    await customRole(scenario, 'gil', { key: 'theirs' })
    const before = await snapshot(scenario)
    const responses = [
      await create('ed', { key: 'new' }),
      await create('ada', { key: 'new', permissions: ['tenant:archive'] }),
      await create('ann'),
      await create('ann', { key: 'normal' }),
      await create('ann', { key: 'member' }),
      await create('ann', { key: 'New' }),
      await create('ann', { key: 'new', rank: 40 }),
      await create('ann', { key: 'new', permissions: ['invoice:read', 'invoice:fly'] }),
      await create('ann', { key: 'new', permissions: ['tenant:transfer'] }),
      await create('ann', { key: 'new', unrestricted: true }),
      await update('ada', { permissions: ['tenant:archive'] }),
      await update('ann', { key: 'new' }),
      await update('ann', { rank: 1 }, 'admin'),
      await update('ann', { rank: 1 }, 'theirs'),
      await remove('ann', 'theirs'),
      await remove('ann', 'owner'),
    ].map(({ body: { status, code, params } }) => [status, code, params])
    expect(responses).toEqual([
      [403, 'forbidden', undefined],
      [403, 'forbidden', undefined],
      [409, 'conflict', undefined],
      [409, 'conflict', undefined],
      [409, 'conflict', undefined],
      [400, 'invalid-param', 'key'],
      [400, 'invalid-param', 'rank'],
      [400, 'invalid-param', 'permissions.1'],
      [400, 'invalid-param', 'permissions.0'],
      [400, 'invalid-param', 'unrestricted'],
      [403, 'forbidden', undefined],
      [400, 'invalid-param', 'key'],
      [404, 'role-not-found', undefined],
      [404, 'role-not-found', undefined],
      [404, 'role-not-found', undefined],
      [404, 'role-not-found', undefined],
    ])
    expect(await snapshot(scenario)).toEqual(before)
  })
})
