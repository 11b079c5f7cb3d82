import type { LabelCount } from '../model/labels.js'
import type { Page } from '../model/page.js'
import type { Resource } from '../model/resource.js'
import type { countLabels } from '../services/use-cases/resources/count-labels.js'
import type { createResource } from '../services/use-cases/resources/create-resource.js'
import type { listResources } from '../services/use-cases/resources/list-resources.js'
import type { resourceStatistics } from '../services/use-cases/resources/resource-statistics.js'
import type { shareResource } from '../services/use-cases/resources/share-resource.js'
import type { transferResource } from '../services/use-cases/resources/transfer-resource.js'
import type { updateResource } from '../services/use-cases/resources/update-resource.js'
import type { InputOf } from './input-of.js'
import type { ResourceReference } from './references.js'

export interface CreateResourceInput extends InputOf<typeof createResource> {}
export interface ListResourcesInput extends InputOf<typeof listResources> {}
export interface UpdateResourceInput extends InputOf<typeof updateResource> {}
export interface ShareResourceInput extends InputOf<typeof shareResource> {}
export interface TransferResourceInput extends InputOf<typeof transferResource> {}
export interface CountLabelsInput extends InputOf<typeof countLabels> {}

/** The number and size of the resources that a tenant can see, by type, and the number of its active members. */
export interface ResourceStatistics extends Awaited<ReturnType<typeof resourceStatistics>> {}

/** The resources of one tenant. A type that the host does not declare is `invalid_input`. */
export interface ResourcesClient {
  /**
   * Creates a resource in the tenant. The caller owns it.
   *
   * @throws {TenancyError} `forbidden` without `<type>:create`; `resource_already_exists` if the ID is taken.
   */
  create(input: CreateResourceInput): Promise<Resource>
  /**
   * Returns a resource that the caller owns or may read.
   *
   * @throws {TenancyError} `resource_not_found` for one that the caller cannot see; `forbidden` without `<type>:read`.
   */
  get(input: ResourceReference): Promise<Resource>
  /** Lists resources of one type, newest first by default: the caller's own, those the tenant can see, or both. */
  list(input: ListResourcesInput): Promise<Page<Resource>>
  /**
   * Changes the given fields. `attributes` and `labels` are replaced as a whole, or key by key with `merge`.
   *
   * @throws {TenancyError} `forbidden`; `resource_not_found`; `conflict` if `expected` no longer matches.
   */
  update(input: UpdateResourceInput): Promise<Resource>
  /**
   * Deletes a resource permanently. A shared one is deleted in both tenants.
   *
   * @throws {TenancyError} `forbidden`; `resource_not_found`.
   */
  delete(input: ResourceReference): Promise<void>
  /**
   * Makes a resource visible in its tenant, or shares it with another tenant, where it is then visible exclusively.
   *
   * @throws {TenancyError} `forbidden` unless the owner may create one like it there; `tenant_not_found`;
   * `conflict` if it is shared already; `resource_already_exists` if the other tenant has one with its ID.
   */
  share(input: ShareResourceInput): Promise<Resource>
  /**
   * Makes a resource private again. A shared one returns to its owner's tenant.
   *
   * @throws {TenancyError} `forbidden` for anyone but its owner; `resource_not_found`.
   */
  unshare(input: ResourceReference): Promise<Resource>
  /**
   * Makes another active member the owner of a resource.
   *
   * @throws {TenancyError} `forbidden`; `member_not_found`; `conflict` while it is shared.
   */
  transfer(input: TransferResourceInput): Promise<Resource>
  /** Counts how many readable resources have each label of one kind, the most frequent first. */
  countLabels(input: CountLabelsInput): Promise<readonly LabelCount[]>
  /**
   * Counts the resources and bytes that the tenant can see, by type, and the active members.
   *
   * @throws {TenancyError} `forbidden` without `tenant:update`.
   */
  statistics(): Promise<ResourceStatistics>
}
