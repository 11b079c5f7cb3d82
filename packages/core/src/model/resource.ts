import { z } from 'zod'
import { Id, line, Moment } from './id.js'
import { Labels } from './labels.js'

/** Who sees a resource besides its owner: nobody, or the members of the tenant who may read things of its type. */
export const ResourceVisibility = z.enum(['private', 'tenant'])
export type ResourceVisibility = z.infer<typeof ResourceVisibility>

export const ResourceName = line(200)

export const SizeBytes = z.int('must be a whole number of bytes').nonnegative()

const MOST_BYTES = 512 * 1024
const DEEPEST = 32

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth > DEEPEST) return false
  return (Array.isArray(value) || isPlain(value)) && Object.values(value).every((part) => isJson(part, depth + 1))
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** What the host keeps about a resource: a JSON object of at most 512 KiB as text, 32 levels deep. */
export const Attributes = z
  .custom<{ readonly [key: string]: Json }>((value) => isPlain(value) && isJson(value), 'must be a JSON object')
  // A copy, which the caller no longer holds.
  .transform((value) => JSON.stringify(value))
  .refine((text) => Buffer.byteLength(text) <= MOST_BYTES, 'must be at most 512 KiB of JSON')
  // It was this type before it became text.
  .transform((text) => JSON.parse(text) as { readonly [key: string]: Json })
export type Attributes = z.output<typeof Attributes>

/**
 * A thing of the host's, such as a document. `type` is one of the resources the host declares; `id` is unique among
 * those of its type in the tenant. `tenantId` is the tenant in which it is seen: its home, where it was made, or the
 * one to which its owner lent it, and then nowhere else. INVARIANT: lent ⇒ `visibility` is `tenant`, and its owner is
 * a member of both tenants.
 */
export const Resource = z.object({
  tenantId: Id,
  type: z.string(),
  id: Id,
  homeTenantId: Id,
  ownerId: Id,
  visibility: ResourceVisibility,
  name: ResourceName,
  attributes: Attributes,
  labels: Labels,
  sizeBytes: SizeBytes,
  createdAt: Moment,
  updatedAt: Moment,
  /** When it last changed, or something was last said about it. */
  activeAt: Moment,
})
export type Resource = Readonly<z.output<typeof Resource>>
