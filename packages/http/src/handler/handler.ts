/** A request, as a mount passes it. */
export interface HandlerRequest {
  readonly method: string
  /** The path below the mount, with the query, as the client sent them: `/workspaces?page=2`. */
  readonly url: string
  /** The values of a header by its lower-case name, one for each time it was sent. */
  headerValues(name: string): readonly string[]
  /** The bytes as the client sent them, `{ parsed }` if the host has parsed them as JSON, or `null` without a body. */
  readonly body: AsyncIterable<Uint8Array> | { readonly parsed: unknown } | null
}

/** The facts about a request that only its mount knows. */
export interface RequestFacts<Native = unknown> {
  /** The framework's own request object, for `authenticate`. */
  readonly native: Native
  /** The client’s IP address. Without it, rate limits by address do not apply. */
  readonly ip?: string | undefined
  /** The scheme, host and port that the client requested. */
  readonly protocol: string
  readonly host: string | undefined
  /** The path at which the handler is mounted, without a trailing slash; `''` at the root. */
  readonly mountPath: string
}

/** A response as a value, which the mount sends. */
export interface HandlerResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text or bytes, or text chunks that are produced as fast as the client reads them. */
  readonly body: string | Uint8Array | AsyncIterable<string> | null
}

/** Handles a request; returns `null` if its path belongs to no API. */
export type Handler<Native = unknown> = (
  request: HandlerRequest,
  facts: RequestFacts<Native>,
) => Promise<HandlerResponse | null>
