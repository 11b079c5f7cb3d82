import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageContract } from '@tenantry/core/contract'
import BetterSqlite3 from 'better-sqlite3'
import { describe, test } from 'vitest'
import { IS_FULL_RUN } from '../../../scripts/full-run.js'
import { sqliteStorage } from './index.js'

describe.runIf(IS_FULL_RUN)('sqlite storage in memory', () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => ({ storage: sqliteStorage({ filename: ':memory:' }) })),
  )
})

describe('sqlite storage on a file', () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
      return {
        storage: sqliteStorage({ filename: join(folder, 'tenancy.db') }),
        dispose: async () => rmSync(folder, { recursive: true }),
      }
    }),
  )
})

describe("sqlite storage on the host's database", () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const database = new BetterSqlite3(':memory:')
      // A host may want bigint for its own tables.
      database.defaultSafeIntegers(true)
      return { storage: sqliteStorage({ database }), dispose: async () => void database.close() }
    }),
  )
})
