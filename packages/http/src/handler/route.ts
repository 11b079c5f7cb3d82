import type { TenantClient, TenantSlug, UserClient, Actor, Bearer, Tenancy } from '@tenantry/core'
import type { z } from 'zod'

/** One file from a multipart body. */
export interface UploadedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Enter {
  (tenantId: string): TenantClient
  (tenant: string | TenantSlug): EnteredTenant
}

/** What a caller may ask for in a tenant, whichever way it was named. */
export type EnteredTenant = Omit<TenantClient, 'tenantId'>

/** A request, authenticated and parsed, as a route works with it. */
export interface Call<Params = unknown, Query = unknown, Headers = unknown, Body = unknown> {
  readonly tenancy: Tenancy
  /** Who calls; a guest when nobody is signed in. */
  readonly actor: Actor
  /** Everything the caller may ask for. */
  readonly as: UserClient
  /** Goes into a tenant, and notes that the caller was active there once the route has answered. */
  readonly enter: Enter
  /** The credential the request bore, whether or not it is a token of this library. */
  readonly accessToken: string | null
  /** Whom this library's token in the request stands for; an external subject is no user, and no actor. */
  readonly bearer: Bearer | null
  /** The address the API is mounted at, as the request names it. */
  readonly baseUrl: string
  readonly params: Params
  readonly query: Query
  readonly headers: Headers
  readonly body: Body
  /** There when the route takes an `upload`. */
  readonly file: UploadedFile | null
}

/** An answer that is more than the JSON of a route's usual status. */
export class Reply {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly content: unknown

  /**
   * `content` is sent as it is when it is bytes, piece by piece when it is an async iterable of text, each when the client
   * has taken the one before, else as JSON.
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

/** A row of an API's table. */
export interface RouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> {
  readonly method: Method
  /** With parameters in braces, as OpenAPI writes them: `/members/{member_id}`. */
  readonly path: string
  /** In the OpenAPI document. Default: the name of the API, the method and the path. */
  readonly operationId?: string
  readonly summary: string
  readonly tag: string
  /** Whether somebody who is not signed in may call. */
  readonly public?: true
  /** Whether an external subject may call, who is told by `bearer` alone. */
  readonly external?: true
  /** On an API of bearer tokens: whether somebody signed in at the host may call, too. */
  readonly hostSession?: true
  /** What is not declared is refused; of a body, where it would matter. */
  readonly params?: Params
  readonly query?: Query
  /** By lower-case name. A header named here is refused when it is sent twice. */
  readonly headers?: Headers
  /** The JSON body. Without it only an empty object, or none, is accepted. */
  readonly body?: Body
  /** Whether each name in the body means something, so that one that is not declared is refused, whatever it is. */
  readonly closed?: true
  /** A body that is taken, for the document. What only the reader has, such as an id or a token, is one of `SAMPLE`. */
  readonly example?: z.input<Body>
  /** Takes one file of a multipart body, in the part of this name, in place of JSON. */
  readonly upload?: { readonly part: string; readonly limitBytes: number }
  /** Of the usual answer. Default 200. */
  readonly status?: number
  /** The headers of the usual answer that a `Reply` gives, each with its description for the document. */
  readonly responseHeaders?: Readonly<Record<string, string>>
  /** The JSON answer, or the media types the route answers bytes of. */
  readonly response: Response | readonly string[]
  run(
    call: Call<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ): Promise<z.input<Response> | Reply>
}

/** A row, whatever it takes and answers. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** Checks a row against its own schemas, and forgets them in its type. */
export function defineRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(route: RouteSpec<Params, Query, Headers, Body, Response>): Route {
  return route
}
