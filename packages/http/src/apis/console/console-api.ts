import type { Api } from '../../handler/api.js'
import { ConsoleFailure, toFailureResponse } from './errors.js'
import { activationRoutes } from './routes/activation.js'
import { auditEventRoutes } from './routes/audit-events.js'
import { brandingRoutes } from './routes/branding.js'
import { invitationRoutes } from './routes/invitations.js'
import { memberRoutes } from './routes/members.js'
import { ownershipRoutes } from './routes/ownership.js'
import { permissionRoutes } from './routes/permissions.js'
import { roleRoutes } from './routes/roles.js'
import { sessionRoutes } from './routes/sessions.js'
import { workspaceRoutes } from './routes/workspaces.js'

const INTRODUCTION = `Workspaces, members, invitations, activation, ownership, roles, permissions and audit events, for the console of a
product.

**Credential.** \`Authorization: Bearer\` with an access token, or the session of the application that serves this
API.

**Current workspace.** \`X-Workspace-Id\` names the workspace of a request. Without it, the request works in the
workspace that you last switched to, or else in your oldest.

**Errors.** \`{ code, message, status }\`. \`params\` names the invalid field.`

/** The `console` API: workspaces, their members, invitations, ownership and audit events. */
export function consoleApi({ userManagement }: { readonly userManagement: 'builtin' | 'external' }): Api {
  return {
    name: 'console',
    title: 'Workspace console',
    introduction: INTRODUCTION,
    routes: [
      ...workspaceRoutes,
      ...brandingRoutes,
      ...memberRoutes,
      ...invitationRoutes,
      ...ownershipRoutes,
      ...roleRoutes,
      ...permissionRoutes,
      ...auditEventRoutes,
      ...activationRoutes({ userManagement }),
      ...(userManagement === 'builtin' ? sessionRoutes : []),
    ],
    toFailureResponse,
    failure: ConsoleFailure,
    hasHostPages: true,
  }
}
