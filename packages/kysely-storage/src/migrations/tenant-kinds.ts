import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** What kind of tenant one is, who may come in, and since when it is deleted. */
export const tenantKinds: Migration = {
  name: 'kinds of tenants',
  async up(db, dialect) {
    await addColumns(db, dialect, 'tenants', {
      type: { kind: 'text', default: 'group' },
      join_policy: { kind: 'text', default: 'closed' },
      description: 'text?',
      deleted_at: 'integer?',
    })
    // Until now a tenant was deleted with its owner's account only, and nobody is left who could restore it.
    await db
      .updateTable('tenants')
      .set((eb) => ({ deleted_at: eb.ref('created_at') }))
      .where('status', '=', 'deleted')
      .execute()
  },
}
