import type { Membership } from '../model/membership.js'
import type { PageRequest } from '../model/page.js'
import type { Settings, Tenant, TenantStatus } from '../model/tenant.js'

/** A tenant seen by one of its members. */
export interface TenantOfUser<Values = Settings> {
  readonly tenant: Tenant<Values>
  readonly membership: Membership
}

/** A tenant in a person's list; `membersCount` is how many members it has, active or not, when that was asked for. */
export interface ListedTenant<Values = Settings> extends TenantOfUser<Values> {
  readonly membersCount: number | null
}

export type TenantChanges = Partial<
  Pick<Tenant, 'name' | 'slug' | 'joinPolicy' | 'description' | 'plan' | 'settings' | 'ownerId'>
>

export interface TenantReads {
  /** MUST answer the tenant whatever its status, `null` when there is none [tenant-find]. */
  find(id: string): Promise<Tenant | null>

  /** MUST return the id of the tenant that has the slug now, whatever its status, `null` when there is none [tenant-find-by-slug]. */
  findIdBySlug(slug: string): Promise<string | null>

  /**
   * The active tenants in which the user is an active member, oldest membership first, then by tenant id (bytes).
   *
   * - MUST leave out tenants that are not active and memberships that are not active [tenant-list-by-user].
   * - MUST answer pages without gap or repetition, by position and by offset alike [tenant-list-by-user-pages].
   *   The position is the membership's `createdAt` and the tenant's id.
   * - MUST count each tenant's members with `countMembers`, else answer `null` [tenant-list-by-user-members].
   */
  listByUser(query: {
    readonly userId: string
    readonly countMembers?: boolean
    readonly page: PageRequest
  }): Promise<readonly ListedTenant[]>

  /** How many tenants {@link listByUser} would list. MUST count what it lists [tenant-count-by-user]. */
  countByUser(query: { readonly userId: string }): Promise<number>

  /**
   * All tenants that are not deleted, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * - MUST list every status but deleted [tenant-list-all].
   * - MUST answer pages without gap or repetition, by position and by offset alike [tenant-list-all-pages].
   */
  listAll(query: { readonly page: PageRequest }): Promise<readonly Tenant[]>

  /** MUST count what {@link listAll} lists [tenant-count-all]. */
  countAll(): Promise<number>

  /**
   * The tenants of one organization that are not deleted, oldest first, then by id (bytes). The position is `createdAt`
   * and id.
   *
   * - MUST list one organization's, in every status but deleted [tenant-list-by-organization].
   * - MUST answer pages without gap or repetition, by position and by offset alike [tenant-list-by-organization-pages].
   */
  listByOrganization(query: { readonly organizationId: string; readonly page: PageRequest }): Promise<readonly Tenant[]>

  /** MUST count what {@link listByOrganization} lists [tenant-count-by-organization]. */
  countByOrganization(query: { readonly organizationId: string }): Promise<number>

  /**
   * The active tenant in which the user works when a request names none: the `currentTenantId` of the user's state when
   * the user is an active member of it and it is active, else the first of {@link listByUser}.
   *
   * MUST answer as said, and `null` when there is none [tenant-current].
   */
  current(query: { readonly userId: string }): Promise<TenantOfUser | null>
}

export interface TenantRepository extends TenantReads {
  /**
   * Writes a new tenant. Its owner's membership follows in the same transaction.
   *
   * - MUST keep every field as given [tenant-insert].
   * - MUST refuse a second tenant with the same id (`tenant.id`) [tenant-insert-twice] or the same slug
   *   (`tenant.slug`), leaving the first as it was [tenant-insert-slug].
   * - MUST reject the commit with `reference` when the owner is no member by then [tenant-owner-is-member].
   */
  insert(tenant: Tenant): Promise<void>

  /**
   * Changes the named fields of a tenant that has the status `status`.
   *
   * - MUST answer `true` when the tenant has that status, also when nothing is named, and change no other field
   *   [tenant-update].
   * - MUST change nothing when the status differs or the tenant is absent [tenant-update-guard].
   * - MUST refuse a slug that another tenant has (`tenant.slug`) [tenant-update-slug].
   * - MUST reject the commit with `reference` when a new owner is no member by then [tenant-update-owner].
   */
  update(change: { readonly id: string; readonly status: TenantStatus; readonly set: TenantChanges }): Promise<boolean>

  /**
   * Moves a tenant from one status to another.
   *
   * - MUST set the status, and `deletedAt` as given or `null` [tenant-set-status].
   * - MUST answer `false` and change nothing when it did not have the first [tenant-set-status-guard]. A purge that has
   *   begun keeps the status it has, see `purges.begin`.
   */
  setStatus(change: {
    readonly id: string
    readonly from: TenantStatus
    readonly to: TenantStatus
    readonly deletedAt?: number
  }): Promise<boolean>
}
