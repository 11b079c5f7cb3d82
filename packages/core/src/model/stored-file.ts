import { z } from 'zod'
import { Id, Moment } from './id.js'

/** Bytes in whatever memory they lie: `z.instanceof` would infer those of an `ArrayBuffer` only, which a `Buffer` is not. */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes')

/** A small file of a tenant, such as an image. */
export const StoredFile = z.object({
  tenantId: Id,
  id: Id,
  /** The key of the setting that it is for. */
  purpose: z.string(),
  contentType: z.string(),
  bytes: Bytes,
  createdAt: Moment,
})
export interface StoredFile extends Readonly<z.infer<typeof StoredFile>> {}
