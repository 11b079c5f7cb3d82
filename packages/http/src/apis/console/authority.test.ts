import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ROUTES } from '../../testing/console-client.js'
import { EXAMPLES } from '../../testing/console-examples.js'
import { exampleIn } from '../../testing/api-client.js'
import type { ApiRequest } from '../../testing/api-client.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const REMOVE = 'DELETE /workspaces/current/members/{member_id}'
const UPDATE = 'PUT /workspaces/current/members/{member_id}/update-role'
const INVITE = 'POST /workspaces/current/members/invite-email'

/** Who of Acme may, by route; every other route of the current workspace is for every member. */
const ONLY: Readonly<Record<string, readonly Person[]>> = {
  'POST /workspaces/info': ['ann', 'ada'],
  'POST /workspaces/archive': ['ann'],
  'POST /workspaces/restore': ['ann'],
  'POST /workspaces/custom-config': ['ann', 'ada'],
  'POST /workspaces/custom-config/webapp-logo/upload': ['ann', 'ada'],
  [INVITE]: ['ann', 'ada'],
  [REMOVE]: ['ann', 'ada'],
  [UPDATE]: ['ann', 'ada'],
  'GET /workspaces/current/invitations': ['ann', 'ada'],
  'POST /workspaces/current/invitations/{invitation_id}/resend': ['ann', 'ada'],
  'DELETE /workspaces/current/invitations/{invitation_id}': ['ann', 'ada'],
  'POST /workspaces/current/members/send-owner-transfer-confirm-email': ['ann'],
  'POST /workspaces/current/members/owner-transfer-check': ['ann'],
  'POST /workspaces/current/members/{member_id}/owner-transfer': ['ann'],
  'POST /workspaces/current/permissions/explain': ['ann', 'ada'],
  'GET /workspaces/current/audit-events': ['ann', 'ada'],
  'POST /workspaces/current/roles': ['ann', 'ada'],
  'PUT /workspaces/current/roles/{role_key}': ['ann', 'ada'],
  'DELETE /workspaces/current/roles/{role_key}': ['ann', 'ada'],
  'GET /all-workspaces': ['opal'],
}

interface Target {
  readonly member_id?: string
  readonly user_id?: string
}

describe.each(STORAGES)('authorization on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  it.each(Object.entries(ONLY))('%s is for %j only', async (key, allowed) => {
    const request = await exampleIn(EXAMPLES, scenario, key)
    const before = await snapshot(scenario)
    const members: readonly Person[] = ['ann', 'ada', 'ed', 'dora', 'bob', 'vic']
    const { member_id: target, user_id: asked } = {
      ...request.params,
      ...(request.body as object | undefined),
    } as Target
    // What somebody may do to themselves is another question.
    const refused = members.filter(
      (one) => !allowed.includes(one) && ![target, asked].includes(scenario.people[one].id),
    )
    for (const as of refused) {
      const response = await ask(scenario, key, { ...request, as })
      expect({ as, ...response.body }).toMatchObject({ as, code: 'forbidden', status: 403 })
    }
    expect(refused.length).toBeGreaterThanOrEqual(3)
    expect(await snapshot(scenario)).toEqual(before)
    const response = await ask(scenario, key, { ...request, as: allowed[0] ?? null })
    expect(response.status).toBeLessThan(300)
  })

  it('lets every member read what all members may read', async () => {
    const keys = [...ROUTES]
      .filter(([key, route]) => key.startsWith('GET ') && route.headers && !ONLY[key])
      .map(([key]) => key)
    for (const key of keys) {
      for (const as of ['ann', 'ada', 'ed', 'dora', 'bob', 'vic'] as const) {
        expect((await ask(scenario, key, { as })).status).toBe(200)
      }
    }
  })

  it('denies access immediately after a demotion', async () => {
    const rename = (as: Person) => ask(scenario, 'POST /workspaces/info', { as, body: { name: 'Acme' } })
    expect((await rename('ada')).status).toBe(200)
    await ask(scenario, UPDATE, { as: 'ann', params: { member_id: scenario.people.ada.id }, body: { role: 'normal' } })
    expect((await rename('ada')).body).toMatchObject({ code: 'forbidden', status: 403 })
  })

  it('checks a change in a fixed order of errors', async () => {
    const update = (as: Person, member_id: string, role: unknown, headers = {}) =>
      ask(scenario, UPDATE, { as, params: { member_id }, body: { role }, headers })
    const { people, globex } = scenario
    const foreign = { 'x-workspace-id': globex }
    const codes = [
      await update('ada', people.ada.id, 'nonsense', foreign),
      await update('ada', people.ada.id, 'nonsense'),
      await update('ed', people.ed.id, 'nonsense'),
      await update('ed', 'nobody', 'nonsense'),
      await update('ada', 'nobody', 'nonsense'),
      await update('ada', people.ann.id, 'nonsense'),
      await update('ada', people.vic.id, 'nonsense'),
      await update('ada', people.vic.id, 'owner'),
      await update('ada', people.vic.id, 'admin'),
    ].map(({ body, status }) => [status, body.code])
    expect(codes).toEqual([
      [404, 'workspace-not-found'],
      [400, 'cannot-operate-self'],
      [400, 'cannot-operate-self'],
      [403, 'forbidden'],
      [404, 'member-not-found'],
      [403, 'forbidden'],
      [400, 'invalid-role'],
      [400, 'invalid-role'],
      [403, 'forbidden'],
    ])
  })

  it('rejects changing, removing or demoting the owner, and the owner leaving', async () => {
    const owner = { member_id: scenario.people.ann.id }
    const before = await snapshot(scenario)
    const attempts: [string, ApiRequest, string][] = [
      [REMOVE, { as: 'ada', params: owner }, 'forbidden'],
      [UPDATE, { as: 'ada', params: owner, body: { role: 'normal' } }, 'forbidden'],
      [REMOVE, { as: 'ann', params: owner }, 'cannot-operate-self'],
      [UPDATE, { as: 'ann', params: owner, body: { role: 'normal' } }, 'cannot-operate-self'],
      ['POST /workspaces/current/leave', { as: 'ann' }, 'forbidden'],
    ]
    for (const [key, request, code] of attempts) expect((await ask(scenario, key, request)).body.code).toBe(code)
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('prevents an admin from creating an owner or another admin, and from promoting to their own rank', async () => {
    const before = await snapshot(scenario)
    const vic = { member_id: scenario.people.vic.id }
    for (const role of [
      'owner',
      'Owner ',
      'admin,owner',
      'OWNER',
      '*',
      '__proto__',
      'constructor',
      'member',
      'viewer',
      '',
    ]) {
      expect((await ask(scenario, UPDATE, { as: 'ada', params: vic, body: { role } })).body.code).toBe('invalid-role')
      const invited = await ask(scenario, INVITE, { as: 'ada', body: { emails: ['x@example.com'], role } })
      expect(invited.body.code).toBe('invalid-role')
    }
    for (const role of [['owner'], null, 1, true, {}, { $ne: '' }]) {
      const response = await ask(scenario, UPDATE, { as: 'ada', params: vic, body: { role } })
      expect(response.body).toMatchObject({ code: 'invalid-param', params: 'role', status: 400 })
    }
    expect((await ask(scenario, UPDATE, { as: 'ada', params: vic, body: { role: 'admin' } })).body.code).toBe(
      'forbidden',
    )
    expect(
      (
        await ask(scenario, UPDATE, {
          as: 'bob',
          params: { member_id: scenario.people.bob.id },
          body: { role: 'admin' },
        })
      ).body.code,
    ).toBe('cannot-operate-self')
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('maps member and viewer to normal and read_only, in requests and responses', async () => {
    const params = { member_id: scenario.people.ed.id }
    const roleOfEd = async () => {
      const { body } = await ask(scenario, 'GET /workspaces/current/members', { as: 'ann', query: { keyword: 'ed@' } })
      return body.accounts[0].role
    }
    await ask(scenario, UPDATE, { as: 'ann', params, body: { role: 'normal' } })
    expect(await roleOfEd()).toBe('normal')
    const access = () => scenario.tenancy.as({ userId: scenario.people.ed.id }).in(scenario.acme).access()
    expect((await access()).roles).toEqual(['member'])
    await ask(scenario, UPDATE, { as: 'ann', params, body: { role: 'read_only' } })
    expect(await roleOfEd()).toBe('read_only')
    expect((await access()).roles).toEqual(['viewer'])
  })

  it('ends only the membership in this workspace', async () => {
    const { tenancy, people, acme, globex } = scenario
    const { link } = await tenancy
      .as({ userId: people.gil.id })
      .in(globex)
      .members.invite({ email: people.vic.email, role: 'editor' })
    const token = /token=(.*)/.exec(link ?? '')?.[1]
    expect((await ask(scenario, 'POST /activate', { as: 'vic', body: { token } })).status).toBe(200)
    const removed = await ask(scenario, REMOVE, { as: 'ann', params: { member_id: people.vic.id } })
    expect(removed.body).toEqual({ result: 'success', tenant_id: acme })
    const { body } = await ask(scenario, 'GET /workspaces', { as: 'vic' })
    expect(body.workspaces).toMatchObject([{ id: globex, role: 'editor', current: true }])
    expect((await ask(scenario, REMOVE, { as: 'ann', params: { member_id: people.vic.id } })).body.code).toBe(
      'member-not-found',
    )
  })
})
