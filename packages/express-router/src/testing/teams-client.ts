import { expect } from 'vitest'
import { teamsSurface } from '../teams/teams-surface.js'
import { surfaceClient } from './surface-client.js'

const PREFIX = '/v1'

export const client = surfaceClient(teamsSurface({ accounts: 'tenantry', canvases: true }), {
  prefix: PREFIX,
  echo: (status) => (status === 401 ? { code: 401, message: expect.stringMatching(/^Unauthorized/) as string } : {}),
})

export const { ask } = client
