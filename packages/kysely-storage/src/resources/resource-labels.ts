import type { Labels } from '@tenantry/core'
import { sql, type ExpressionBuilder } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql, StorageDialect } from '../database/dialect.js'
import { fromJson } from '../statements/json.js'
import type { ResourceLabelTable } from '../schema/resource-tables.js'
import { ofTenant, type Executor } from '../statements/statement.js'

interface Place {
  readonly tenantId: string
  readonly type: string
  readonly id: string
}

/** The labels of the row's resource, as `toLabels` takes them. Where the tenant is known, it is named. */
export function labelList(eb: ExpressionBuilder<Tables, 'resources'>, dialect: StorageDialect, tenantId?: string) {
  const label = dialect.jsonRow([sql.ref('resource_labels.kind'), sql.ref('resource_labels.label')])
  return eb
    .selectFrom('resource_labels')
    .where('resource_labels.tenant_id', '=', tenantId ?? eb.ref('resources.tenant_id'))
    .whereRef('resource_labels.resource_type', '=', 'resources.type')
    .whereRef('resource_labels.resource_id', '=', 'resources.id')
    .select(dialect.jsonArray(label, sql.ref('resource_labels.position')).as('pairs'))
    .as('labels')
}

export function toLabels(column: unknown): Labels {
  const labels: Record<string, string[]> = {}
  for (const pair of fromJson<unknown[] | null>(column) ?? []) {
    const [kind, label] = fromJson<readonly [string, string]>(pair)
    labels[kind] = [...(labels[kind] ?? []), label]
  }
  return labels
}

/** Writes labels. Those of a resource that is removed go by themselves. */
export function resourceLabels({ db }: Sql) {
  const insert = ofTenant('tenant_id', (row: ResourceLabelTable) => db.insertInto('resource_labels').values(row), {
    deferrable: true,
  })
  const remove = ofTenant('tenantId', ({ tenantId, type, id }: Place) =>
    db
      .deleteFrom('resource_labels')
      .where('tenant_id', '=', tenantId)
      .where('resource_type', '=', type)
      .where('resource_id', '=', id),
  )

  return {
    async add(executor: Executor, { tenantId, type, id }: Place, labels: Labels): Promise<void> {
      const pairs = Object.entries(labels).flatMap(([kind, names]) => names.map((label) => ({ kind, label })))
      const place = { tenant_id: tenantId, resource_type: type, resource_id: id }
      for (const [position, pair] of pairs.entries()) await insert.affect(executor, { ...place, ...pair, position })
    },
    async remove(executor: Executor, { tenantId, type, id }: Place): Promise<void> {
      await remove.affect(executor, { tenantId, type, id })
    },
  }
}
