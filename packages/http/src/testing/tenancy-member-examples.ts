import type { Examples } from './api-client.js'
import type { Scenario } from './scenario.js'
import { CLERK, customRole, invitation, joinRequest } from './tenancy-fixtures.js'

const inAcme = ({ acme }: Scenario) => ({ tenant: acme })
const about = (user: keyof Scenario['people']) => (scenario: Scenario) => ({
  ...inAcme(scenario),
  userId: scenario.people[user].id,
})
const opened = async ({ tenancy, people, acme }: Scenario, joinPolicy: 'open' | 'request') => {
  await tenancy.as({ userId: people.ann.id }).in(acme).update({ joinPolicy })
}

/** An example request for each route about members and joining. */
export const OF_MEMBERS: Examples = {
  'GET /tenants/{tenant}/membership': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /tenants/{tenant}/members': (scenario) => ({
    as: 'vic',
    params: inAcme(scenario),
    query: { limit: 2, keyword: 'example', role: 'member' },
  }),
  'GET /tenants/{tenant}/effective-members': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /tenants/{tenant}/members/{userId}': (scenario) => ({ as: 'vic', params: about('bob')(scenario) }),
  'PATCH /tenants/{tenant}/members/{userId}': (scenario) => ({
    as: 'ada',
    params: about('vic')(scenario),
    body: { active: false },
  }),
  'PUT /tenants/{tenant}/members/{userId}/roles': (scenario) => ({
    as: 'ada',
    params: about('vic')(scenario),
    body: { roles: ['member'] },
  }),
  'DELETE /tenants/{tenant}/members/{userId}': (scenario) => ({ as: 'ada', params: about('vic')(scenario) }),
  'POST /tenants/{tenant}/members/{userId}/promote': (scenario) => ({ as: 'ann', params: about('bob')(scenario) }),
  'POST /tenants/{tenant}/members/{userId}/demote': (scenario) => ({ as: 'ann', params: about('ada')(scenario) }),
  'POST /tenants/{tenant}/members/{userId}/activate': async (scenario) => {
    const { tenancy, people, acme } = scenario
    await tenancy.as({ userId: people.ann.id }).in(acme).members.deactivate({ userId: people.vic.id })
    return { as: 'ada', params: about('vic')(scenario) }
  },
  'POST /tenants/{tenant}/members/{userId}/deactivate': (scenario) => ({ as: 'ada', params: about('vic')(scenario) }),
  'POST /tenants/{tenant}/members': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { email: 'new@example.com', role: 'member', name: 'Nora' },
  }),
  'POST /tenants/{tenant}/members/bulk': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: {
      members: [
        { email: 'new@example.com', roles: ['member'] },
        { email: 'none', role: 'member' },
      ],
    },
  }),
  'POST /tenants/{tenant}/members/add-or-invite': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { members: [{ email: 'new@example.com', role: 'member', invite: true }] },
  }),
  'GET /tenants/{tenant}/permissions': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/permissions/check': (scenario) => ({
    as: 'vic',
    params: inAcme(scenario),
    body: { checks: [{ permission: 'invoice:read' }, { permission: 'invoice:approve', resource: {} }] },
  }),
  'POST /tenants/{tenant}/permissions/explain': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { userId: scenario.people.vic.id, permission: 'invoice:approve', resource: { visibility: 'tenant' } },
  }),
  'GET /tenants/{tenant}/permissions/holders': async (scenario) => {
    const { tenancy, people, acme } = scenario
    await tenancy.as({ userId: people.ada.id }).in(acme).recordActivity()
    return { as: 'ada', params: inAcme(scenario), query: { permission: 'invoice:approve', visibility: 'tenant' } }
  },
  'POST /tenants/{tenant}/permissions/preview': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { userId: scenario.people.vic.id, roles: ['admin'], overrides: { 'invoice:read': false } },
  }),
  'GET /tenants/{tenant}/members/{userId}/overrides': (scenario) => ({ as: 'ada', params: about('vic')(scenario) }),
  'PATCH /tenants/{tenant}/members/{userId}/overrides': (scenario) => ({
    as: 'ada',
    params: about('vic')(scenario),
    body: { overrides: { 'invoice:approve': true, 'invoice:read': null } },
  }),
  'GET /tenants/{tenant}/roles': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/roles': (scenario) => ({ as: 'ada', params: inAcme(scenario), body: CLERK }),
  'GET /tenants/{tenant}/roles/{role}': async (scenario) => ({
    as: 'vic',
    params: { ...inAcme(scenario), role: await customRole(scenario) },
  }),
  'PATCH /tenants/{tenant}/roles/{role}': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), role: await customRole(scenario) },
    body: { name: 'Teller', permissions: ['invoice:approve'] },
  }),
  'DELETE /tenants/{tenant}/roles/{role}': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), role: await customRole(scenario) },
  }),
  'GET /tenants/{tenant}/invitations': async (scenario) => {
    await invitation(scenario)
    return { as: 'ada', params: inAcme(scenario), query: { status: 'pending' } }
  },
  'POST /tenants/{tenant}/invitations': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { email: 'new@example.com', role: 'member', language: 'en' },
  }),
  'POST /tenants/{tenant}/invitations/bulk': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { emails: ['new@example.com', 'none'], role: 'member' },
  }),
  'POST /tenants/{tenant}/invitations/{invitationId}/resend': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), invitationId: (await invitation(scenario)).id },
  }),
  'DELETE /tenants/{tenant}/invitations/{invitationId}': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), invitationId: (await invitation(scenario)).id },
  }),
  'GET /tenants/{tenant}/preview': async (scenario) => {
    await opened(scenario, 'request')
    return { as: 'otto', params: inAcme(scenario) }
  },
  'POST /tenants/{tenant}/join': async (scenario) => {
    await opened(scenario, 'open')
    return { as: 'otto', params: inAcme(scenario) }
  },
  'POST /tenants/{tenant}/join-requests': async (scenario) => {
    await opened(scenario, 'request')
    return { as: 'otto', params: inAcme(scenario), body: { message: 'I work with Ann.' } }
  },
  'POST /tenants/{tenant}/join-requests/withdraw': async (scenario) => {
    await joinRequest(scenario)
    return { as: 'otto', params: inAcme(scenario) }
  },
  'GET /tenants/{tenant}/join-requests': async (scenario) => {
    await joinRequest(scenario)
    return { as: 'ada', params: inAcme(scenario), query: { status: 'pending' } }
  },
  'POST /tenants/{tenant}/join-requests/{joinRequestId}/approve': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), joinRequestId: await joinRequest(scenario) },
    body: { role: 'viewer' },
  }),
  'POST /tenants/{tenant}/join-requests/{joinRequestId}/reject': async (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), joinRequestId: await joinRequest(scenario) },
  }),
}
