import type { OwnershipTransferReads, OwnershipTransferRepository } from '../ownership-transfer-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'

export function ownershipTransferReads({ ownershipTransfers }: Tables): OwnershipTransferReads {
  return { find: async (tenantId) => ownershipTransfers.get(everywhere, tenantId) ?? null }
}

export function ownershipTransferRepository({ tables }: Draft): OwnershipTransferRepository {
  const { ownershipTransfers } = tables
  return {
    ...ownershipTransferReads(tables),
    put: async (transfer) => ownershipTransfers.set(everywhere, transfer.tenantId, keep(transfer)),
    async verify({ tenantId, tokenHash, nextTokenHash, expiresAt }) {
      const transfer = ownershipTransfers.get(everywhere, tenantId)
      if (transfer?.phase !== 'sent' || transfer.tokenHash !== tokenHash) return false
      const verified = keep({ ...transfer, phase: 'verified' as const, tokenHash: nextTokenHash, expiresAt })
      ownershipTransfers.set(everywhere, tenantId, verified)
      return true
    },
    delete: async (tenantId) => ownershipTransfers.remove(everywhere, tenantId),
  }
}
