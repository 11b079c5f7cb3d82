import type { ApiName, OptionsByApi } from './apis.js'
import type { RouterOptions } from './handler/api.js'

/** What a host may say about all APIs. */
export interface ApiOptions<Native = unknown> extends RouterOptions<Native> {
  /**
   * Who manages users. `builtin`: people sign up by invitation and sign in here. `external`: they have signed in at the
   * host, and only then can accept an invitation. Default: `external` where `authenticate` is given, else `builtin`.
   */
  readonly userManagement?: 'builtin' | 'external'
}

/** Which APIs, each with where it is mounted below the handler, and its own options. */
export type ApiChoices = {
  readonly [Name in ApiName]?: true | ({ readonly prefix?: string } & OptionsByApi[Name])
}

/** What {@link createHandler} and every mount take. */
export interface HandlerOptions<Native = unknown> extends ApiOptions<Native> {
  /** The APIs to serve: `{ console: true, teams: { prefix: '/teams', runCanvas } }`. Default: our own, `{ tenancy: true }`. */
  readonly apis?: ApiChoices
  /** Whether to serve `/openapi.json` and pages to read and try each API below `/docs`. Default `true`. */
  readonly docs?: boolean
}

/** Who manages users, where the host does not say. */
export function userManagementOf({ authenticate, userManagement }: ApiOptions): 'builtin' | 'external' {
  return userManagement ?? (authenticate ? 'external' : 'builtin')
}
