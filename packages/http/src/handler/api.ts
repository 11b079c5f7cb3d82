import type { Actor, Bearer, Logger, Tenancy } from '@tenantry/core'
import type { z } from 'zod'
import type { Failure } from './failure.js'
import type { HandlerRequest, RequestFacts } from './handler.js'
import type { Origins } from './origins.js'
import type { Route } from './route.js'

/** A response to a failure: the status and the body in the API's error format. */
export interface FailureResponse {
  readonly status: number
  readonly body: unknown
  /** In addition to the headers of every failure. */
  readonly headers?: Readonly<Record<string, string>>
}

/** How a request was authenticated. */
export interface Caller {
  readonly actor: Actor
  readonly accessToken: string | null
  readonly bearer: Bearer | null
}

/** An API: its routes and its error format. */
export interface Api {
  readonly name: string
  readonly title: string
  /** The introduction of the OpenAPI document, in Markdown: purpose, credential, errors, pagination. */
  readonly introduction: string
  readonly routes: readonly Route[]
  toFailureResponse(failure: Failure, route: Route | null): FailureResponse
  /** The schema of the bodies that {@link toFailureResponse} returns. */
  readonly failure: z.ZodType
  /** The media type of {@link failure}. Default: `application/json`. */
  readonly failureType?: string
  /** Reads the token from the headers. Default: `Authorization: Bearer …`. */
  readonly readCredential?: (request: HandlerRequest) => string | null
  /** The security schemes in the OpenAPI document, any one of which is sufficient. Default: a bearer token. */
  readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Authenticates the request or throws. Default: `authenticate` of the host if it is set, else an access token. */
  readonly identify?: (
    options: Identifying,
    route: Route,
    request: HandlerRequest,
    facts: RequestFacts,
  ) => Promise<Caller>
  /** Whether other methods of public paths fall through to the host's own pages. Default: they get a 405. */
  readonly hasHostPages?: true
  /** Headers of every response, in addition to the general ones. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The user whom the host has authenticated: a Tenantry user by ID, or a user of the host by external ID, who gets an
 * account on the first request and whose email and name are kept up to date. Return `null`, `undefined` or `false` if
 * nobody is signed in.
 */
export type Identity = {
  /**
   * Time of the last sign-in at the host, in milliseconds since 1970. Changing the email or password of an account that
   * has a password requires a sign-in within the last ten minutes, or the current password.
   */
  readonly signedInAt?: number | null
} & (
  | { readonly userId: string }
  | {
      readonly id: string
      readonly email: string
      readonly name?: string | null
      /** Whether the email address is verified. Accepting an invitation requires it. Default `false`. */
      readonly emailVerified?: boolean
    }
)

/** The options that every API receives. */
export interface RouterOptions<Native = unknown> {
  readonly tenancy: Tenancy
  /**
   * Authenticates the request using the host’s own session or token. Without it, callers send the library’s access
   * tokens. An error it throws results in a 500 response.
   */
  readonly authenticate?: (
    request: Native,
  ) => Identity | null | undefined | false | Promise<Identity | null | undefined | false>
  /**
   * Origins, such as `https://app.example.com`, whose pages may make changes with the host's session, in addition to
   * the origin of the router. Requests with an access token are not restricted.
   */
  readonly trustedOrigins?: readonly string[]
  /**
   * The public URL of the router, such as `https://example.com`, or `https://example.com/tenancy` below a path. Links
   * to pages start with it, and its origin is trusted.
   */
  readonly publicUrl?: string
  /** Logs internal errors with their request ID. Default: the console. */
  readonly logger?: Logger
}

/** The settings for authenticating a request. */
export interface Identifying extends Pick<RouterOptions, 'tenancy' | 'authenticate'> {
  /** The trusted origins, in addition to the router's own. */
  readonly origins: Origins
}
