import { z } from 'zod'
import { Id, Moment } from './id.js'

/** A small file of a tenant, such as its logo. */
export const StoredFile = z.object({
  tenantId: Id,
  id: Id,
  purpose: z.literal('logo'),
  contentType: z.string(),
  bytes: z.instanceof(Uint8Array),
  createdAt: Moment,
})
export type StoredFile = Readonly<z.infer<typeof StoredFile>>
