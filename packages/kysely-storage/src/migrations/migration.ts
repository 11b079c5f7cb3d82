import type { Transaction } from 'kysely'
import type { Tables } from '../database.js'
import type { StorageDialect } from '../dialect.js'

/** One step of the schema. Once released it never changes; what comes after is another step. */
export interface Migration {
  readonly name: string
  up(transaction: Transaction<Tables>, dialect: StorageDialect): Promise<void>
}
