import type { OwnershipTransferReads, OwnershipTransferRepository } from '@tenantry/core'
import type { OwnershipTransferTable } from '../schema/tenant-tables.js'
import type { Sql } from '../database/dialect.js'
import { ofTenant, type Executor } from '../statements/statement.js'

const transferColumns = ['tenant_id', 'owner_id', 'phase', 'code_hash', 'token_hash', 'expires_at'] as const

export function ownershipTransfers({ db }: Sql) {
  const find = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.selectFrom('ownership_transfers').select(transferColumns).where('tenant_id', '=', tenantId),
  )
  const put = ofTenant('tenant_id', ({ tenant_id, ...row }: OwnershipTransferTable) =>
    db
      .insertInto('ownership_transfers')
      .values({ tenant_id, ...row })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row)),
  )
  const verify = ofTenant(
    'tenantId',
    (given: { tenantId: string; tokenHash: string; nextTokenHash: string; expiresAt: number }) =>
      db
        .updateTable('ownership_transfers')
        .set({ phase: 'verified', token_hash: given.nextTokenHash, expires_at: given.expiresAt })
        .where('tenant_id', '=', given.tenantId)
        .where('phase', '=', 'sent')
        .where('token_hash', '=', given.tokenHash),
  )
  const remove = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('ownership_transfers').where('tenant_id', '=', tenantId),
  )

  const reads = (executor: Executor): OwnershipTransferReads => ({
    async find(tenantId) {
      const row = await find.first(executor, { tenantId })
      return (
        row && {
          tenantId: row.tenant_id,
          ownerId: row.owner_id,
          phase: row.phase,
          codeHash: row.code_hash,
          tokenHash: row.token_hash,
          expiresAt: row.expires_at,
        }
      )
    },
  })

  const repository = (executor: Executor): OwnershipTransferRepository => ({
    ...reads(executor),
    async put(transfer) {
      await put.affect(executor, {
        tenant_id: transfer.tenantId,
        owner_id: transfer.ownerId,
        phase: transfer.phase,
        code_hash: transfer.codeHash,
        token_hash: transfer.tokenHash,
        expires_at: transfer.expiresAt,
      })
    },
    async verify({ tenantId, tokenHash, nextTokenHash, expiresAt }) {
      return (await verify.affect(executor, { tenantId, tokenHash, nextTokenHash, expiresAt })) > 0
    },
    async delete(tenantId) {
      return (await remove.affect(executor, { tenantId })) > 0
    },
  })

  return { reads, repository }
}
