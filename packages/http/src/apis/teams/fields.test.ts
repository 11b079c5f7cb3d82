import { memoryStorage } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../testing/teams-client.js'
import { createScenario, PASSWORD } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

let scenario: Scenario
beforeAll(async () => void (scenario = await createScenario(memoryStorage())))
afterAll(() => scenario.close())

const account = { nickname: 'Nell', email: 'nell@example.com', password: PASSWORD }
const large = { text: 'x'.repeat(600_000) }

describe('what does not fit is named as it was sent:', () => {
  it.each([
    ['name', 'POST /tenant/create', { body: { name: ' ' } }],
    ['llm_id', 'POST /tenant/create', { body: { name: 'Initech', llm_id: 'a\0b' } }],
    ['parser_ids', 'POST /tenant/create', { body: { name: 'Initech', parser_ids: 'a\0b' } }],
    ['nickname', 'POST /user/create', { body: { ...account, nickname: ' ' } }],
    ['password', 'POST /user/create', { body: { ...account, password: 'short' } }],
    ['email', 'GET /user/list', { query: { email: 'a\0b' } }],
    ['title', 'POST /canvas/set', { body: { title: ' ' } }],
    ['dsl', 'POST /canvas/set', { body: { title: 'Plan', dsl: large } }],
    ['shared_tenant_id', 'POST /canvas/set', { body: { title: 'Plan', shared_tenant_id: 'x' } }],
    ['keywords', 'GET /canvas/list', { query: { keywords: 'a\0b' } }],
  ])('%s of %s', async (field, key, request) => {
    const { status, body } = await ask(scenario, key, { as: 'bob', ...request })
    expect({ status, ...body }).toEqual({
      status: 400,
      code: 101,
      message: expect.stringMatching(`^${field}: `),
      data: null,
    })
  })

  it('permissions', async () => {
    const params = { tenant_id: scenario.acme, user_id: scenario.people.bob.id }
    const key = 'PUT /tenant/{tenant_id}/users/{user_id}/permissions'
    const { body } = await ask(scenario, key, { as: 'ann', params, body: { permissions: { canvas: {} } } })
    expect(body.message).toMatch(/^permissions: /)
  })
})
