import type { createRole } from '../services/use-cases/roles/create-role.js'
import type { deleteRole } from '../services/use-cases/roles/delete-role.js'
import type { updateRole } from '../services/use-cases/roles/update-role.js'
import type { ListedRole } from '../services/steps/roles/listed-role.js'
import type { InputOf } from './input-of.js'

/** A new custom role, with permissions that the host declares. */
export interface CreateRoleInput<Permission extends string = string> extends InputOf<typeof createRole> {
  readonly permissions: readonly Permission[]
}

/** The changes to a custom role. Fields that are absent stay as they are. */
export interface UpdateRoleInput<Permission extends string = string> extends InputOf<typeof updateRole> {
  readonly permissions?: readonly Permission[] | undefined
}

/** A custom role, by its key. */
export interface RoleReference extends InputOf<typeof deleteRole> {}

/** The roles of one tenant: those that the host declares, and its custom roles. */
export interface RolesClient<Permission extends string = string> {
  /** Lists the roles that the host declares, in their order, and then the custom roles of the tenant, by key. */
  list(): Promise<readonly ListedRole[]>
  /**
   * Creates a custom role below the caller's rank, with permissions that the caller has.
   *
   * @throws {TenancyError} `forbidden`; `role_key_taken`; `role_limit_exceeded`.
   */
  create(input: CreateRoleInput<Permission>): Promise<ListedRole>
  /**
   * Changes a custom role, for all members who have it. Its key cannot change.
   *
   * @throws {TenancyError} `forbidden`; `role_not_found`.
   */
  update(input: UpdateRoleInput<Permission>): Promise<ListedRole>
  /**
   * Deletes a custom role.
   *
   * @throws {TenancyError} `role_in_use` if members have it or open invitations offer it; `role_not_found`.
   */
  delete(input: RoleReference): Promise<ListedRole>
}
