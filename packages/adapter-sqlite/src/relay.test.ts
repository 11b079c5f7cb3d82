import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { assertDeliveredByProcesses } from '../../../scripts/delivery-processes.js'
import { sqliteStorage } from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'tenantry-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('two processes hand over every event in order, though one of them is killed on the way', async () => {
  const options = { filename: join(folder, 'tenancy.db') }
  const storage = sqliteStorage(options)
  const openStorage = `
    import { sqliteStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const storage = sqliteStorage(${JSON.stringify(options)})`
  await assertDeliveredByProcesses({ storage, openStorage, workers: 2 })
  await storage.close()
}, 180_000)
