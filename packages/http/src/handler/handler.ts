/** A request, as a mount hands it in. */
export interface HandlerRequest {
  readonly method: string
  /** The path below the mount with the query, as the client sent them: `/workspaces?page=2`. */
  readonly url: string
  /** The values of a header, by its lower-case name, each time it was sent. */
  headerValues(name: string): readonly string[]
  /** The bytes as the client sent them, `{ parsed }` where the host has read them as JSON, or `null` for no body. */
  readonly body: AsyncIterable<Uint8Array> | { readonly parsed: unknown } | null
}

/** What only the mount knows of a request. */
export interface RequestFacts<Native = unknown> {
  /** The request in the terms of the framework, for `authenticate`. */
  readonly native: Native
  /** The client’s network address. Limits that count by it do not apply where it is unknown. */
  readonly ip?: string | undefined
  /** The scheme, host and port that the client asked for. */
  readonly protocol: string
  readonly host: string | undefined
  /** The path that the handler is mounted at, without a slash at its end: `''` at the root. */
  readonly mountPath: string
}

/** A response as a value, which the mount sends. */
export interface HandlerResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text or bytes; or text in pieces, of which each is made once the client has taken the one before. */
  readonly body: string | Uint8Array | AsyncIterable<string> | null
}

/** Answers a request, or says with `null` that it is not for this library. */
export type Handler<Native = unknown> = (
  request: HandlerRequest,
  facts: RequestFacts<Native>,
) => Promise<HandlerResponse | null>
