import type { KeyObject } from 'node:crypto'
import type { Preset } from '@tenantry/core'
import { consoleApi } from './apis/console/console-api.js'
import { consolePreset } from './apis/console/preset.js'
import type { RouterOptions, Api } from './handler/api.js'
import { openapiApi } from './apis/openapi/openapi-api.js'
import { openapiPreset } from './apis/openapi/preset.js'
import type { RunCanvas } from './apis/teams/routes/canvas-runs.js'
import { teamsApi } from './apis/teams/teams-api.js'
import { teamsPreset } from './apis/teams/preset.js'
import type { CountForTenant } from './apis/tenant/routes/tenants.js'
import { tenantApi } from './apis/tenant/tenant-api.js'
import { tenantPreset } from './apis/tenant/preset.js'
import { workspacesApi } from './apis/workspaces/workspaces-api.js'
import { workspacesPreset } from './apis/workspaces/preset.js'
import { requirePreset } from './require-preset.js'

/** What a host may say about the APIs as a whole. */
export interface ApiOptions extends RouterOptions {
  /**
   * Who keeps accounts. `tenantry`: people sign up by invitation and sign in here. `host`: they have signed in at the
   * host, and only then can accept an invitation. Default: `host` where `authenticate` is given, else `tenantry`.
   */
  readonly accounts?: 'tenantry' | 'host'
  /**
   * The whole address of the page on which people approve a device, as they reach it. Default: `/device` below
   * `publicUrl`. Without either it is linked at the host that a request names, and in production
   * (`NODE_ENV=production`) no device can begin to sign in.
   */
  readonly verificationUri?: string
  /**
   * The private RSA key, of at least 2048 bits, that opens passwords which clients of the teams encrypt. Default: one that
   * is made with the first use, which other processes do not have.
   */
  readonly passwordKey?: string | KeyObject
  /** Runs a canvas of the teams. Without it they answer 501 to that. */
  readonly runCanvas?: RunCanvas
  /** Counts what the host keeps of a tenant besides registered resources, for the tenant API. */
  readonly countForTenant?: CountForTenant
}

/** What an API is made from. */
interface ApiParts {
  readonly accounts: 'tenantry' | 'host'
  readonly prefix: string
  readonly verificationUri?: string | undefined
  readonly publicUrl?: string | undefined
  readonly passwordKey?: string | KeyObject | undefined
  readonly runCanvas?: RunCanvas | undefined
  readonly countForTenant?: CountForTenant | undefined
}

interface ApiRow {
  /** Where it is mounted unless the host says otherwise. The defaults do not collide. */
  readonly prefix: string
  /** What it needs of a tenancy. */
  readonly preset: () => Preset
  readonly create: (parts: ApiParts) => Api
}

export type ApiName = 'console' | 'openapi' | 'tenant' | 'teams' | 'workspaces'

/** Every API there is. */
export const APIS: Readonly<Record<ApiName, ApiRow>> = {
  console: { prefix: '/', preset: consolePreset, create: consoleApi },
  openapi: { prefix: '/openapi/v1', preset: openapiPreset, create: openapiApi },
  tenant: { prefix: '/', preset: tenantPreset, create: tenantApi },
  teams: { prefix: '/v1', preset: teamsPreset, create: teamsApi },
  workspaces: { prefix: '/api/v3', preset: workspacesPreset, create: workspacesApi },
}

/** Who keeps accounts, where the host does not say. */
export function accountsOf({ authenticate, accounts }: ApiOptions): 'tenantry' | 'host' {
  return accounts ?? (authenticate ? 'host' : 'tenantry')
}

/**
 * An API as these options make it, under a prefix of its router.
 *
 * @throws {TypeError} naming what the tenancy lacks that the API needs, and the preset that has it.
 */
export function createApi(name: ApiName, prefix: string, options: ApiOptions): Api {
  const { verificationUri, publicUrl, passwordKey, runCanvas, countForTenant } = options
  requirePreset(name, APIS[name].preset(), options.tenancy)
  return APIS[name].create({
    accounts: accountsOf(options),
    prefix,
    verificationUri,
    publicUrl,
    passwordKey,
    runCanvas,
    countForTenant,
  })
}
