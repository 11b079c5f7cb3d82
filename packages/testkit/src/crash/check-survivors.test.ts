import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkSurvivors } from './check-survivors.js'
import { crashTenancy } from './crash-tenancy.js'
import { liveInOneTenant } from './live-in-one-tenant.js'
import type { Acknowledged } from './live-in-one-tenant.js'

describe('what a crash has left', () => {
  let folder: string
  let mailFile: string
  let storage: Storage
  let acknowledged: Acknowledged[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenantry-mails-'))
    mailFile = join(folder, 'sent')
    storage = memoryStorage()
    acknowledged = []
    const tenancy = crashTenancy(storage, { mailFile })
    await liveInOneTenant(tenancy, (write) => acknowledged.push(write))
    await tenancy.close()
  })

  afterEach(() => rm(folder, { recursive: true }))

  test('is as it should be when nothing was lost, also when a mail went out twice', async () => {
    await checkSurvivors({ storage, mailFile, acknowledged })
    await appendFile(mailFile, await readFile(mailFile))
    await expect(checkSurvivors({ storage, mailFile, acknowledged })).resolves.toBe(0)
  })

  test('is found to miss a write that was acknowledged', async () => {
    const lost: Acknowledged = { scope: { tenantId: 'one' }, type: 'tenant.created', targetId: 'one' }
    const check = checkSurvivors({ storage, mailFile, acknowledged: [...acknowledged, lost] })
    await expect(check).rejects.toThrow('was acknowledged and is lost')
  })

  test('is found to miss a mail', async () => {
    await checkSurvivors({ storage, mailFile, acknowledged })
    await truncate(mailFile)
    await expect(checkSurvivors({ storage, mailFile, acknowledged })).rejects.toThrow('not those that were caused')
  })

  test('is found to hold a membership that no event tells of', async () => {
    const [tenant] = await storage.read.tenants.listAll({ page: { limit: 1 } })
    const change = { tenantId: tenant?.id ?? '', userId: tenant?.ownerId ?? '', set: { overrides: { 'a:b': true } } }
    await storage.transaction({}, (tx) => tx.memberships.update(change))
    await expect(checkSurvivors({ storage, mailFile, acknowledged })).rejects.toThrow('not what its audit log')
  })
})
