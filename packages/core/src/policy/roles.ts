/**
 * A role: its rank decides over whom its holders have authority, its permissions what they may do. A permission is
 * written `resource:verb`; `*` as verb is every verb of the resource, `*` as resource is every resource the host
 * declared with {@link ResourceDefinition.allowWildcards}, never one of the library's own. `unrestricted` marks roles
 * that hold every permission of the host's resources and that no override can restrict.
 */
export interface RoleDefinition {
  readonly rank: number
  readonly name: string
  /** The name in other languages, by language tag, such as `{ 'zh-Hans': '编辑者' }`. Emails use it. */
  readonly names?: Readonly<Record<string, string>>
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

/** The role that the admins of an organization act with in each of its tenants. */
export const ORGANIZATION_ADMIN = 'admin'

/** The role table. On each line: authority, rights in the tenant itself, rights on the host's resources. */
// prettier-ignore
export const BUILT_IN_ROLES = {
  owner:  { rank: 50, name: 'Owner',  names: { 'zh-Hans': '所有者' }, unrestricted: true, permissions: ['tenant:*',                     'member:*',    'invitation:*', 'join_request:*', 'event:read', 'role:*', '*:*'] },
  admin:  { rank: 40, name: 'Admin',  names: { 'zh-Hans': '管理员' }, unrestricted: true, permissions: ['tenant:read', 'tenant:update', 'member:*',    'invitation:*', 'join_request:*', 'event:read', 'role:*', '*:*'] },
  member: { rank: 20, name: 'Member', names: { 'zh-Hans': '成员' },   permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment'] },
  viewer: { rank: 10, name: 'Viewer', names: { 'zh-Hans': '查看者' }, permissions: ['tenant:read', 'member:read', 'role:read', '*:read', '*:comment'] },
} as const satisfies RoleDefinitions

/** The key of a built-in role. An editor shows this name in place of the keys, as it does not for `keyof`. */
export type BuiltInRole = { [Key in keyof typeof BUILT_IN_ROLES]: Key }[keyof typeof BUILT_IN_ROLES]
