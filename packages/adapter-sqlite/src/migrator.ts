import type { Migrator } from '@tenantry/kysely-storage'

/** One transaction a step, which began as the only one that writes. */
export const sqliteMigrator: Migrator = {
  patienceMs: 20_000,
  inBatches: false,
  exclusively: (db, work) => db.transaction().execute(work),
  async run(_, transaction, parts) {
    for (const { query } of parts) await transaction.executeQuery(query)
  },
  index(db, { name, table, columns, unique }) {
    const index = db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
    return [{ query: (unique ? index.unique() : index).compile(), table, lock: null, how: 'transaction' }]
  },
  // Its `alter table` has none.
  constraint: () => [],
  rowsOf: () => Promise.resolve(null),
}
