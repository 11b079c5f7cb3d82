import { SYSTEM } from '@tenantry/core'
import type { Examples } from './surface-client.js'
import type { Person, World } from './world.js'

const inAcme = ({ acme }: World) => ({ workspace_id: acme })

/** Lets people into a workspace, as its owner says. */
export async function openTo(
  { tenancy, people }: World,
  tenantId: string,
  { joinPolicy, as = 'ann' }: { readonly joinPolicy: 'request' | 'open'; readonly as?: Person },
): Promise<void> {
  await tenancy.as({ userId: people[as].id }).in(tenantId).update({ joinPolicy })
}

/** The id of Otto's request to be let into Acme, or another workspace. */
export async function pendingRequest(world: World, tenantId = world.acme, as: Person = 'ann'): Promise<string> {
  await openTo(world, tenantId, { joinPolicy: 'request', as })
  return (await world.tenancy.as({ userId: world.people.otto.id }).tenants.requestToJoin({ tenantId })).id
}

export const PCR = {
  title: 'Colony PCR',
  description: 'For *E. coli*.',
  steps: [{ title: 'Mix', text: '25 µl each' }, { text: 'Run **35** cycles' }],
  categories: ['Cloning'],
  tags: ['pcr', 'colony'],
}

/** The id of a protocol of Ed's in Acme, or of somebody else's elsewhere. */
export async function protocolIn(
  { tenancy, people, acme }: World,
  {
    tenantId = acme,
    as = 'ed',
    visibility = 'tenant',
  }: {
    readonly tenantId?: string
    readonly as?: Person
    readonly visibility?: 'private' | 'tenant'
  } = {},
): Promise<string> {
  const { resources } = tenancy.as({ userId: people[as].id }).in(tenantId)
  return (await resources.create({ type: 'protocol', name: PCR.title, visibility })).id
}

/** The id of the newest notification of a person, who was told of a new protocol. */
export async function notificationOf(world: World, { as, protocol = {} }: OfProtocol): Promise<string> {
  await protocolIn(world, protocol)
  await world.tenancy.deliverNotifications()
  const { items } = await world.tenancy.as({ userId: world.people[as].id }).notifications.list({ limit: 1 })
  return items[0]?.id ?? ''
}

interface OfProtocol {
  /** Who is told. */
  readonly as: Person
  readonly protocol?: Parameters<typeof protocolIn>[1]
}

/** The id of an organization that this person runs. */
export async function organizationOf({ tenancy, people }: World, as: Person): Promise<string> {
  const { organizations } = tenancy.as(SYSTEM)
  return (await organizations.create({ shortName: `group-of-${as}`, adminId: people[as].id })).id
}

const ofRequest = async (world: World) => ({ workspace_id: world.acme, request_id: await pendingRequest(world) })
const ofProtocol = async (world: World) => ({ workspace_id: world.acme, protocol_id: await protocolIn(world) })

/** One for each route. */
export const EXAMPLES: Examples = {
  'GET /organizations/{org_id}/export': async (world) => ({
    as: 'ada',
    params: { org_id: await organizationOf(world, 'ada') },
  }),
  'GET /notifications': async (world) => {
    await notificationOf(world, { as: 'vic' })
    return { as: 'vic', query: { unread: 'true', page_size: 5 } }
  },
  'POST /notifications/{notification_id}/read': async (world) => ({
    as: 'vic',
    params: { notification_id: await notificationOf(world, { as: 'vic' }) },
  }),
  'GET /notifications/preferences': () => ({ as: 'vic' }),
  'PUT /notifications/preferences': () => ({ as: 'vic', body: { comment: 'mail', member_joined: 'off' } }),
  'GET /workspaces': () => ({ as: 'vic' }),
  'POST /workspaces': () => ({ as: 'otto', body: { name: 'Lab', type: 'institution', join_policy: 'request' } }),
  'GET /workspaces/{workspace_id}': (world) => ({ as: 'vic', params: inAcme(world) }),
  'PUT /workspaces/{workspace_id}': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: { name: 'Acme labs', description: 'We clone.', join_policy: 'open' },
  }),
  'DELETE /workspaces/{workspace_id}': (world) => ({ as: 'ann', params: inAcme(world) }),
  'POST /workspaces/{workspace_id}/restore': async (world) => {
    const ann = world.tenancy.as({ userId: world.people.ann.id })
    const { id } = await ann.tenants.create({ name: 'Gone' })
    await ann.in(id).delete()
    return { as: 'ann', params: { workspace_id: id } }
  },
  'GET /workspaces/{workspace_id}/members': (world) => ({ as: 'vic', params: inAcme(world) }),
  'POST /workspaces/{workspace_id}/leave': (world) => ({ as: 'vic', params: inAcme(world) }),
  'POST /workspaces/{workspace_id}/join-request': async (world) => {
    await openTo(world, world.acme, { joinPolicy: 'request' })
    return { as: 'otto', params: inAcme(world), body: { message: 'I work with Ann.' } }
  },
  'POST /workspaces/{workspace_id}/join': async (world) => {
    await openTo(world, world.acme, { joinPolicy: 'open' })
    return { as: 'otto', params: inAcme(world) }
  },
  'GET /workspaces/{workspace_id}/join-requests': async (world) => {
    await pendingRequest(world)
    return { as: 'ada', params: inAcme(world) }
  },
  'POST /workspaces/{workspace_id}/join-requests/{request_id}/approve': async (world) => ({
    as: 'ada',
    params: await ofRequest(world),
    body: { role: 'viewer' },
  }),
  'POST /workspaces/{workspace_id}/join-requests/{request_id}/reject': async (world) => ({
    as: 'ada',
    params: await ofRequest(world),
  }),
  'GET /workspaces/{workspace_id}/protocols': async (world) => {
    await protocolIn(world)
    return { as: 'vic', params: inAcme(world), query: { content_format: 'html' } }
  },
  'POST /workspaces/{workspace_id}/protocols': (world) => ({ as: 'bob', params: inAcme(world), body: PCR }),
  'GET /workspaces/{workspace_id}/protocols/{protocol_id}': async (world) => ({
    as: 'vic',
    params: await ofProtocol(world),
  }),
  'PUT /workspaces/{workspace_id}/protocols/{protocol_id}': async (world) => ({
    as: 'bob',
    params: await ofProtocol(world),
    body: { description: 'Better.', tags: ['new'] },
  }),
  'DELETE /workspaces/{workspace_id}/protocols/{protocol_id}': async (world) => ({
    as: 'ada',
    params: await ofProtocol(world),
  }),
  'GET /workspaces/{workspace_id}/protocols/{protocol_id}/comments': async (world) => {
    const params = await ofProtocol(world)
    const { tenancy, people, acme } = world
    await tenancy
      .as({ userId: people.vic.id })
      .in(acme)
      .comments.create({ type: 'protocol', id: params.protocol_id, text: 'Hm' })
    return { as: 'vic', params }
  },
  'POST /workspaces/{workspace_id}/protocols/{protocol_id}/comments': async (world) => ({
    as: 'vic',
    params: await ofProtocol(world),
    body: { text: 'Which buffer?' },
  }),
}
