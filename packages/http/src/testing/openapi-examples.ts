import { SYSTEM } from '@tenantry/core'
import { ask } from './openapi-client.js'
import type { Examples } from './api-client.js'
import { givePassword, PASSWORD } from './scenario.js'
import type { Person, Scenario } from './scenario.js'

export const LAPTOP = { client_id: 'tenantry-cli', device_label: 'laptop' }

/** A device that starts a sign-in. */
export async function startedDevice(scenario: Scenario): Promise<{ device_code: string; user_code: string }> {
  return (await ask(scenario, 'POST /oauth/device/code', { as: null, body: LAPTOP })).body
}

/** The request body with which an approved device gets its token. */
export async function approvedDevice(scenario: Scenario, as: Person = 'bob') {
  const { device_code, user_code } = await startedDevice(scenario)
  await ask(scenario, 'POST /oauth/device/approve', { as, body: { user_code } })
  return { device_code, client_id: LAPTOP.client_id }
}

export const EVA = { email: 'eva@example.com', issuer: 'https://sso.example.com' }

/** The token of an external subject, and its id. */
export async function externalToken(
  { tenancy }: Scenario,
  deviceLabel = 'laptop',
): Promise<{ token: string; id: string }> {
  const issued = await tenancy.as(SYSTEM).accessTokens.issueExternal({ ...EVA, clientId: 'tenantry-cli', deviceLabel })
  return { token: issued.accessToken, id: issued.token.id }
}

/** The ID of another token of a user. */
export async function sessionId({ tenancy, people }: Scenario, person: Person): Promise<string> {
  return (await tenancy.as({ userId: people[person].id }).accessTokens.create({ label: 'phone' })).token.id
}

const inAcme = ({ acme }: Scenario) => ({ workspace_id: acme })
const vicInAcme = ({ acme, people }: Scenario) => ({ workspace_id: acme, member_id: people.vic.id })

/** An example request for each route. */
export const EXAMPLES: Examples = {
  'GET /workspaces': () => ({ as: 'vic' }),
  'GET /workspaces/{workspace_id}': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /workspaces/{workspace_id}/switch': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /workspaces/{workspace_id}/members': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /workspaces/{workspace_id}/members': (scenario) => ({
    as: 'ann',
    params: inAcme(scenario),
    body: { email: 'new@example.com', role: 'editor' },
  }),
  'PATCH /workspaces/{workspace_id}/members/{member_id}': (scenario) => ({
    as: 'ann',
    params: vicInAcme(scenario),
    body: { role: 'editor' },
  }),
  'DELETE /workspaces/{workspace_id}/members/{member_id}': (scenario) => ({ as: 'ann', params: vicInAcme(scenario) }),
  'GET /account': () => ({ as: 'vic' }),
  'GET /account/sessions': () => ({ as: 'vic' }),
  'DELETE /account/sessions/self': () => ({ as: 'vic' }),
  'DELETE /account/sessions/{session_id}': async (scenario) => ({
    as: 'vic',
    params: { session_id: await sessionId(scenario, 'vic') },
  }),
  'POST /oauth/device/code': () => ({ as: null, body: LAPTOP }),
  'POST /oauth/device/token': async (scenario) => ({ as: null, body: await approvedDevice(scenario) }),
  'GET /oauth/device/lookup': async (scenario) => ({
    as: null,
    query: { user_code: (await startedDevice(scenario)).user_code },
  }),
  'POST /oauth/device/approve': async (scenario) => ({
    as: 'bob',
    body: { user_code: (await startedDevice(scenario)).user_code },
  }),
  'POST /oauth/device/deny': async (scenario) => ({
    as: 'bob',
    body: { user_code: (await startedDevice(scenario)).user_code },
  }),
  'POST /oauth/device/sign-in': async (scenario) => {
    await givePassword(scenario, 'bob')
    return { as: null, body: { email: scenario.people.bob.email, password: PASSWORD } }
  },
}
