import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { sqliteStorage } from '@tenantry/adapter-sqlite'
import type { Storage } from '@tenantry/core'
import type { DatabaseSettings } from './settings.js'

/** Opens the configured database. The PostgreSQL adapter is not loaded for SQLite. */
export async function openStorage(database: DatabaseSettings): Promise<Storage> {
  if (database.kind === 'sqlite') {
    mkdirSync(path.dirname(database.filename), { recursive: true })
    return sqliteStorage({ filename: database.filename })
  }
  const { postgresStorage } = await import('@tenantry/adapter-postgres')
  return postgresStorage({ connectionString: database.connectionString })
}
