import type { Constraint } from '@tenantry/core'
import type { CommentTable } from './comment-table.js'
import type { EmailTable } from './email-table.js'
import type { DeadLetterTable, DeliveryChainTable, EventTable } from './event-tables.js'
import type { FileTable } from './file-table.js'
import type { InvitationTable, InvitationTokenTable } from './invitation-tables.js'
import type { JoinRequestTable } from './join-request-table.js'
import type { FormerMemberTable, MembershipRoleTable, MembershipTable } from './member-tables.js'
import type { NotificationPreferenceTable, NotificationTable } from './notification-tables.js'
import type { OrganizationEventTable, OrganizationMemberTable, OrganizationTable } from './organization-tables.js'
import type { ResourceLabelTable, ResourceTable } from './resource-tables.js'
import type { OwnershipTransferTable, TenantRoleTable, TenantSlugTable, TenantTable } from './tenant-tables.js'
import type { AccessTokenTable, DeviceAuthorizationTable, ExternalTokenTable } from './token-tables.js'
import type { UserStateTable, UserTable } from './user-tables.js'

interface MigrationTable {
  version: number
  name: string
}

interface CounterTable {
  key: string
  points: number
  expires_at: number
}

/** The tables by their bare names; `placeTables` says where they are. */
export interface Tables {
  migrations: MigrationTable
  users: UserTable
  user_states: UserStateTable
  tenants: TenantTable
  tenant_slugs: TenantSlugTable
  memberships: MembershipTable
  membership_roles: MembershipRoleTable
  tenant_roles: TenantRoleTable
  invitations: InvitationTable
  invitation_tokens: InvitationTokenTable
  emailed_invitation_tokens: InvitationTokenTable
  join_requests: JoinRequestTable
  former_members: FormerMemberTable
  ownership_transfers: OwnershipTransferTable
  access_tokens: AccessTokenTable
  external_tokens: ExternalTokenTable
  device_authorizations: DeviceAuthorizationTable
  tenant_events: EventTable & { tenant_id: string }
  user_events: EventTable & { user_id: string }
  organizations: OrganizationTable
  organization_members: OrganizationMemberTable
  organization_events: OrganizationEventTable
  emails: EmailTable
  delivery_chains: DeliveryChainTable
  dead_letters: DeadLetterTable
  notification_chains: DeliveryChainTable
  notifications: NotificationTable
  notification_preferences: NotificationPreferenceTable
  files: FileTable
  resources: ResourceTable
  resource_labels: ResourceLabelTable
  comments: CommentTable
  counters: CounterTable
}

/** How the rows of a tenant go when it is removed for good. */
type Purge =
  /** Some by some, in the order of this table. */
  | 'rows'
  /** The same, by the two columns that name the scope of a queue. */
  | 'scope'
  /** With the rows that they refer to, by `on delete cascade`. */
  | 'cascade'
  /** At the end: the tenant, its slug, its owner and its last event. */
  | 'end'

/** What is to know of a table besides its columns. */
interface TableFacts {
  /** The columns of its primary key. */
  readonly key: readonly [string, ...string[]]
  /** The rules of the port that its unique keys enforce, by their columns. */
  readonly unique?: Readonly<Record<string, Constraint>>
}

/** Each row belongs to the tenant of this column: policies show it that tenant, Citus keeps it with that tenant's rows. */
interface OfTenant extends TableFacts {
  readonly tenant: 'id' | 'tenant_id'
  readonly purge: Purge
}

/** Rows belong to no tenant. Citus keeps the table whole on every node, whole on one, or spreads it by a column. */
interface OfNoTenant extends TableFacts {
  readonly citus: 'reference' | 'local' | { readonly by: string }
  readonly purge?: Purge
}

/** Every table, once. What is purged is listed in an order that no foreign key forbids. */
// prettier-ignore
const rows = {
  migrations:               { citus: 'local',                                       key: ['version'] },
  // Queues and counters: `skip locked` works on the rows of one server, not on the copies of many.
  delivery_chains:             { citus: 'local',     purge: 'scope',                   key: ['scope_kind', 'scope_id'] },
  notification_chains:      { citus: 'local',     purge: 'scope',                   key: ['scope_kind', 'scope_id'] },
  dead_letters:              { citus: 'local',     purge: 'scope',                   key: ['id'] },
  emails:                    { citus: 'local',     purge: 'rows',                    key: ['id'] },
  counters:                 { citus: 'local',                                       key: ['key'] },
  users:                    { citus: 'reference',                                   key: ['id'],                                                    unique: { 'id': 'user.id', 'email_key': 'user.email' } },
  user_states:              { citus: { by: 'user_id' },                             key: ['user_id'] },
  access_tokens:            { citus: 'reference',                                   key: ['user_id', 'id'],                                         unique: { 'token_hash': 'access_token.hash' } },
  external_tokens:          { citus: 'reference',                                   key: ['issuer', 'email_key', 'id'],                             unique: { 'token_hash': 'external_token.hash' } },
  device_authorizations:    { citus: 'reference',                                   key: ['id'],                                                    unique: { 'device_code_hash': 'device_authorization.code', 'user_code_hash': 'device_authorization.code' } },
  notification_preferences: { citus: 'reference',                                   key: ['user_id', 'kind'] },
  user_events:              { citus: { by: 'user_id' },                             key: ['user_id', 'seq'],                                        unique: { 'user_id,seq': 'event.seq' } },
  organizations:            { citus: 'reference',                                   key: ['id'],                                                    unique: { 'id': 'organization.id', 'short_name': 'organization.short_name' } },
  organization_members:     { citus: 'reference',                                   key: ['organization_id', 'user_id'],                            unique: { 'organization_id,user_id': 'organization_member' } },
  organization_events:      { citus: { by: 'organization_id' },                     key: ['organization_id', 'seq'],                                unique: { 'organization_id,seq': 'event.seq' } },
  invitation_tokens:        { citus: 'reference', purge: 'rows',                    key: ['token_hash'],                                            unique: { 'token_hash': 'invitation.token' } },
  emailed_invitation_tokens: { citus: 'reference', purge: 'rows',                    key: ['token_hash'],                                            unique: { 'token_hash': 'invitation.token' } },
  invitations:              { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'id'],                                       unique: { 'tenant_id,email_key': 'invitation.pending' } },
  join_requests:            { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'id'],                                       unique: { 'tenant_id,user_id': 'join_request.pending' } },
  former_members:           { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'user_id'] },
  ownership_transfers:      { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id'] },
  files:                    { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'id'] },
  comments:                 { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'resource_type', 'resource_id', 'id'] },
  resource_labels:          { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'resource_type', 'resource_id', 'kind', 'label'] },
  resources:                { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'type', 'id'],                               unique: { 'tenant_id,type,id': 'resource' } },
  notifications:            { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'user_id', 'id'] },
  tenant_roles:             { tenant: 'tenant_id', purge: 'rows',                   key: ['tenant_id', 'key'],                                      unique: { 'tenant_id,key': 'role' } },
  membership_roles:         { tenant: 'tenant_id', purge: 'cascade',                key: ['tenant_id', 'user_id', 'role'] },
  memberships:              { tenant: 'tenant_id', purge: 'end',                    key: ['tenant_id', 'user_id'],                                  unique: { 'tenant_id,user_id': 'membership' } },
  tenant_events:            { tenant: 'tenant_id', purge: 'end',                    key: ['tenant_id', 'seq'],                                      unique: { 'tenant_id,seq': 'event.seq' } },
  tenant_slugs:             { citus: 'reference', purge: 'end',                     key: ['slug'],                                                  unique: { 'slug': 'tenant.slug' } },
  tenants:                  { tenant: 'id',       purge: 'end',                     key: ['id'],                                                    unique: { 'id': 'tenant.id' } },
} as const satisfies Record<keyof Tables, OfTenant | OfNoTenant>

/** The tables whose rows belong to a tenant each. */
type TableOfTenants = { [Name in keyof Tables]: (typeof rows)[Name] extends OfTenant ? Name : never }[keyof Tables]

export const tables: Readonly<Record<keyof Tables, OfTenant | OfNoTenant>> = rows

// Object.keys forgets which keys there are.
export const tableNames = Object.keys(rows) as readonly (keyof Tables)[]

/** The column that says to which tenant a row belongs, by table. */
export const tablesOfTenants = Object.fromEntries(
  tableNames.flatMap((name) => {
    const facts = tables[name]
    return 'tenant' in facts ? [[name, facts.tenant]] : []
  }),
) as Readonly<Record<TableOfTenants, 'id' | 'tenant_id'>> // a filter forgets what it lets through
