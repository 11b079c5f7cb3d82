import type { KeyObject } from 'node:crypto'
import type { Api } from '../../handler/api.js'
import { readCredential } from './credential.js'
import { toFailureResponse, TeamsFailure } from './errors.js'
import { createPasswordKey } from './password-key.js'
import { accountRoutes } from './routes/accounts.js'
import { canvasRoutes } from './routes/canvases.js'
import { canvasRunRoutes } from './routes/canvas-runs.js'
import type { RunCanvas } from './routes/canvas-runs.js'
import { directoryRoutes } from './routes/directory.js'
import { memberRoutes } from './routes/members.js'
import { teamRoutes } from './routes/teams.js'

export interface TeamsOptions {
  readonly accounts: 'tenantry' | 'host'
  readonly passwordKey?: string | KeyObject | undefined
  readonly runCanvas?: RunCanvas | undefined
}

/** Teams, their members with CRUD permissions on datasets and canvases, accounts, and canvases. */
export function teamsApi({ accounts, passwordKey, runCanvas }: TeamsOptions): Api {
  return {
    name: 'teams',
    title: 'Teams, users and canvases',
    routes: [
      ...teamRoutes,
      ...memberRoutes,
      ...directoryRoutes,
      ...(accounts === 'tenantry' ? accountRoutes({ key: createPasswordKey(passwordKey) }) : []),
      ...canvasRoutes,
      ...canvasRunRoutes({ runCanvas }),
    ],
    readCredential,
    toFailureResponse,
    failure: TeamsFailure,
  }
}
