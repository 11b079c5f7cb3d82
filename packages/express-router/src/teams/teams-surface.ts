import type { KeyObject } from 'node:crypto'
import type { Surface } from '../http/surface.js'
import { readCredential } from './credential.js'
import { presentFailure, TeamsFailure } from './errors.js'
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
  /** Whether the host declares canvases. */
  readonly canvases: boolean
  readonly passwordKey?: string | KeyObject | undefined
  readonly runCanvas?: RunCanvas | undefined
}

/** Teams, their members with CRUD permissions on datasets and canvases, accounts, and canvases. */
export function teamsSurface({ accounts, canvases, passwordKey, runCanvas }: TeamsOptions): Surface {
  return {
    name: 'teams',
    title: 'Teams, users and canvases',
    routes: [
      ...teamRoutes,
      ...memberRoutes,
      ...directoryRoutes,
      ...(accounts === 'tenantry' ? accountRoutes({ key: createPasswordKey(passwordKey) }) : []),
      ...(canvases ? [...canvasRoutes, ...canvasRunRoutes({ runCanvas })] : []),
    ],
    readCredential,
    presentFailure,
    failure: TeamsFailure,
  }
}
