import type { Actor, Bearer, Logger, Tenancy } from '@tenantry/core'
import type { z } from 'zod'
import type { Failure } from './failure.js'
import type { HandlerRequest, RequestFacts } from './handler.js'
import type { Origins } from './origins.js'
import type { Route } from './route.js'

/** A status with the body an API says it in. */
export interface FailureResponse {
  readonly status: number
  readonly body: unknown
  /** Beside those of every failure. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Who a request comes from. */
export interface Caller {
  readonly actor: Actor
  readonly accessToken: string | null
  readonly bearer: Bearer | null
}

/** An API: its routes and its error format. */
export interface Api {
  readonly name: string
  readonly title: string
  /** What a reader knows before the first route, in Markdown: what it is for, the credential, errors, pages. */
  readonly introduction: string
  readonly routes: readonly Route[]
  toFailureResponse(failure: Failure, route: Route | null): FailureResponse
  /** What {@link toFailureResponse} answers as a body. */
  readonly failure: z.ZodType
  /** The media type of {@link failure}. Default: `application/json`. */
  readonly failureType?: string
  /** Where the credential stands. Default: `Authorization: Bearer …`. */
  readonly readCredential?: (request: HandlerRequest) => string | null
  /** How OpenAPI calls the ways to send it, any one of which will do. Default: a bearer token. */
  readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Says who calls, or refuses. Default: whom the host authenticates, or who bears this library's token. */
  readonly identify?: (
    options: Identifying,
    route: Route,
    request: HandlerRequest,
    facts: RequestFacts,
  ) => Promise<Caller>
  /** Whether hosts may have pages on the public paths: other methods of these go on to them. Default: they are refused. */
  readonly hasHostPages?: true
  /** On every answer, beside the general ones. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Whom the host has authenticated: a user of Tenantry by id, or a person of the host's own, who is taken over on first
 * sight and kept in step. Nobody is `null`, `undefined` or `false`.
 */
export type Identity = {
  /**
   * When they last signed in at the host, in milliseconds since 1970. An account that has a password here changes it and
   * its address within ten minutes of that, or with the current password.
   */
  readonly signedInAt?: number | null
} & (
  | { readonly userId: string }
  | {
      readonly id: string
      readonly email: string
      readonly name?: string | null
      /** Whether the address is proven theirs; only then can they accept invitations. Default `false`. */
      readonly emailVerified?: boolean
    }
)

/** What a host gives every API. */
export interface RouterOptions<Native = unknown> {
  readonly tenancy: Tenancy
  /**
   * Authenticates the request using the host’s own session or token. Without it callers bear this library's
   * access tokens. What it throws is an internal failure.
   */
  readonly authenticate?: (
    request: Native,
  ) => Identity | null | undefined | false | Promise<Identity | null | undefined | false>
  /**
   * Origins, such as `https://app.example.com`, whose pages may change things as whoever `authenticate` says is signed in,
   * beside the origin that the router is served from. Requests with a token of this library are not concerned.
   */
  readonly trustedOrigins?: readonly string[]
  /**
   * The address under which people reach this router, such as `https://example.com` or, mounted below a path,
   * `https://example.com/tenancy`. Pages that people open are linked below it; its origin is trusted.
   */
  readonly publicUrl?: string
  /** Where failures inside are told with their request id. Default: the console. */
  readonly logger?: Logger
}

/** What it takes to say who calls. */
export interface Identifying extends Pick<RouterOptions, 'tenancy' | 'authenticate'> {
  /** Those that the host trusts, beside its own. */
  readonly origins: Origins
}
