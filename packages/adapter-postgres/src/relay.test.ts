import { test } from 'vitest'
import { assertDeliveredByProcesses } from '../../../scripts/delivery-processes.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()

test('three processes hand over every event in order, though one of them is killed on the way', async () => {
  const options = { connectionString: database.url }
  const storage = postgresStorage(options)
  const openStorage = `
    import { postgresStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const storage = postgresStorage(${JSON.stringify(options)})`
  await assertDeliveredByProcesses({ storage, openStorage, workers: 3 })
  await storage.close()
}, 180_000)
