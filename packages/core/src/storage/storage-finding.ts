/** Something wrong with the database, or worth knowing before it matters. */
export interface StorageFinding {
  /** Stays the same from release to release. */
  readonly code: StorageFindingCode
  /**
   * - `error`: calls fail, or a statement that names no tenant reads rows.
   * - `warning`: something will fail later, or slows the database down.
   * - `notice`: nothing is wrong; an operator should know it.
   */
  readonly severity: 'error' | 'warning' | 'notice'
  /** What is wrong, for people. */
  readonly problem: string
  /** What to do about it, for people. */
  readonly remedy: string
}

/**
 * - `schema_missing`, `schema_older`, `schema_newer`: the database is not at the version of this release.
 * - `schema_foreign`: another program made a table of the name under which the migrations are kept.
 * - `host_foreign_key`: a foreign key of the host keeps tenants from being purged.
 * - `grant_missing`: the role of the connection lacks a right.
 * - `index_invalid`: a build of an index was interrupted.
 * - `role_exempt`: row-level security is on, and no policy binds the role of the connection.
 * - `setting_left`: row-level security is on, and the session has entered a tenant, or all of them, by itself.
 * - `policy_missing`, `policy_added`: the policies on a table are not those that were installed.
 * - `policies_unused`: the tables have row-level security, and the storage was made without the option.
 * - `backup_role`: a dump by the role of the connection would be empty; the remedy names the roles that dump every row.
 */
export type StorageFindingCode =
  | 'schema_missing'
  | 'schema_older'
  | 'schema_newer'
  | 'schema_foreign'
  | 'host_foreign_key'
  | 'grant_missing'
  | 'index_invalid'
  | 'role_exempt'
  | 'setting_left'
  | 'policy_missing'
  | 'policy_added'
  | 'policies_unused'
  | 'backup_role'
