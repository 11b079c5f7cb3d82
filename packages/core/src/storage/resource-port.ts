import type { LabelCount } from '../model/labels.js'
import type { PageRequest } from '../model/page.js'
import type { Resource } from '../model/resource.js'

export interface ResourceKey {
  /** The tenant in which the resource is seen. */
  readonly tenantId: string
  readonly type: string
  readonly id: string
}

export type ResourceChanges = Partial<
  Pick<Resource, 'visibility' | 'name' | 'attributes' | 'labels' | 'sizeBytes' | 'updatedAt' | 'activeAt'>
>

/** A resource that is shared: where its home is, where it is seen, and whose it is. */
export interface Share {
  readonly type: string
  readonly id: string
  readonly ownerTenantId: string
  readonly tenantId: string
  readonly ownerId: string
}

/** What a list of resources of one type is narrowed to, for one person. `keyword` is a part of the name. */
export interface ResourceFilter {
  readonly tenantId: string
  readonly type: string
  readonly userId: string
  /** The person's own; those of others that the tenant sees; or both. */
  readonly show: 'own' | 'others' | 'both'
  readonly keyword?: string | undefined
}

export type ResourceOrder = 'name' | 'created' | 'updated' | 'active' | 'size'

/** Where a page of resources ended: what the list is in the order of, the name in lower case, and the id. */
export interface ResourcePosition {
  readonly at: number | string
  readonly id: string
}

/** `direction` turns the whole order around, that of the ids included. */
export interface ResourceListQuery extends ResourceFilter {
  readonly orderBy: ResourceOrder
  readonly direction: 'asc' | 'desc'
  readonly page: { readonly limit: number; readonly offset?: number; readonly after?: ResourcePosition | undefined }
}

/** How many resources of one type a tenant sees, and how many bytes they say they take together. */
export interface ResourceTotal {
  readonly type: string
  readonly count: number
  readonly sizeBytes: number
}

/** Resources of one type in all tenants that a person is a member of, active or not: where they are seen. */
interface ResourcesOfUser {
  readonly userId: string
  readonly type: string
}

/**
 * The person's own that are seen or owned in one of `ownIn`, and those of visibility `tenant` that are seen in one of
 * `tenantIds`. `keyword` is a part of the name.
 */
export interface ResourceOfUserFilter extends ResourcesOfUser {
  readonly ownIn: readonly string[]
  readonly tenantIds: readonly string[]
  readonly keyword?: string | undefined
}

export interface ResourceReads {
  /** MUST answer the resource in the tenant in which it is seen, `null` in every other [resource-find]. */
  find(key: ResourceKey): Promise<Resource | null>

  /**
   * Resources of one type that a person may know of in the tenant in which they are seen: their own, and those of
   * visibility `tenant`.
   *
   * - MUST list those only, and never what is shared elsewhere [resource-list].
   * - MUST narrow by `show` and by `keyword`, compared in lower case; `%`, `_` and `\` stand for themselves
   *   [resource-list-filter].
   * - MUST order by `createdAt`, `updatedAt`, `activeAt`, `sizeBytes` or the name in lower case (`toLowerCase`), names by the
   *   bytes of UTF-8, then by id [resource-list-order].
   * - MUST answer pages without gap or repetition in every order, by position and by offset alike
   *   [resource-list-pages].
   */
  list(query: ResourceListQuery): Promise<readonly Resource[]>

  /** MUST count what {@link list} lists [resource-count]. */
  count(filter: ResourceFilter): Promise<number>

  /** MUST answer every one of this id, private ones of others too, by tenant id (bytes) [resource-find-of-user]. */
  findForUser(query: ResourcesOfUser & { readonly id: string }): Promise<readonly Resource[]>

  /**
   * Newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * - MUST list what the filter describes, nothing of a tenant that the person is no member of [resource-list-of-user].
   * - MUST compare `keyword` as {@link list} does [resource-list-of-user-keyword].
   * - MUST answer pages without gap or repetition, by position and by offset alike [resource-list-of-user-pages].
   */
  listForUser(query: ResourceOfUserFilter & { readonly page: PageRequest }): Promise<readonly Resource[]>

  /** MUST count what {@link listForUser} lists [resource-count-of-user]. */
  countForUser(filter: ResourceOfUserFilter): Promise<number>
  /**
   * MUST count, among what {@link list} lists, how many bear each label of one kind, the most frequent first, then by
   * the bytes of UTF-8, and no more labels than `limit` [resource-count-labels].
   */
  countLabels(
    query: Omit<ResourceFilter, 'keyword'> & { readonly kind: string; readonly limit: number },
  ): Promise<readonly LabelCount[]>

  /** MUST sum up what is seen in the tenant, by type, in the order of the types' bytes [resource-totals]. */
  totals(query: { readonly tenantId: string }): Promise<readonly ResourceTotal[]>

  /**
   * MUST sum up what is seen in the organization's tenants that are not deleted, by type, in the order of the types'
   * bytes [resource-totals-by-organization].
   */
  totalsByOrganization(query: { readonly organizationId: string }): Promise<readonly ResourceTotal[]>

  /** MUST answer where a resource of this home is shared with, `null` when it is in its own tenant or nowhere [resource-find-share]. */
  findShare(key: { readonly ownerTenantId: string; readonly type: string; readonly id: string }): Promise<Share | null>

  /**
   * MUST answer what the person has shared into the tenant or out of it, or everybody when no person is named, by type
   * and id [resource-list-shares].
   */
  listShares(query: { readonly tenantId: string; readonly ownerId?: string | undefined }): Promise<readonly Share[]>
}

export interface ResourceRepository extends ResourceReads {
  /**
   * Writes a resource that is in its own tenant.
   *
   * - MUST keep every field as given [resource-insert].
   * - MUST refuse one of the type and id of another that is in its own tenant there, shared with there, or shared from there
   *   (`resource`), leaving it as it was [resource-insert-twice].
   * - MUST refuse an unknown tenant or owner (`reference`), at once or at the commit [resource-insert-reference].
   */
  insert(resource: Resource): Promise<void>

  /** MUST change the named fields only, and answer whether the tenant sees the resource [resource-update]. */
  update(change: ResourceKey & { readonly set: ResourceChanges }): Promise<boolean>

  /**
   * - MUST remove this one only, also from its home when it is shared, where its id is free then, and answer whether the
   *   tenant saw it [resource-delete].
   * - MUST remove what was said about it with it, here and at its home, and nothing else that was said
   *   [resource-delete-comments].
   */
  delete(key: ResourceKey): Promise<boolean>

  /**
   * Moves a resource that is in its own tenant to another tenant, where it is of visibility `tenant`.
   *
   * - MUST move it with every other field but `updatedAt` and `activeAt` as it was, and answer whether it was in its own tenant
   *   [resource-share].
   * - MUST refuse a tenant at which the type and id are taken (`resource`), also by one that is shared from there
   *   [resource-share-twice].
   * - MUST leave what was said about it where it was said [resource-share-comments].
   */
  share(move: ResourceKey & { readonly to: string; readonly at: number }): Promise<boolean>

  /**
   * - MUST move a shared resource back to its home, where it is of visibility `private`, with every other field but
   *   `updatedAt` and `activeAt` as it was, and answer whether it was shared with the tenant [resource-take-back].
   * - MUST remove what was said about it while it was shared, and keep what was said at its home
   *   [resource-take-back-comments].
   */
  unshare(move: ResourceKey & { readonly at: number }): Promise<boolean>

  /**
   * MUST give another owner to what one owner has in its own tenant in the tenant, or to the `only` one that is named, and answer
   * how many [resource-reassign].
   */
  reassign(change: {
    readonly tenantId: string
    readonly from: string
    readonly to: string
    readonly only?: { readonly type: string; readonly id: string }
  }): Promise<number>
}
