/** The part of a `pg.Pool` that the storage uses. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
  /** What the pool was made with, where it says so. */
  readonly options?: { readonly stream?: unknown }
}

/** The part of a client of a `pg.Pool` that the storage uses. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult | readonly PostgresResult[]>
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
  release(error?: Error): void
}

/** One message to the server. Several statements, which answer several results, only without values. */
export interface PostgresQuery {
  readonly text: string
  readonly values?: unknown[]
  readonly name?: string
  readonly types?: { getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown }
}

export interface PostgresResult {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: unknown[]
}

/** A client of pg, or a pool. */
export type PostgresQueryable = Pick<PostgresClient, 'query'>
