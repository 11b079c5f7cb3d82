import { checkListByPermission } from '@tenantry/kysely-storage/testing'
import { test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()

test('on PostgreSQL, those who are listed for a permission are those whom a decision on each allows', async () => {
  const storage = postgresStorage({ connectionString: database.url })
  await storage.migrate()
  await checkListByPermission(storage, 40)
  await storage.close()
})
