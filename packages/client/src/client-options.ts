/** Where an API is, and how a client identifies itself. */
export interface ClientOptions {
  /** The address that the API is mounted at, such as `https://app.example.com/tenancy`. In a browser a path is enough. */
  readonly baseUrl: string
  /**
   * The access token, sent as `Authorization: Bearer`. A function is called for each request, so that it can renew the
   * token; `null` sends none.
   */
  readonly token?: string | (() => string | null | Promise<string | null>)
  /**
   * Whether the browser sends the cookies of the API’s origin. `include` also sends them to another origin, which must
   * trust the page’s. Default: that of `fetch`, `same-origin`.
   */
  readonly credentials?: 'include' | 'same-origin' | 'omit'
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
}
