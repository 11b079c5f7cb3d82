import {
  OperationNodeTransformer,
  SchemableIdentifierNode,
  type KyselyPlugin,
  type QueryId,
  type TableNode,
} from 'kysely'
import { tableNames } from './tables.js'

/** Where a table is: `{ name: 'tenancy_users' }`, or `{ schema: 'tenancy', name: 'users' }`. */
export interface TablePlace {
  readonly schema?: string
  readonly name: string
}

class TablePlacer extends OperationNodeTransformer {
  readonly #places: ReadonlyMap<string, SchemableIdentifierNode>

  constructor(place: (table: string) => TablePlace) {
    super()
    const node = ({ schema, name }: TablePlace) =>
      schema === undefined
        ? SchemableIdentifierNode.create(name)
        : SchemableIdentifierNode.createWithSchema(schema, name)
    this.#places = new Map<string, SchemableIdentifierNode>(tableNames.map((table) => [table, node(place(table))]))
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
