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

const INTRODUCTION = `Teams, their members with permissions on datasets and canvases, accounts, and canvases.

**Credential.** An access token in \`Authorization\`, with or without \`Bearer\`.

**Responses.** \`{ code, message, data }\`; \`code\` is 0 on success.`

export interface TeamsOptions {
  /**
   * The private RSA key, of at least 2048 bits, that decrypts passwords which clients encrypt. Default: a key that is
   * generated on first use, which other processes do not have.
   */
  readonly passwordKey?: string | KeyObject | undefined
  /** Runs a canvas. Without it, the API responds with 501. */
  readonly runCanvas?: RunCanvas | undefined
}

interface TeamsParts extends TeamsOptions {
  readonly userManagement: 'builtin' | 'external'
}

/** The `teams` API: teams, their members with CRUD permissions on datasets and canvases, accounts, and canvases. */
export function teamsApi({ userManagement, passwordKey, runCanvas }: TeamsParts): Api {
  return {
    name: 'teams',
    title: 'Teams, users and canvases',
    introduction: INTRODUCTION,
    routes: [
      ...teamRoutes,
      ...memberRoutes,
      ...directoryRoutes,
      ...(userManagement === 'builtin' ? accountRoutes({ key: createPasswordKey(passwordKey) }) : []),
      ...canvasRoutes,
      ...canvasRunRoutes({ runCanvas }),
    ],
    readCredential,
    toFailureResponse,
    failure: TeamsFailure,
  }
}
