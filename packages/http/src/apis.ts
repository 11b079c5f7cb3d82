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

/** What an API is made from, besides its own options. */
interface ApiParts {
  readonly userManagement: 'builtin' | 'external'
  readonly prefix: string
  readonly publicUrl?: string | undefined
  readonly tenancy: Pick<Tenancy, 'policy' | 'settingNames'>
}

interface ApiRow<Options> {
  /** Where it is mounted unless the host says otherwise. The defaults do not collide. */
  readonly prefix: string
  /** What it needs of a tenancy. */
  readonly preset: () => Preset
  /** Its own options, and which of them are functions. */
  readonly options: { readonly [Name in keyof Required<Options>]: 'function' | 'value' }
  create(options: Options, parts: ApiParts): Api
  /** What people open in a browser, below the mount and not below the prefix. */
  pages?(parts: ApiParts): Pages
}

/** An API under a prefix of its handler, with its pages. */
export interface MountedApi {
  readonly name: ApiName
  readonly prefix: string
  readonly api: Api
  readonly pages: Pages
}

/** The APIs of a host that names none. */
export const DEFAULT_APIS = { tenancy: true } as const

/** Every API there is. */
export const APIS: { readonly [Name in ApiName]: ApiRow<OptionsByApi[Name]> } = {
  tenancy: {
    prefix: '/tenancy',
    // It works with whatever the tenancy declares.
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
 * An API with its pages, under a prefix of its handler.
 *
 * @throws {TypeError} naming what the tenancy lacks that the API needs, and the preset that has it.
 */
export function createApi<Name extends ApiName>(name: Name, options: OptionsByApi[Name], parts: ApiParts): MountedApi {
  const row = APIS[name]
  requirePreset(name, row.preset(), parts.tenancy)
  return { name, prefix: parts.prefix, api: row.create(options, parts), pages: row.pages?.(parts) ?? {} }
}
