import { checkListByPermission } from '@tenantry/kysely-storage/testing'
import { test } from 'vitest'
import { sqliteStorage } from './index.js'

test('on SQLite, those who are listed for a permission are those whom a decision on each allows', async () => {
  const storage = sqliteStorage({ filename: ':memory:' })
  await storage.migrate()
  await checkListByPermission(storage, 100)
  await storage.close()
})
