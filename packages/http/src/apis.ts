import type { Preset, Tenancy } from '@tenantry/core'
import { consoleApi } from './apis/console/console-api.js'
import { consolePreset } from './apis/console/preset.js'
import { devicePages } from './apis/openapi/device-page/device-pages.js'
import { openapiApi } from './apis/openapi/openapi-api.js'
import type { OpenapiOptions } from './apis/openapi/openapi-api.js'
import { openapiPreset } from './apis/openapi/preset.js'
import { teamsApi } from './apis/teams/teams-api.js'
import type { TeamsOptions } from './apis/teams/teams-api.js'
import { teamsPreset } from './apis/teams/preset.js'
import { tenancyApi } from './apis/tenancy/tenancy-api.js'
import { tenantApi } from './apis/tenant/tenant-api.js'
import type { TenantOptions } from './apis/tenant/tenant-api.js'
import { tenantPreset } from './apis/tenant/preset.js'
import { workspacesApi } from './apis/workspaces/workspaces-api.js'
import { workspacesPreset } from './apis/workspaces/preset.js'
import type { Api } from './handler/api.js'
import type { Pages } from './handler/pages.js'
import { requirePreset } from './require-preset.js'

type NoOptions = Readonly<Record<never, never>>

/** The options of each API. */
export interface OptionsByApi {
  readonly tenancy: NoOptions
  readonly console: NoOptions
  readonly openapi: OpenapiOptions
  readonly tenant: TenantOptions
  readonly teams: TeamsOptions
  readonly workspaces: NoOptions
}

export type ApiName = keyof OptionsByApi

/** The input of every API's factory, in addition to its own options. */
interface ApiParts {
  readonly userManagement: 'builtin' | 'external'
  readonly prefix: string
  readonly publicUrl?: string | undefined
  readonly tenancy: Pick<Tenancy, 'policy' | 'settingNames'>
}

interface ApiRow<Options> {
  /** The default prefix. The defaults do not collide. */
  readonly prefix: string
  /** The preset that the tenancy must have. */
  readonly preset: () => Preset
  /** The names of the API's own options, and which of them are functions. */
  readonly options: { readonly [Name in keyof Required<Options>]: 'function' | 'value' }
  create(options: Options, parts: ApiParts): Api
  /** Browser pages, below the mount but not below the prefix. */
  pages?(parts: ApiParts): Pages
}

/** An API at its prefix, with its pages. */
export interface MountedApi {
  readonly name: ApiName
  readonly prefix: string
  readonly api: Api
  readonly pages: Pages
}

/** The APIs that are served by default. */
export const DEFAULT_APIS = { tenancy: true } as const

/** All APIs. */
export const APIS: { readonly [Name in ApiName]: ApiRow<OptionsByApi[Name]> } = {
  tenancy: {
    prefix: '/tenancy',
    // It works with any tenancy.
    preset: () => ({}),
    options: {},
    create: (_, { userManagement }) => tenancyApi({ userManagement }),
  },
  console: {
    prefix: '/',
    preset: consolePreset,
    options: {},
    create: (_, { userManagement }) => consoleApi({ userManagement }),
  },
  openapi: {
    prefix: '/openapi/v1',
    preset: openapiPreset,
    options: { verificationUri: 'value' },
    create: (options, parts) => openapiApi({ ...options, ...parts }),
    pages: ({ prefix, userManagement }) => devicePages({ api: prefix, userManagement }),
  },
  tenant: { prefix: '/', preset: tenantPreset, options: { countForTenant: 'function' }, create: tenantApi },
  teams: {
    prefix: '/v1',
    preset: teamsPreset,
    options: { passwordKey: 'value', runCanvas: 'function' },
    create: (options, { userManagement }) => teamsApi({ ...options, userManagement }),
  },
  workspaces: { prefix: '/api/v3', preset: workspacesPreset, options: {}, create: () => workspacesApi() },
}

/**
 * Creates an API at a prefix, with its pages.
 *
 * @throws {TypeError} naming what the API needs and the tenancy lacks, and the preset to spread.
 */
export function createApi<Name extends ApiName>(name: Name, options: OptionsByApi[Name], parts: ApiParts): MountedApi {
  const row = APIS[name]
  requirePreset(name, row.preset(), parts.tenancy)
  return { name, prefix: parts.prefix, api: row.create(options, parts), pages: row.pages?.(parts) ?? {} }
}
