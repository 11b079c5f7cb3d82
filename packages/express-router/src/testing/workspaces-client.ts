import { workspacesSurface } from '../workspaces/workspaces-surface.js'
import { surfaceClient } from './surface-client.js'

const PREFIX = '/api/v3'

export const client = surfaceClient(workspacesSurface({ protocols: true }), {
  prefix: PREFIX,
  echo: (status_code) => ({ status_code }),
})

export const { ask } = client
