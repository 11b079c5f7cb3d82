/**
 * A role: its rank decides over whom its holders have authority, its permissions what they may do. A permission is
 * written `resource:verb`; `*` as verb is every verb of the resource, `*` as resource is every resource the host
 * declared, never one of the library's own. `full` marks roles that hold every permission of the host's resources and
 * that no override can restrict.
 */
export interface RoleDefinition {
  readonly rank: number
  readonly name: string
  readonly unrestricted?: boolean
  readonly permissions: readonly string[]
}

export type RoleDefinitions = Readonly<Record<string, RoleDefinition>>

/** The role that exactly one member of every tenant holds, and that only a transfer of ownership hands on. */
export const OWNER = 'owner'

/** What the owner becomes after handing the tenant over. */
export const FORMER_OWNER = 'admin'

/** The role that every role of a tenant's own ranks below. */
export const MAX_CUSTOM_RANK_ROLE = 'admin'

/** Keys that no role of a tenant's own can have: names that APIs give to built-in roles, and words of their paths. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([OWNER, 'normal', 'read_only', 'invite'])

/** The role that the admins of an organization act with in each of its tenants. */
export const ORGANIZATION_ADMIN = 'admin'

/** The role table. On each line: authority, rights in the tenant itself, rights on the host's resources. */
// prettier-ignore
export const BUILT_IN_ROLES = {
  owner:            { rank: 50, name: 'Owner',            unrestricted: true, permissions: ['tenant:*',                     'member:*',    'invitation:*', 'join_request:*', 'event:read', 'role:*', '*:*'] },
  admin:            { rank: 40, name: 'Admin',            unrestricted: true, permissions: ['tenant:read', 'tenant:update', 'member:*',    'invitation:*', 'join_request:*', 'event:read', 'role:*', '*:*'] },
  editor:           { rank: 30, name: 'Editor',           permissions: ['tenant:read', 'member:read', 'role:read', '*:create', '*:read', '*:update', '*:delete', '*:comment'] },
  dataset_operator: { rank: 20, name: 'Dataset operator', permissions: ['tenant:read', 'member:read', 'role:read', 'dataset:*'] },
  member:           { rank: 20, name: 'Member',           permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment', 'protocol:create', 'protocol:update'] },
  developer:        { rank: 20, name: 'Developer',        permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment', 'process:*'] },
  viewer:           { rank: 10, name: 'Viewer',           permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment'] },
} as const satisfies RoleDefinitions

/** The key of a built-in role. An editor shows this name in place of the keys, as it does not for `keyof`. */
export type BuiltInRole = { [Key in keyof typeof BUILT_IN_ROLES]: Key }[keyof typeof BUILT_IN_ROLES]
