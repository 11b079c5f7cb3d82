import { storageContract } from '@tenantry/core/contract'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { contractSchema } from '../../../scripts/contract-schema.js'
import { IS_FULL_RUN } from '../../../scripts/full-run.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage, type PostgresStorageOptions } from './index.js'

const database = useTestDatabase()

function provesTheContract(options: () => PostgresStorageOptions, cases = storageContract) {
  test.each(cases)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const { schema, unshare } = contractSchema(database, contractCase)
      return { storage: postgresStorage({ ...options(), schema }), dispose: unshare }
    }),
  )
}

describe('postgres storage with a pool of its own', () => {
  provesTheContract(() => ({ connectionString: database.url }))
})

describe.runIf(IS_FULL_RUN)(
  "postgres storage on the host's pool of one connection, without prepared statements",
  () => {
    let pool: Pool
    beforeAll(() => (pool = new Pool({ connectionString: database.url, max: 1 })))
    afterAll(() => pool.end())

    provesTheContract(() => ({ pool, preparedStatements: false }))
  },
)

describe('postgres storage where a backslash means something in every text', () => {
  let pool: Pool
  beforeAll(() => {
    const options = '-c standard_conforming_strings=off -c escape_string_warning=off'
    pool = new Pool({ connectionString: database.url, options })
  })
  afterAll(() => pool.end())

  // Where keywords and awkward texts are.
  const cases = storageContract.filter(({ id }) => /-(list|count|insert|enqueue|find)\b/.test(id))
  provesTheContract(() => ({ pool }), cases)
})
