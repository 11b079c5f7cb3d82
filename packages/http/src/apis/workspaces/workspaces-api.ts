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

export interface WorkspacesOptions {
  /** Whether the host declares the resource `protocol`. Without it there are no routes about protocols. */
  readonly protocols: boolean
}

/** Workspaces that people find, ask to join and walk into, and the protocols they share there. */
export function workspacesApi({ protocols }: WorkspacesOptions): Api {
  return {
    name: 'workspaces',
    title: 'Workspaces with protocols',
    routes: [
      ...workspaceRoutes({ protocols }),
      ...memberRoutes,
      ...joiningRoutes,
      ...notificationRoutes,
      ...organizationRoutes,
      ...(protocols ? [...protocolRoutes, ...commentRoutes] : []),
    ],
    identify,
    toFailureResponse,
    failure: WorkspacesFailure,
  }
}
