import type { Examples } from './api-client.js'
import { givePassword, PASSWORD } from './scenario.js'
import type { Scenario } from './scenario.js'
import {
  accessToken,
  activation,
  deadEmail,
  deadLetter,
  device,
  invitation,
  notification,
  resource,
  tenantOf,
} from './tenancy-fixtures.js'

const ofUmbrella = ({ umbrella }: Scenario) => ({ organizationId: umbrella })
const userOf = (user: keyof Scenario['people']) => (scenario: Scenario) => ({ userId: scenario.people[user].id })
const PROTOCOLS = { type: 'protocol' }

/** An example request for each route outside tenants. */
export const OUTSIDE: Examples = {
  'GET /tenants': () => ({ as: 'ann', query: { countMembers: 'true' } }),
  'POST /tenants': () => ({ as: 'otto', body: { name: 'Initech', slug: 'initech', type: 'institution' } }),
  'POST /invitations/preview': async (scenario) => ({
    as: null,
    body: { token: (await invitation(scenario)).token },
  }),
  'POST /invitations/accept': async (scenario) => ({
    as: 'otto',
    body: { token: (await invitation(scenario, { email: scenario.people.otto.email })).token },
  }),
  'POST /invitations/decline': async (scenario) => ({
    as: null,
    body: { token: (await invitation(scenario)).token },
  }),
  'POST /invitations/sign-up': async (scenario) => ({
    as: null,
    body: { token: (await invitation(scenario)).token, name: 'Nora', timeZone: 'Europe/Berlin' },
  }),
  'GET /organizations': () => ({ as: 'ann' }),
  'POST /organizations': () => ({ as: 'opal', body: { shortName: 'initech', displayName: 'Initech' } }),
  'GET /organizations/{organizationId}': (scenario) => ({ as: 'bob', params: ofUmbrella(scenario) }),
  'GET /organizations/{organizationId}/statistics': (scenario) => ({ as: 'olga', params: ofUmbrella(scenario) }),
  'GET /organizations/{organizationId}/export': (scenario) => ({ as: 'olga', params: ofUmbrella(scenario) }),
  'GET /organizations/{organizationId}/tenants': (scenario) => ({ as: 'olga', params: ofUmbrella(scenario) }),
  'POST /organizations/{organizationId}/tenants': (scenario) => ({
    as: 'olga',
    params: ofUmbrella(scenario),
    body: { name: 'Acme North' },
  }),
  'POST /organizations/{organizationId}/tenants/{tenantId}/archive': async (scenario) => ({
    as: 'olga',
    params: { ...ofUmbrella(scenario), tenantId: await tenantOf(scenario, 'ann') },
  }),
  'DELETE /organizations/{organizationId}/tenants/{tenantId}': async (scenario) => ({
    as: 'olga',
    params: { ...ofUmbrella(scenario), tenantId: await tenantOf(scenario, 'ann') },
  }),
  'GET /organizations/{organizationId}/members': (scenario) => ({ as: 'bob', params: ofUmbrella(scenario) }),
  'POST /organizations/{organizationId}/members': (scenario) => ({
    as: 'olga',
    params: ofUmbrella(scenario),
    body: { userId: scenario.people.vic.id },
  }),
  'PUT /organizations/{organizationId}/members/{userId}': (scenario) => ({
    as: 'olga',
    params: { ...ofUmbrella(scenario), ...userOf('vic')(scenario) },
    body: { admin: true },
  }),
  'PATCH /organizations/{organizationId}/members/{userId}': (scenario) => ({
    as: 'olga',
    params: { ...ofUmbrella(scenario), ...userOf('bob')(scenario) },
    body: { admin: true },
  }),
  'DELETE /organizations/{organizationId}/members/{userId}': (scenario) => ({
    as: 'olga',
    params: { ...ofUmbrella(scenario), ...userOf('bob')(scenario) },
  }),
  'GET /me': () => ({ as: 'vic' }),
  'PATCH /me': () => ({ as: 'vic', body: { name: 'Vic', language: 'en', timeZone: null } }),
  'DELETE /me': () => ({ as: 'otto', body: {} }),
  'GET /me/current-tenant': () => ({ as: 'vic' }),
  'GET /me/invitations': async (scenario) => {
    await invitation(scenario, { email: scenario.people.otto.email })
    return { as: 'otto' }
  },
  'POST /me/invitations/{tenantId}/accept': async (scenario) => {
    await invitation(scenario, { email: scenario.people.otto.email })
    return { as: 'otto', params: { tenantId: scenario.acme }, body: { role: 'viewer' } }
  },
  'POST /me/invitations/{tenantId}/decline': async (scenario) => {
    await invitation(scenario, { email: scenario.people.otto.email })
    return { as: 'otto', params: { tenantId: scenario.acme } }
  },
  'GET /me/tokens': () => ({ as: 'vic', query: { live: 'true' } }),
  'POST /me/tokens': () => ({ as: 'vic', body: { label: 'laptop', days: 7 } }),
  'DELETE /me/tokens/{tokenId}': async (scenario) => ({
    as: 'vic',
    params: { tokenId: await accessToken(scenario, 'vic') },
  }),
  'GET /me/notifications': async (scenario) => {
    await notification(scenario, 'vic')
    return { as: 'vic', query: { unread: 'true', limit: 5 } }
  },
  'POST /me/notifications/{notificationId}/read': async (scenario) => ({
    as: 'vic',
    params: { notificationId: await notification(scenario, 'vic') },
  }),
  'POST /me/notifications/read': async (scenario) => {
    await notification(scenario, 'vic')
    return { as: 'vic' }
  },
  'GET /me/notifications/preferences': () => ({ as: 'vic' }),
  'PATCH /me/notifications/preferences': () => ({ as: 'vic', body: { comment_added: 'email', member_joined: 'off' } }),
  'GET /me/resources/{type}': async (scenario) => {
    await resource(scenario)
    return { as: 'vic', params: PROTOCOLS, query: { keyword: 'pcr' } }
  },
  'POST /me/resources/{type}': () => ({ as: 'bob', params: PROTOCOLS, body: { name: 'Draft' } }),
  'GET /me/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'vic',
    params: { ...PROTOCOLS, resourceId: await resource(scenario) },
  }),
  'PATCH /me/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'ed',
    params: { ...PROTOCOLS, resourceId: await resource(scenario, { as: 'ed' }) },
    body: { name: 'Final', attributes: { steps: 1 } },
  }),
  'DELETE /me/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'ed',
    params: { ...PROTOCOLS, resourceId: await resource(scenario, { as: 'ed' }) },
  }),
  'POST /me/resources/{type}/delete': async (scenario) => ({
    as: 'ed',
    params: PROTOCOLS,
    body: { ids: [await resource(scenario, { as: 'ed' })] },
  }),
  'POST /sign-up': () => ({ as: null, body: { email: 'new@example.com', password: PASSWORD, name: 'Nora' } }),
  'POST /sign-in': async (scenario) => {
    await givePassword(scenario, 'bob')
    return { as: null, body: { email: scenario.people.bob.email, password: PASSWORD } }
  },
  'POST /sign-out': () => ({ as: 'vic' }),
  'POST /activate': async (scenario) => ({
    as: null,
    body: { token: await activation(scenario), password: PASSWORD, name: 'Nora' },
  }),
  'POST /devices': () => ({ as: null, body: { clientId: 'tenantry-cli', deviceLabel: 'laptop' } }),
  'POST /devices/token': async (scenario) => {
    const { deviceCode, userCode } = await device(scenario)
    await scenario.tenancy
      .as({ userId: scenario.people.vic.id, signedInAt: scenario.clock.now })
      .devices.approve({ userCode })
    return { as: null, body: { deviceCode, clientId: 'tenantry-cli' } }
  },
  'POST /devices/look-up': async (scenario) => ({
    as: null,
    body: { userCode: (await device(scenario)).userCode },
  }),
  'POST /devices/approve': async (scenario) => ({
    as: 'vic',
    body: { userCode: (await device(scenario)).userCode },
  }),
  'POST /devices/deny': async (scenario) => ({
    as: 'vic',
    body: { userCode: (await device(scenario)).userCode },
  }),
  'GET /users': () => ({ as: 'opal', query: { keyword: 'example' } }),
  'POST /users': () => ({ as: 'opal', body: { email: 'new@example.com', name: 'Nora', emailVerified: true } }),
  'GET /users/{userId}': (scenario) => ({ as: 'opal', params: userOf('mo')(scenario) }),
  'PATCH /users/{userId}': (scenario) => ({
    as: 'opal',
    params: userOf('mo')(scenario),
    body: { name: 'Mo', status: 'disabled' },
  }),
  'DELETE /users/{userId}': (scenario) => ({ as: 'opal', params: userOf('otto')(scenario), body: {} }),
  'GET /admin/tenants': () => ({ as: 'opal', query: { limit: 1 } }),
  'GET /admin/emails': () => ({ as: 'opal' }),
  'GET /admin/emails/dead-letters': async (scenario) => {
    await deadEmail(scenario)
    return { as: 'opal' }
  },
  'POST /admin/emails/dead-letters/{emailId}/retry': async (scenario) => ({
    as: 'opal',
    params: { emailId: await deadEmail(scenario) },
  }),
  'GET /admin/events': () => ({ as: 'opal' }),
  'GET /admin/events/dead-letters': async (scenario) => {
    await deadLetter(scenario)
    return { as: 'opal' }
  },
  'POST /admin/events/dead-letters/{eventId}/retry': async (scenario) => ({
    as: 'opal',
    params: { eventId: await deadLetter(scenario) },
  }),
  'GET /admin/notifications': () => ({ as: 'opal' }),
}
