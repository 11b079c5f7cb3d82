import type { ApiName, OptionsByApi } from './apis.js'
import type { RouterOptions } from './handler/api.js'

/** Options for all APIs. */
export interface ApiOptions<Native = unknown> extends RouterOptions<Native> {
  /**
   * Who manages users. `builtin`: users sign up with an invitation and sign in through these APIs. `external`: users
   * sign in at the host, and must be signed in to accept an invitation. Default: `external` if `authenticate` is set,
   * else `builtin`.
   */
  readonly userManagement?: 'builtin' | 'external'
}

/** The APIs to serve, each with its prefix and its own options. */
export type ApiChoices = {
  readonly [Name in ApiName]?: true | ({ readonly prefix?: string } & OptionsByApi[Name])
}

/** The options of `createHandler` and of every mount. */
export interface HandlerOptions<Native = unknown> extends ApiOptions<Native> {
  /**
   * The APIs to serve, such as `{ console: true, teams: { prefix: '/teams', runCanvas } }`. Default: `{ tenancy: true
   * }`.
   */
  readonly apis?: ApiChoices
  /** Whether to serve `/openapi.json` and pages to read and try each API below `/docs`. Default `true`. */
  readonly docs?: boolean
}

/** The default of `userManagement`. */
export function userManagementOf({ authenticate, userManagement }: ApiOptions): 'builtin' | 'external' {
  return userManagement ?? (authenticate ? 'external' : 'builtin')
}
