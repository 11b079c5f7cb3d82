import type { TenantClient, TenantSlug, UserClient, Actor, Bearer, Tenancy } from '@tenantry/core'
import type { z } from 'zod'

/** A file of a multipart body. */
export interface UploadedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Enter {
  (tenantId: string): TenantClient
  (tenant: string | TenantSlug): EnteredTenant
}

/** The calls a caller can make in one tenant. */
export type EnteredTenant = Omit<TenantClient, 'tenantId'>

/** An authenticated and validated request, as a route receives it. */
export interface Call<Params = unknown, Query = unknown, Headers = unknown, Body = unknown> {
  readonly tenancy: Tenancy
  /** The caller, or `GUEST` without a valid credential. */
  readonly actor: Actor
  /** All calls outside tenants, bound to the caller. */
  readonly as: UserClient
  /** Returns the calls in a tenant. After the response, the caller's activity there is recorded. */
  readonly enter: Enter
  /** The token of the request, valid or not. */
  readonly accessToken: string | null
  /** The owner of the access token in the request. An external subject has no user, so it is not an actor. */
  readonly bearer: Bearer | null
  /** The URL of the API, as the client addressed it. */
  readonly baseUrl: string
  readonly params: Params
  readonly query: Query
  readonly headers: Headers
  readonly body: Body
  /** Present if the route declares an `upload`. */
  readonly file: UploadedFile | null
}

/** A response with a custom status, headers or body. */
export class Reply {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly content: unknown

  /**
   * Bytes are sent unchanged. An async iterable of text is streamed with backpressure. Any other value is sent as JSON.
   */
  constructor(
    content: unknown,
    options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    this.content = content
    this.status = options.status
    this.headers = options.headers ?? {}
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A row of an API's route table. */
export interface RouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> {
  readonly method: Method
  /** The path, with parameters in braces as in OpenAPI: `/members/{member_id}`. */
  readonly path: string
  /** The operation ID in the OpenAPI document. Default: built from the API's name, the method and the path. */
  readonly operationId?: string
  readonly summary: string
  readonly tag: string
  /** Whether guests may call the route. */
  readonly public?: true
  /** Whether an external subject may call the route. Only `bearer` identifies it. */
  readonly external?: true
  /** In an API that requires bearer tokens: whether a user with a session of the host may also call the route. */
  readonly hostSession?: true
  /**
   * The schemas of the request. Undeclared parameters are rejected, and so are undeclared body fields that could
   * matter.
   */
  readonly params?: Params
  readonly query?: Query
  /** The declared headers, by lower-case name. A declared header that is sent twice is rejected. */
  readonly headers?: Headers
  /** The schema of the JSON body. Without one, the body must be absent or an empty object. */
  readonly body?: Body
  /** Whether every undeclared body field is rejected, not only those that could matter. */
  readonly closed?: true
  /**
   * A valid body for the OpenAPI document. `SAMPLE` stands for values that only the reader knows, such as IDs and
   * tokens.
   */
  readonly example?: z.input<Body>
  /** Accepts one file, in the multipart field of this name, instead of JSON. */
  readonly upload?: { readonly part: string; readonly limitBytes: number }
  /** The status on success. Default 200. */
  readonly status?: number
  /** The headers on success that the route sets with a `Reply`, each with its description for the document. */
  readonly responseHeaders?: Readonly<Record<string, string>>
  /** The schema of the JSON response, or the media types of a binary response. */
  readonly response: Response | readonly string[]
  run(
    call: Call<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ): Promise<z.input<Response> | Reply>
}

/** A route with any input and output. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** Checks the types of a route against its schemas, and returns it as a {@link Route} of the table. */
export function defineRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(route: RouteSpec<Params, Query, Headers, Body, Response>): Route {
  return route
}
