import { describe } from 'vitest'
import { testEveryRoute } from '../../testing/every-route.js'
import { client } from '../../testing/tenancy-client.js'
import { EXAMPLES } from '../../testing/tenancy-examples.js'
import {
  accessToken,
  customRole,
  invitation,
  joinRequest,
  notification,
  resource,
} from '../../testing/tenancy-fixtures.js'
import type { Scenario } from '../../testing/scenario.js'

const globex = ({ globex: tenantId }: Scenario) => tenantId
const mo = ({ people }: Scenario) => people.mo.id
const ofGil = (scenario: Scenario) => ({ tenantId: scenario.globex, as: 'gil' }) as const

/** What operators ask about: every tenant and every account. */
const ANYBODYS = Object.fromEntries(
  [
    'GET /admin/tenants/{tenant} tenant',
    'POST /admin/tenants/{tenant}/suspend tenant',
    'POST /admin/tenants/{tenant}/reactivate tenant',
    'PUT /admin/tenants/{tenant}/plan tenant',
    'POST /admin/tenants/{tenant}/transfer-ownership tenant',
    'POST /admin/tenants/{tenant}/transfer-ownership userId',
    'POST /organizations adminId',
    'POST /admin/emails/dead-letters/{emailId}/retry emailId',
    'POST /admin/events/dead-letters/{eventId}/retry eventId',
    'GET /users/{userId} userId',
    'PATCH /users/{userId} userId',
    'DELETE /users/{userId} userId',
  ].map((slot) => [slot, null] as const),
)

describe('every route of the tenancy API', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // The account, what opens it, and the member.
      'POST /tenants/{tenant}/members': 3,
      'POST /tenants/{tenant}/members/bulk': 3,
      // Questions.
      'POST /tenants/{tenant}/permissions/check': 0,
      'POST /tenants/{tenant}/permissions/explain': 0,
      'POST /tenants/{tenant}/permissions/preview': 0,
      'POST /invitations/preview': 0,
      'POST /devices/look-up': 0,
      // It is nobody's yet.
      'POST /devices': 0,
      // What somebody has read is nobody else's business.
      'POST /me/notifications/{notificationId}/read': 0,
      'POST /me/notifications/read': 0,
      // The account, the sign-in, and the membership.
      'POST /invitations/sign-up': 3,
      'POST /sign-up': 2,
      'POST /activate': 2,
      // The personal tenant, and the resource.
      'POST /me/resources/{type}': 2,
      // Whoever takes everything out leaves a trace.
      'GET /organizations/{organizationId}/export': 1,
    },
    intoTenant({ path }, request, tenant) {
      return path.startsWith('/tenants/{tenant}') ? { ...request, params: { ...request.params, tenant } } : null
    },
    foreign: {
      tenant: globex,
      tenantId: globex,
      sharedTenantId: globex,
      targetTenantId: globex,
      userId: mo,
      ownerId: mo,
      actorId: mo,
      adminId: mo,
      targetId: mo,
      organizationId: ({ omega }) => omega,
      invitationId: async (scenario) =>
        (await invitation(scenario, { email: 'other@example.com', ...ofGil(scenario) })).id,
      joinRequestId: (scenario) => joinRequest(scenario, ofGil(scenario)),
      ...Object.fromEntries(
        ['GET', 'PATCH', 'DELETE'].map((method) => [
          `${method} /tenants/{tenant}/roles/{role} role`,
          (scenario: Scenario) => customRole(scenario, { key: 'cashier', ...ofGil(scenario) }),
        ]),
      ),
      resourceId: (scenario) => resource(scenario, ofGil(scenario)),
      ids: (scenario) => resource(scenario, ofGil(scenario)),
      tokenId: (scenario) => accessToken(scenario, 'mo'),
      ...ANYBODYS,
      notificationId: (scenario) => notification(scenario, 'mo', ofGil(scenario)),
    },
    facts: [
      ...['ownerId', 'tenantId', 'sharedTenantId'].flatMap((fact) => [
        `POST /tenants/{tenant}/permissions/check ${fact}`,
        `POST /tenants/{tenant}/permissions/explain ${fact}`,
      ]),
      'GET /tenants/{tenant}/permissions/holders ownerId',
      'GET /tenants/{tenant}/events actorId',
      'GET /tenants/{tenant}/events targetId',
    ],
    ofArchived: ['DELETE /tenants/{tenant}', 'POST /tenants/{tenant}/restore'],
    ofStrangers: [
      'GET /tenants/{tenant}/images/{setting}',
      'GET /tenants/{tenant}/preview',
      'POST /tenants/{tenant}/join',
      'POST /tenants/{tenant}/join-requests',
    ],
    // Programs, and ids of the host's own.
    ofNobody: ['clientId', 'id'],
  })
})
