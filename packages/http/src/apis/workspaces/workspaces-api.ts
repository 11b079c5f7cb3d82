import type { Api } from '../../handler/api.js'
import { toFailureResponse, WorkspacesFailure } from './errors.js'
import { identify } from './identify.js'
import { commentRoutes } from './routes/comments.js'
import { joiningRoutes } from './routes/joining.js'
import { memberRoutes } from './routes/members.js'
import { notificationRoutes } from './routes/notifications.js'
import { organizationRoutes } from './routes/organizations.js'
import { protocolRoutes } from './routes/protocols.js'
import { workspaceRoutes } from './routes/workspaces.js'

/** Workspaces that people find, ask to join and walk into, and the protocols they share there. */
export function workspacesApi(): Api {
  return {
    name: 'workspaces',
    title: 'Workspaces with protocols',
    routes: [
      ...workspaceRoutes,
      ...memberRoutes,
      ...joiningRoutes,
      ...notificationRoutes,
      ...organizationRoutes,
      ...protocolRoutes,
      ...commentRoutes,
    ],
    identify,
    toFailureResponse,
    failure: WorkspacesFailure,
  }
}
