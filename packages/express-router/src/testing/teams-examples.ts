import type { Resource } from '@tenantry/core'
import type { Examples } from './surface-client.js'
import { givePassword, PASSWORD } from './world.js'
import type { Person, World } from './world.js'

/** A canvas of somebody's, private unless a team is named. */
export function canvasOf(
  { tenancy, people }: Pick<World, 'tenancy' | 'people'>,
  person: Person,
  { team, dsl = { path: [], history: [1], graph: {} } }: { team?: string; dsl?: Resource['attributes'][string] } = {},
): Promise<Resource> {
  const place = team === undefined ? {} : ({ visibility: 'tenant', tenantId: team } as const)
  const canvas = { type: 'canvas', name: `${person}'s`, attributes: { dsl } }
  return tenancy.as({ userId: people[person].id }).resources.create({ ...canvas, ...place })
}

/** An invitation of Otto, who has no team, to Acme. */
export async function inviteOtto({ tenancy, people, acme }: World, role = 'member'): Promise<void> {
  await tenancy.as({ userId: people.ann.id }).in(acme).members.invite({ email: people.otto.email, role })
}

const inAcme = ({ acme }: World) => ({ tenant_id: acme })
const on = ({ acme, people }: World, person: Person) => ({ tenant_id: acme, user_id: people[person].id })

/** One for each route: the requests of the document, unchanged. */
export const EXAMPLES: Examples = {
  'POST /tenant/create': () => ({ as: 'otto', body: { name: 'Initech', llm_id: 'gpt', credit: 100 } }),
  'GET /tenant/list': () => ({ as: 'vic' }),
  'PUT /tenant/update-request/{tenant_id}': async (world) => {
    await inviteOtto(world)
    return { as: 'otto', params: inAcme(world), body: { accept: true, role: 'normal' } }
  },
  'PUT /tenant/{tenant_id}': (world) => ({ as: 'ada', params: inAcme(world), body: { name: 'Acme 2', credit: 7 } }),
  'POST /tenant/{tenant_id}/users/add': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: { users: [{ email: world.people.otto.email, role: 'normal' }] },
  }),
  'POST /tenant/{tenant_id}/user/remove': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: { user_id: world.people.vic.id },
  }),
  'POST /tenant/{tenant_id}/admin/{user_id}/promote': (world) => ({ as: 'ann', params: on(world, 'bob') }),
  'POST /tenant/{tenant_id}/admin/{user_id}/demote': (world) => ({ as: 'ann', params: on(world, 'ada') }),
  'GET /tenant/{tenant_id}/users/{user_id}/permissions': (world) => ({ as: 'ada', params: on(world, 'bob') }),
  'PUT /tenant/{tenant_id}/users/{user_id}/permissions': (world) => ({
    as: 'ada',
    params: on(world, 'bob'),
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
  'POST /user/login': async (world) => {
    await givePassword(world, 'vic')
    return { as: null, body: { email: world.people.vic.email, password: PASSWORD } }
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
  'GET /canvas/get/{canvas_id}': async (world) => ({
    as: 'vic',
    params: { canvas_id: (await canvasOf(world, 'ann', { team: world.acme })).id },
  }),
  'GET /canvas/list': () => ({ as: 'vic', query: { page: 1, page_size: 10, keywords: 'a' } }),
  'POST /canvas/set': async (world) => {
    // The personal team is there already.
    await canvasOf(world, 'vic')
    return { as: 'vic', body: { title: 'Plan', dsl: { graph: {} }, permission: 'me', description: 'Mine' } }
  },
  'POST /canvas/setting': async (world) => ({
    as: 'vic',
    body: { id: (await canvasOf(world, 'vic')).id, title: 'New' },
  }),
  'POST /canvas/rm': async (world) => ({ as: 'vic', body: { canvas_ids: [(await canvasOf(world, 'vic')).id] } }),
  'POST /canvas/reset': async (world) => ({ as: 'vic', body: { id: (await canvasOf(world, 'vic')).id } }),
  'POST /canvas/completion': async (world) => ({
    as: 'vic',
    body: { id: (await canvasOf(world, 'vic')).id, query: 'Why?' },
  }),
  'POST /canvas/debug': async (world) => ({ as: 'vic', body: { id: (await canvasOf(world, 'vic')).id, params: {} } }),
}
