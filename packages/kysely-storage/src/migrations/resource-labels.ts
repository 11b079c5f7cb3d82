import type { Migration } from './migration.js'
import { addColumns, createTables, type TableShape } from './table-shape.js'

/** The words by which resources are found and counted; they go with the row of their resource. */
const shapes = {
  resource_labels: {
    columns: {
      tenant_id: 'text',
      resource_type: 'text',
      resource_id: 'text',
      kind: 'text',
      label: 'text',
      position: 'integer',
    },
    primary: ['tenant_id', 'resource_type', 'resource_id', 'kind', 'label'],
    foreign: [
      {
        columns: ['tenant_id', 'resource_type', 'resource_id'],
        table: 'resources',
        references: ['tenant_id', 'type', 'id'],
        cascade: true,
      },
    ],
    indexes: [['tenant_id', 'resource_type', 'kind', 'label']],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>

/** Labels, and when something last happened to a resource. */
export const resourceLabels: Migration = {
  name: 'labels and activity of resources',
  async up(db, dialect) {
    await createTables(db, dialect, shapes)
    await addColumns(db, dialect, 'resources', { active_at: { kind: 'integer', default: '0' } })
    await db
      .updateTable('resources')
      .set((eb) => ({ active_at: eb.ref('updated_at') }))
      .execute()
    await db.schema
      .createIndex('tenancy_resources_tenant_id_type_active_at_id')
      .on('resources')
      .columns(['tenant_id', 'type', 'active_at', 'id'])
      .execute()
  },
}
