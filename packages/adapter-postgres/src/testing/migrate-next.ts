import { migrate, placeTables, type Migration, type Tables } from '@tenantry/kysely-storage'
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { placeIn, postgresFacts } from '../dialect.js'
import { PostgresDriver } from '../driver.js'
import type { PostgresPool } from '../postgres-pool.js'
import { statementNames } from '../statement-names.js'

/** Our tables in a schema, as the storage sees them when it migrates. */
export function tablesIn(schema: string, pool: PostgresPool): Kysely<Tables> {
  const driver = { pool, statementTimeout: 2 ** 31 - 1, names: statementNames({ preparedStatements: true }) }
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PostgresDriver(driver),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [placeTables(placeIn(schema))],
  })
}

/** Brings the tables in a schema to another schema than this release's. */
export const migrateTo = (
  migrations: readonly Migration[],
  { schema, pool, plan = false }: { readonly schema: string; readonly pool: PostgresPool; readonly plan?: boolean },
) => migrate({ db: tablesIn(schema, pool), dialect: postgresFacts(schema) }, { migrations, plan })
