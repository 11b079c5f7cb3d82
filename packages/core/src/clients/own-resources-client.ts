import type { Page } from '../model/page.js'
import type { Resource } from '../model/resource.js'
import type { createOwnResource } from '../services/use-cases/resources/create-own-resource.js'
import type { deleteOwnResources } from '../services/use-cases/resources/delete-own-resources.js'
import type { listOwnResources } from '../services/use-cases/resources/list-own-resources.js'
import type { updateOwnResource } from '../services/use-cases/resources/update-own-resource.js'
import type { InputOf } from './input-of.js'
import type { ResourceReference } from './references.js'

export interface CreateOwnResourceInput extends InputOf<typeof createOwnResource> {}
export interface ListOwnResourcesInput extends InputOf<typeof listOwnResources> {}
export interface UpdateOwnResourceInput extends InputOf<typeof updateOwnResource> {}
export interface DeleteOwnResourcesInput extends InputOf<typeof deleteOwnResources> {}

/** Resources that are named without a tenant: in whichever of the caller's tenants they are. */
export interface OwnResourcesClient {
  /**
   * Creates a resource in the caller's personal tenant, and shares it with a tenant on request.
   *
   * @throws {TenancyError} `forbidden` if the caller may not create it in that tenant; `resource_already_exists`.
   */
  create(input: CreateOwnResourceInput): Promise<Resource>
  /**
   * Returns a resource that the caller owns or may read.
   *
   * @throws {TenancyError} `resource_not_found`; `forbidden`.
   */
  get(input: ResourceReference): Promise<Resource>
  /** Lists the resources of one type that the caller owns or may read in all their tenants, newest first. */
  list(input: ListOwnResourcesInput): Promise<Page<Resource>>
  /**
   * Changes the given fields and merges `attributes` by name. The owner may also change which tenant can see it.
   *
   * @throws {TenancyError} `forbidden`; `resource_not_found`; `conflict` if `expected` no longer matches.
   */
  update(input: UpdateOwnResourceInput): Promise<Resource>
  /**
   * Deletes up to 100 resources permanently: all of them, or none.
   *
   * @throws {TenancyError} `forbidden`; `resource_not_found`.
   */
  delete(input: DeleteOwnResourcesInput): Promise<void>
}
