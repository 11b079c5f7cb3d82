import { fairQueue, type Executor } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import { setTenant, settingsFor, type TenantSettings } from './tenant-setting.js'

const current = `select coalesce(current_setting('tenancy.tenant_id', true), '') as "tenantId",
  coalesce(current_setting('tenancy.every_tenant', true), '') as "everyTenant"`

/** Runs each query under its own tenant, in a transaction whose host may have entered another, and enters that again. */
export async function keepHostSettings<Result>(
  executor: Executor,
  run: (executor: Executor) => Promise<Result>,
): Promise<Result> {
  const { rows } = await executor.executeQuery<TenantSettings>(CompiledQuery.raw(current))
  const before = rows[0] ?? settingsFor(undefined)
  let now = before
  // Two messages belong together, whatever else the work sends at the same time.
  const queue = fairQueue()

  async function enter({ tenantId, everyTenant }: TenantSettings) {
    if (tenantId === now.tenantId && everyTenant === now.everyTenant) return
    await executor.executeQuery(CompiledQuery.raw(setTenant('$1', '$2'), [tenantId, everyTenant]))
    now = { tenantId, everyTenant }
  }

  const within: Executor = {
    async executeQuery(query) {
      await queue.enter()
      try {
        await enter(settingsFor(query.tenant))
        return await executor.executeQuery(query)
      } finally {
        queue.leave()
      }
    },
  }

  try {
    return await run(within)
  } finally {
    // In a transaction that failed it fails, too; the rollback takes the setting back.
    await enter(before).catch(() => {})
  }
}
