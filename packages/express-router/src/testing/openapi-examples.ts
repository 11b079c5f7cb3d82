import { SYSTEM } from '@tenantry/core'
import { ask } from './openapi-client.js'
import type { Examples } from './surface-client.js'
import { givePassword, PASSWORD } from './world.js'
import type { Person, World } from './world.js'

export const LAPTOP = { client_id: 'tenantry-cli', device_label: 'laptop' }

/** A device that asks to be signed in. */
export async function startedDevice(world: World): Promise<{ device_code: string; user_code: string }> {
  return (await ask(world, 'POST /oauth/device/code', { as: null, body: LAPTOP })).body
}

/** The body by which an approved device gets its token. */
export async function approvedDevice(world: World, as: Person = 'bob') {
  const { device_code, user_code } = await startedDevice(world)
  await ask(world, 'POST /oauth/device/approve', { as, body: { user_code } })
  return { device_code, client_id: LAPTOP.client_id }
}

export const EVA = { email: 'eva@example.com', issuer: 'https://sso.example.com' }

/** The token of an external subject, and its id. */
export async function externalToken(
  { tenancy }: World,
  deviceLabel = 'laptop',
): Promise<{ token: string; id: string }> {
  const issued = await tenancy.as(SYSTEM).accessTokens.issueExternal({ ...EVA, clientId: 'tenantry-cli', deviceLabel })
  return { token: issued.accessToken, id: issued.token.id }
}

/** The id of another token of a person. */
export async function sessionId({ tenancy, people }: World, person: Person): Promise<string> {
  return (await tenancy.as({ userId: people[person].id }).accessTokens.create({ label: 'phone' })).token.id
}

const inAcme = ({ acme }: World) => ({ workspace_id: acme })
const vicInAcme = ({ acme, people }: World) => ({ workspace_id: acme, member_id: people.vic.id })

/** One for each route. */
export const EXAMPLES: Examples = {
  'GET /workspaces': () => ({ as: 'vic' }),
  'GET /workspaces/{workspace_id}': (world) => ({ as: 'vic', params: inAcme(world) }),
  'POST /workspaces/{workspace_id}/switch': (world) => ({ as: 'vic', params: inAcme(world) }),
  'GET /workspaces/{workspace_id}/members': (world) => ({ as: 'vic', params: inAcme(world) }),
  'POST /workspaces/{workspace_id}/members': (world) => ({
    as: 'ann',
    params: inAcme(world),
    body: { email: 'new@example.com', role: 'editor' },
  }),
  'PATCH /workspaces/{workspace_id}/members/{member_id}': (world) => ({
    as: 'ann',
    params: vicInAcme(world),
    body: { role: 'editor' },
  }),
  'DELETE /workspaces/{workspace_id}/members/{member_id}': (world) => ({ as: 'ann', params: vicInAcme(world) }),
  'GET /account': () => ({ as: 'vic' }),
  'GET /account/sessions': () => ({ as: 'vic' }),
  'DELETE /account/sessions/self': () => ({ as: 'vic' }),
  'DELETE /account/sessions/{session_id}': async (world) => ({
    as: 'vic',
    params: { session_id: await sessionId(world, 'vic') },
  }),
  'POST /oauth/device/code': () => ({ as: null, body: LAPTOP }),
  'POST /oauth/device/token': async (world) => ({ as: null, body: await approvedDevice(world) }),
  'GET /oauth/device/lookup': async (world) => ({
    as: null,
    query: { user_code: (await startedDevice(world)).user_code },
  }),
  'POST /oauth/device/approve': async (world) => ({
    as: 'bob',
    body: { user_code: (await startedDevice(world)).user_code },
  }),
  'POST /oauth/device/deny': async (world) => ({
    as: 'bob',
    body: { user_code: (await startedDevice(world)).user_code },
  }),
  'POST /oauth/device/sign-in': async (world) => {
    await givePassword(world, 'bob')
    return { as: null, body: { email: world.people.bob.email, password: PASSWORD } }
  },
}
