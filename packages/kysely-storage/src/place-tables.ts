import {
  OperationNodeTransformer,
  SchemableIdentifierNode,
  type KyselyPlugin,
  type QueryId,
  type TableNode,
} from 'kysely'
import type { Tables } from './database.js'

/** Where a table is: `{ name: 'tenancy_users' }`, or `{ schema: 'tenancy', name: 'users' }`. */
export interface TablePlace {
  readonly schema?: string
  readonly name: string
}

const bareNames = Object.keys({
  migrations: true,
  users: true,
  tenants: true,
  tenant_slugs: true,
  memberships: true,
  membership_roles: true,
  tenant_roles: true,
  invitations: true,
  invitation_tokens: true,
  mailed_invitation_tokens: true,
  join_requests: true,
  former_members: true,
  ownership_transfers: true,
  access_tokens: true,
  external_tokens: true,
  device_authorizations: true,
  tenant_events: true,
  user_events: true,
  organizations: true,
  organization_members: true,
  organization_events: true,
  mails: true,
  relay_chains: true,
  dead_events: true,
  notification_chains: true,
  notifications: true,
  notification_preferences: true,
  files: true,
  resources: true,
  resource_labels: true,
  comments: true,
  counters: true,
} satisfies Record<keyof Tables, true>)

class TablePlacer extends OperationNodeTransformer {
  readonly #places: ReadonlyMap<string, SchemableIdentifierNode>

  constructor(place: (table: string) => TablePlace) {
    super()
    const node = ({ schema, name }: TablePlace) =>
      schema === undefined
        ? SchemableIdentifierNode.create(name)
        : SchemableIdentifierNode.createWithSchema(schema, name)
    this.#places = new Map(bareNames.map((table) => [table, node(place(table))]))
  }

  protected override transformTable(node: TableNode, queryId?: QueryId): TableNode {
    const { schema, identifier } = node.table
    const place = schema ? undefined : this.#places.get(identifier.name)
    return place ? { ...node, table: place } : super.transformTable(node, queryId)
  }
}

/** A Kysely plugin that puts our tables, named bare in every query, in their place. Other tables are left alone. */
export function placeTables(place: (table: string) => TablePlace): KyselyPlugin {
  const placer = new TablePlacer(place)
  return {
    transformQuery: ({ node, queryId }) => placer.transformNode(node, queryId),
    transformResult: ({ result }) => Promise.resolve(result),
  }
}
