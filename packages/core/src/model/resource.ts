import { z } from 'zod'
import { Id, line, Moment } from './id.js'
import { jsonObject } from './json-object.js'
import { Labels } from './labels.js'

/** Who sees a resource besides its owner: nobody, or the members of the tenant who may read things of its type. */
export const ResourceVisibility = z.enum(['private', 'tenant'])
export type ResourceVisibility = z.infer<typeof ResourceVisibility>

export const ResourceName = line(200)

export const SizeBytes = z.int('must be a whole number of bytes').nonnegative()

/** What the host keeps about a resource: a JSON object of at most 512 KiB as text, 32 levels deep. */
export const Attributes = jsonObject({ kibibytes: 512, levels: 32 })
export type Attributes = z.output<typeof Attributes>

/**
 * A thing of the host's, such as a document. `type` is one of the resources the host declares; `id` is unique among
 * those of its type in the tenant. `tenantId` is the tenant in which it is seen: its home, where it was made, or the
 * one to which its owner shared it, and then nowhere else. INVARIANT: shared ⇒ `visibility` is `tenant`, and its owner is
 * a member of both tenants.
 */
export const Resource = z.object({
  tenantId: Id,
  type: z.string(),
  id: Id,
  ownerTenantId: Id,
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
export interface Resource extends Readonly<z.output<typeof Resource>> {}
