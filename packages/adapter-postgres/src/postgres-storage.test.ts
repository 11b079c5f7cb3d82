import { storageContract } from '@tenantry/core/contract'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage, type PostgresStorageOptions } from './index.js'

const database = useTestDatabase()

function provesTheContract(options: () => PostgresStorageOptions) {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const schema = database.newSchema()
      return {
        storage: postgresStorage({ ...options(), schema }),
        dispose: async () => void (await database.query(`drop schema if exists ${schema} cascade`)),
      }
    }),
  )
}

describe('postgres storage with a pool of its own', () => {
  provesTheContract(() => ({ connectionString: database.url }))
})

describe("postgres storage on the host's pool of one connection, without prepared statements", () => {
  let pool: Pool
  beforeAll(() => (pool = new Pool({ connectionString: database.url, max: 1 })))
  afterAll(() => pool.end())

  provesTheContract(() => ({ pool, preparedStatements: false }))
})
