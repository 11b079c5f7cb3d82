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

/** The console API: workspaces, their members, invitations, ownership and audit events. */
export function consoleApi({ userManagement }: { readonly userManagement: 'builtin' | 'external' }): Api {
  return {
    name: 'console',
    title: 'Workspace console',
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
