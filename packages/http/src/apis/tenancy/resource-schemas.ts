import { z } from 'zod'
import { IsoTime, WireId } from '../../handler/fields.js'

export const Resource = z.object({
  type: z.string(),
  id: WireId,
  tenantId: WireId,
  ownerTenantId: WireId,
  ownerId: WireId,
  visibility: z.enum(['private', 'tenant']),
  name: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  labels: z.record(z.string(), z.array(z.string())),
  sizeBytes: z.number(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  activeAt: IsoTime,
})

export const Totals = z.record(
  z.string(),
  z.object({ count: z.int().nonnegative(), sizeBytes: z.number().nonnegative() }),
)

export const Comment = z.object({
  id: WireId,
  text: z.string(),
  author: z.object({ id: WireId, name: z.string().nullable(), avatarUrl: z.string().nullable() }),
  createdAt: IsoTime,
})
