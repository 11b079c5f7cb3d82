import type { Api } from '../../handler/api.js'
import { Problem, PROBLEM_TYPE, toFailureResponse } from './errors.js'
import { identify } from './identify.js'
import { additionRoutes } from './routes/additions.js'
import { adminDeliveryRoutes } from './routes/admin-deliveries.js'
import { adminTenantRoutes } from './routes/admin-tenants.js'
import { deviceRoutes } from './routes/devices.js'
import { eventRoutes } from './routes/events.js'
import { imageRoutes } from './routes/images.js'
import { invitationTokenRoutes } from './routes/invitation-tokens.js'
import { invitationRoutes } from './routes/invitations.js'
import { joiningRoutes } from './routes/joining.js'
import { meRoutes } from './routes/me.js'
import { memberRoutes } from './routes/members.js'
import { myResourceRoutes } from './routes/my-resources.js'
import { notificationRoutes } from './routes/notifications.js'
import { organizationMemberRoutes } from './routes/organization-members.js'
import { organizationTenantRoutes } from './routes/organization-tenants.js'
import { organizationRoutes } from './routes/organizations.js'
import { ownershipRoutes } from './routes/ownership.js'
import { permissionRoutes } from './routes/permissions.js'
import { resourceRoutes } from './routes/resources.js'
import { roleRoutes } from './routes/roles.js'
import { sessionRoutes } from './routes/sessions.js'
import { sharingRoutes } from './routes/sharing.js'
import { tenantRoutes } from './routes/tenants.js'
import { tokenRoutes } from './routes/tokens.js'
import { userRoutes } from './routes/users.js'

const INTRODUCTION = `Tenants, members, roles, invitations, permissions, organizations and audit events, in the terms of the library.

**Tenants.** \`{tenant}\` is the ID of a tenant or its slug. A tenant that you may not see is a 404, like one that
does not exist.

**Credential.** \`Authorization: Bearer\` with an access token, or the session of the application that serves this
API.

**Errors.** Problem details (RFC 9457, \`application/problem+json\`). \`code\` is stable, \`errors\` names the
invalid fields, and \`requestId\` helps the operator to find the request. A 429 has \`Retry-After\`.

**Lists.** A list has \`items\` and \`nextCursor\`. Pass it as \`cursor\` for the next page, or follow the header
\`Link\`.

**Concurrent changes.** A response with an \`ETag\` can be changed with \`If-Match\`: the change fails with 412 if
somebody else was faster.`

/** The `tenancy` API: everything that the core offers to callers, under the core's names. */
export function tenancyApi({ userManagement }: { readonly userManagement: 'builtin' | 'external' }): Api {
  return {
    name: 'tenancy',
    title: 'Tenancy API',
    introduction: INTRODUCTION,
    routes: [
      ...tenantRoutes,
      ...imageRoutes,
      ...memberRoutes,
      ...additionRoutes,
      ...permissionRoutes,
      ...roleRoutes,
      ...invitationRoutes,
      ...invitationTokenRoutes,
      ...joiningRoutes,
      ...ownershipRoutes,
      ...resourceRoutes,
      ...sharingRoutes,
      ...eventRoutes,
      ...organizationRoutes,
      ...organizationTenantRoutes,
      ...organizationMemberRoutes,
      ...meRoutes,
      ...tokenRoutes,
      ...notificationRoutes,
      ...myResourceRoutes,
      ...(userManagement === 'builtin' ? sessionRoutes : []),
      ...deviceRoutes,
      ...userRoutes,
      ...adminTenantRoutes,
      ...adminDeliveryRoutes,
    ],
    identify,
    toFailureResponse,
    failure: Problem,
    failureType: PROBLEM_TYPE,
  }
}
