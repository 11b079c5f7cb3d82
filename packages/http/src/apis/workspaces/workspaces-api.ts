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

const INTRODUCTION = `Discoverable workspaces that people ask to join or simply join, with their protocols and comments.

**Credential.** \`Authorization: Bearer\` with an access token.

**Errors.** \`{ status_code, error_message }\` with the HTTP status. Lists have \`pagination\`.

**Rate limit.** 100 requests per minute and user, unless the operator has set another.`

/** The `workspaces` API: discoverable workspaces, join requests, and shared protocols. */
export function workspacesApi(): Api {
  return {
    name: 'workspaces',
    title: 'Workspaces with protocols',
    introduction: INTRODUCTION,
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
