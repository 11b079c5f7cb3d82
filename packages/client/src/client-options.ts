/** The address of an API, and how a client authenticates. */
export interface ClientOptions {
  /** The URL of the API, such as `https://app.example.com/tenancy`. In a browser, a path is sufficient. */
  readonly baseUrl: string
  /**
   * The access token, sent as `Authorization: Bearer`. A function is called for each request, so that it can renew the
   * token; `null` sends none.
   */
  readonly token?: string | (() => string | null | Promise<string | null>)
  /**
   * Whether the browser sends the cookies of the API’s origin. `include` also sends them to another origin, which must
   * list the page’s origin as trusted. Default: `same-origin`, as in `fetch`.
   */
  readonly credentials?: 'include' | 'same-origin' | 'omit'
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
}
