import { SYSTEM } from '@tenantry/core'
import type { Examples } from './api-client.js'
import type { Person, Scenario } from './scenario.js'

const inAcme = ({ acme }: Scenario) => ({ workspace_id: acme })

/** Sets the join policy of a workspace as its owner. */
export async function openTo(
  { tenancy, people }: Scenario,
  tenantId: string,
  { joinPolicy, as = 'ann' }: { readonly joinPolicy: 'request' | 'open'; readonly as?: Person },
): Promise<void> {
  await tenancy.as({ userId: people[as].id }).in(tenantId).update({ joinPolicy })
}

/** The ID of Otto's join request to Acme or another workspace. */
export async function pendingRequest(
  scenario: Scenario,
  tenantId = scenario.acme,
  as: Person = 'ann',
): Promise<string> {
  await openTo(scenario, tenantId, { joinPolicy: 'request', as })
  return (await scenario.tenancy.as({ userId: scenario.people.otto.id }).tenants.requestToJoin({ tenantId })).id
}

export const PCR = {
  title: 'Colony PCR',
  description: 'For *E. coli*.',
  steps: [{ title: 'Mix', text: '25 µl each' }, { text: 'Run **35** cycles' }],
  categories: ['Cloning'],
  tags: ['pcr', 'colony'],
}

/** The ID of a protocol: Ed's in Acme, or another user's elsewhere. */
export async function protocolIn(
  { tenancy, people, acme }: Scenario,
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

/** The ID of a user's newest notification, about a new protocol. */
export async function notificationOf(scenario: Scenario, { as, protocol = {} }: OfProtocol): Promise<string> {
  await protocolIn(scenario, protocol)
  await scenario.tenancy.flushNotifications()
  const { items } = await scenario.tenancy.as({ userId: scenario.people[as].id }).notifications.list({ limit: 1 })
  return items[0]?.id ?? ''
}

interface OfProtocol {
  /** The recipient. */
  readonly as: Person
  readonly protocol?: Parameters<typeof protocolIn>[1]
}

/** The ID of an organization of which the user is an admin. */
export async function organizationOf({ tenancy, people }: Scenario, as: Person): Promise<string> {
  const { organizations } = tenancy.as(SYSTEM)
  return (await organizations.create({ shortName: `group-of-${as}`, adminId: people[as].id })).id
}

const ofRequest = async (scenario: Scenario) => ({
  workspace_id: scenario.acme,
  request_id: await pendingRequest(scenario),
})
const ofProtocol = async (scenario: Scenario) => ({
  workspace_id: scenario.acme,
  protocol_id: await protocolIn(scenario),
})

/** An example request for each route. */
export const EXAMPLES: Examples = {
  'GET /organizations/{org_id}/export': async (scenario) => ({
    as: 'ada',
    params: { org_id: await organizationOf(scenario, 'ada') },
  }),
  'GET /notifications': async (scenario) => {
    await notificationOf(scenario, { as: 'vic' })
    return { as: 'vic', query: { unread: 'true', page_size: 5 } }
  },
  'POST /notifications/{notification_id}/read': async (scenario) => ({
    as: 'vic',
    params: { notification_id: await notificationOf(scenario, { as: 'vic' }) },
  }),
  'GET /notifications/preferences': () => ({ as: 'vic' }),
  'PUT /notifications/preferences': () => ({ as: 'vic', body: { comment: 'mail', member_joined: 'off' } }),
  'GET /workspaces': () => ({ as: 'vic' }),
  'POST /workspaces': () => ({ as: 'otto', body: { name: 'Lab', type: 'institution', join_policy: 'request' } }),
  'GET /workspaces/{workspace_id}': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'PUT /workspaces/{workspace_id}': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { name: 'Acme labs', description: 'We clone.', join_policy: 'open' },
  }),
  'DELETE /workspaces/{workspace_id}': (scenario) => ({ as: 'ann', params: inAcme(scenario) }),
  'POST /workspaces/{workspace_id}/restore': async (scenario) => {
    const ann = scenario.tenancy.as({ userId: scenario.people.ann.id })
    const { id } = await ann.tenants.create({ name: 'Gone' })
    await ann.in(id).delete()
    return { as: 'ann', params: { workspace_id: id } }
  },
  'GET /workspaces/{workspace_id}/members': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /workspaces/{workspace_id}/leave': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /workspaces/{workspace_id}/join-request': async (scenario) => {
    await openTo(scenario, scenario.acme, { joinPolicy: 'request' })
    return { as: 'otto', params: inAcme(scenario), body: { message: 'I work with Ann.' } }
  },
  'POST /workspaces/{workspace_id}/join': async (scenario) => {
    await openTo(scenario, scenario.acme, { joinPolicy: 'open' })
    return { as: 'otto', params: inAcme(scenario) }
  },
  'GET /workspaces/{workspace_id}/join-requests': async (scenario) => {
    await pendingRequest(scenario)
    return { as: 'ada', params: inAcme(scenario) }
  },
  'POST /workspaces/{workspace_id}/join-requests/{request_id}/approve': async (scenario) => ({
    as: 'ada',
    params: await ofRequest(scenario),
    body: { role: 'viewer' },
  }),
  'POST /workspaces/{workspace_id}/join-requests/{request_id}/reject': async (scenario) => ({
    as: 'ada',
    params: await ofRequest(scenario),
  }),
  'GET /workspaces/{workspace_id}/protocols': async (scenario) => {
    await protocolIn(scenario)
    return { as: 'vic', params: inAcme(scenario), query: { content_format: 'html' } }
  },
  'POST /workspaces/{workspace_id}/protocols': (scenario) => ({ as: 'bob', params: inAcme(scenario), body: PCR }),
  'GET /workspaces/{workspace_id}/protocols/{protocol_id}': async (scenario) => ({
    as: 'vic',
    params: await ofProtocol(scenario),
  }),
  'PUT /workspaces/{workspace_id}/protocols/{protocol_id}': async (scenario) => ({
    as: 'bob',
    params: await ofProtocol(scenario),
    body: { description: 'Better.', tags: ['new'] },
  }),
  'DELETE /workspaces/{workspace_id}/protocols/{protocol_id}': async (scenario) => ({
    as: 'ada',
    params: await ofProtocol(scenario),
  }),
  'GET /workspaces/{workspace_id}/protocols/{protocol_id}/comments': async (scenario) => {
    const params = await ofProtocol(scenario)
    const { tenancy, people, acme } = scenario
    await tenancy
      .as({ userId: people.vic.id })
      .in(acme)
      .comments.create({ type: 'protocol', id: params.protocol_id, text: 'Hm' })
    return { as: 'vic', params }
  },
  'POST /workspaces/{workspace_id}/protocols/{protocol_id}/comments': async (scenario) => ({
    as: 'vic',
    params: await ofProtocol(scenario),
    body: { text: 'Which buffer?' },
  }),
}
