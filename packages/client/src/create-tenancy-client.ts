import type { ClientOptions } from './client-options.js'
import type { TenancyClient } from './generated/tenancy-client.js'
import { routes } from './generated/tenancy-routes.js'
import type { CallOptions } from './operation-types.js'
import { createSender } from './send.js'
import type { Fields, Send } from './send.js'

/**
 * A client of the `tenancy` API at `baseUrl`. Its methods match those of the core; an error response throws a
 * `TenancyApiError`.
 *
 * @example
 * const client = createTenancyClient({ baseUrl: '/tenancy', credentials: 'include' })
 * for await (const member of client.tenant('acme').members.all()) …
 */
export function createTenancyClient(options: ClientOptions): TenancyClient {
  const send = createSender(options)
  const client = {
    ...methodsOf(routes.client, send, {}),
    tenant: (tenant: string) => methodsOf(routes.tenant, send, { tenant }),
    organization: (organizationId: string) => methodsOf(routes.organization, send, { organizationId }),
  }
  // The interface and the table contain the same operations: both are generated from one list.
  return client as unknown as TenancyClient
}

interface Table {
  readonly [name: string]: string | Table
}

/** The methods of a table. Each sends the bound fields and its input. */
function methodsOf(table: Table, send: Send, bound: Fields): object {
  const methods = Object.entries(table).map(([name, row]) => {
    if (typeof row !== 'string') return [name, methodsOf(row, send, bound)]
    return [name, (input?: Fields, call?: CallOptions) => send(row, { ...input, ...bound }, call)]
  })
  const { list } = table
  if (typeof list !== 'string') return Object.fromEntries(methods)
  const all = (input?: Fields, call?: CallOptions) =>
    itemsOf((page) => send(list, { ...page, ...input, ...bound }, call))
  return { ...Object.fromEntries(methods), all }
}

async function* itemsOf(read: (page: Fields) => Promise<unknown>): AsyncGenerator<unknown, void, undefined> {
  let next: Fields | null = {}
  while (next !== null) {
    // Every list is a page.
    const page = (await read(next)) as Page
    yield* page.items
    // Only a list with a cursor accepts `limit`. This is the maximum.
    next = page.nextCursor === null ? null : { limit: 100, cursor: page.nextCursor }
  }
}

interface Page {
  readonly items: readonly unknown[]
  readonly nextCursor: string | null
}
