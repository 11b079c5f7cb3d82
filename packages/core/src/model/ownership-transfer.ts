import { z } from 'zod'
import { Id, Moment } from './id.js'

/** The one transfer of ownership a tenant may have under way. Code and token are kept as hashes. */
export const OwnershipTransfer = z.object({
  tenantId: Id,
  ownerId: Id,
  phase: z.enum(['sent', 'verified']),
  codeHash: z.string(),
  tokenHash: z.string(),
  expiresAt: Moment,
})
export interface OwnershipTransfer extends Readonly<z.infer<typeof OwnershipTransfer>> {}
