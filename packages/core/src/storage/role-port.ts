import type { TenantRole } from '../model/tenant-role.js'

export type RoleChanges = Partial<Pick<TenantRole, 'name' | 'rank' | 'permissions'>>

export interface RoleKeyOfTenant {
  readonly tenantId: string
  readonly key: string
}

/** The roles that tenants made for themselves. */
export interface RoleReads {
  /** MUST answer the role in this tenant only, `null` when there is none [role-find]. */
  find(key: RoleKeyOfTenant): Promise<TenantRole | null>

  /** MUST answer every role of this tenant and no other's, by key (bytes) [role-list]. */
  list(tenantId: string): Promise<readonly TenantRole[]>

  /** MUST count what {@link list} lists [role-count]. */
  count(tenantId: string): Promise<number>
}

export interface RoleRepository extends RoleReads {
  /**
   * - MUST keep every field as given, the permissions in their order [role-insert].
   * - MUST refuse a second one with the same key in the same tenant (`role`) [role-insert-twice].
   */
  insert(role: TenantRole): Promise<void>

  /** MUST change the named fields of this one only, and answer whether it exists [role-update]. */
  update(change: RoleKeyOfTenant & { readonly set: RoleChanges }): Promise<boolean>

  /** MUST remove this one only, and answer whether it existed [role-delete]. */
  delete(key: RoleKeyOfTenant): Promise<boolean>
}
