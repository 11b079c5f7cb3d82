import type { Resource } from '@tenantry/core'
import type { Examples } from './api-client.js'
import { givePassword, PASSWORD } from './scenario.js'
import type { Person, Scenario } from './scenario.js'

/** A user's canvas, private unless a team is given. */
export function canvasOf(
  { tenancy, people }: Pick<Scenario, 'tenancy' | 'people'>,
  person: Person,
  { team, dsl = { path: [], history: [1], graph: {} } }: { team?: string; dsl?: Resource['attributes'][string] } = {},
): Promise<Resource> {
  const place = team === undefined ? {} : ({ visibility: 'tenant', tenantId: team } as const)
  const canvas = { type: 'canvas', name: `${person}'s`, attributes: { dsl } }
  return tenancy.as({ userId: people[person].id }).resources.create({ ...canvas, ...place })
}

/** An invitation to Acme for Otto, who has no team. */
export async function inviteOtto({ tenancy, people, acme }: Scenario, role = 'member'): Promise<void> {
  await tenancy.as({ userId: people.ann.id }).in(acme).members.invite({ email: people.otto.email, role })
}

const inAcme = ({ acme }: Scenario) => ({ tenant_id: acme })
const on = ({ acme, people }: Scenario, person: Person) => ({ tenant_id: acme, user_id: people[person].id })

/** An example request for each route: those of the document, unchanged. */
export const EXAMPLES: Examples = {
  'POST /tenant/create': () => ({ as: 'otto', body: { name: 'Initech', llm_id: 'gpt', credit: 100 } }),
  'GET /tenant/list': () => ({ as: 'vic' }),
  'PUT /tenant/update-request/{tenant_id}': async (scenario) => {
    await inviteOtto(scenario)
    return { as: 'otto', params: inAcme(scenario), body: { accept: true, role: 'normal' } }
  },
  'PUT /tenant/{tenant_id}': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { name: 'Acme 2', credit: 7 },
  }),
  'POST /tenant/{tenant_id}/users/add': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { users: [{ email: scenario.people.otto.email, role: 'normal' }] },
  }),
  'POST /tenant/{tenant_id}/user/remove': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { user_id: scenario.people.vic.id },
  }),
  'POST /tenant/{tenant_id}/admin/{user_id}/promote': (scenario) => ({ as: 'ann', params: on(scenario, 'bob') }),
  'POST /tenant/{tenant_id}/admin/{user_id}/demote': (scenario) => ({ as: 'ann', params: on(scenario, 'ada') }),
  'GET /tenant/{tenant_id}/users/{user_id}/permissions': (scenario) => ({ as: 'ada', params: on(scenario, 'bob') }),
  'PUT /tenant/{tenant_id}/users/{user_id}/permissions': (scenario) => ({
    as: 'ada',
    params: on(scenario, 'bob'),
    body: {
      permissions: {
        dataset: { create: false, read: true, update: false, delete: false },
        canvas: { create: true, read: true, update: true, delete: false },
      },
    },
  }),
  'GET /user/info': () => ({ as: 'vic' }),
  'GET /user/list': () => ({ as: 'vic', query: { page: 1, page_size: 10, email: 'ann@example.com' } }),
  'GET /user/public-key': () => ({ as: null }),
  'POST /user/login': async (scenario) => {
    await givePassword(scenario, 'vic')
    return { as: null, body: { email: scenario.people.vic.email, password: PASSWORD } }
  },
  'POST /user/register': () => ({
    as: null,
    body: { nickname: 'Nell', email: 'nell@example.com', password: PASSWORD },
  }),
  'POST /user/create': () => ({
    as: 'vic',
    body: { nickname: 'Nell', email: 'nell@example.com', password: PASSWORD, is_superuser: false },
  }),
  'PUT /user/update': ({ people }) => ({ as: 'vic', body: { user_id: people.vic.id, nickname: 'Victor' } }),
  'DELETE /user/delete': ({ people }) => ({ as: 'otto', body: { email: people.otto.email } }),
  'GET /canvas/get/{canvas_id}': async (scenario) => ({
    as: 'vic',
    params: { canvas_id: (await canvasOf(scenario, 'ann', { team: scenario.acme })).id },
  }),
  'GET /canvas/list': () => ({ as: 'vic', query: { page: 1, page_size: 10, keywords: 'a' } }),
  'POST /canvas/set': async (scenario) => {
    // The personal team already exists.
    await canvasOf(scenario, 'vic')
    return { as: 'vic', body: { title: 'Plan', dsl: { graph: {} }, permission: 'me', description: 'Mine' } }
  },
  'POST /canvas/setting': async (scenario) => ({
    as: 'vic',
    body: { id: (await canvasOf(scenario, 'vic')).id, title: 'New' },
  }),
  'POST /canvas/rm': async (scenario) => ({ as: 'vic', body: { canvas_ids: [(await canvasOf(scenario, 'vic')).id] } }),
  'POST /canvas/reset': async (scenario) => ({ as: 'vic', body: { id: (await canvasOf(scenario, 'vic')).id } }),
  'POST /canvas/completion': async (scenario) => ({
    as: 'vic',
    body: { id: (await canvasOf(scenario, 'vic')).id, query: 'Why?' },
  }),
  'POST /canvas/debug': async (scenario) => ({
    as: 'vic',
    body: { id: (await canvasOf(scenario, 'vic')).id, params: {} },
  }),
}
