import { z } from 'zod'
import { Id } from '../../../model/id.js'
import type { Locks, Transaction } from '../../../storage/port.js'
import type { DueTenant } from '../../../storage/purge-port.js'
import { SYSTEM } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'

const ROWS_PER_STEP = 500

/** Removes one tenant in short transactions. Answers whether it is gone by this call. */
export async function purgeTenant(
  context: Context,
  { id: tenantId, ownerId, deletedBefore }: DueTenant & { readonly deletedBefore: number },
  isStopping: () => boolean,
): Promise<boolean> {
  const step = <Result>(locks: Locks, work: (tx: Transaction) => Promise<Result>) =>
    retryWhenBusy(() => context.storage.transaction(locks, work))
  const locks = { tenants: [tenantId] }
  const at = context.clock()
  if (!(await step(locks, (tx) => tx.purges.begin({ tenantId, deletedBefore, at })))) return false
  // What it was shared is others' and returns to its own tenant; what it shared returns to its own tenant, to go with it.
  for (const { ownerTenantId, ...share } of await context.storage.read.resources.listShares({ tenantId }))
    await step({ tenants: [ownerTenantId, share.tenantId] }, (tx) => tx.resources.unshare({ ...share, at }))
  for (;;) {
    if (isStopping()) return false
    const removed = await step(locks, (tx) => tx.purges.deleteBatch({ tenantId, limit: ROWS_PER_STEP }))
    if (removed === 0) break
  }
  return complete({ context, actor: SYSTEM }, { tenantId, ownerId })
}

/** The last step, told in the chain of the last owner, because the tenant's own is gone with it. */
const complete = globalCommand({
  input: z.strictObject({ tenantId: Id, ownerId: Id }),
  who: 'operator',
  async prepare(_, { tenantId, ownerId }) {
    return { locks: { tenants: [tenantId], users: [ownerId] }, scope: { userId: ownerId }, found: null }
  },
  async run({ tx }, { tenantId }) {
    const head = await tx.events.head({ tenantId })
    if (!(await tx.purges.complete(tenantId))) return { result: false, events: [] }
    const data = { lastSeq: head?.seq ?? 0, lastHash: head?.hash ?? null }
    return { result: true, events: [{ type: 'tenant.purged', target: { type: 'tenant', id: tenantId }, data }] }
  },
})
