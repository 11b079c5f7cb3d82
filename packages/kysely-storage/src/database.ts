import type {
  EventTarget,
  JoinPolicy,
  EmailKind,
  OwnershipTransfer,
  QueuedEmail,
  TenantStatus,
  TenantType,
  UserStatus,
} from '@tenantry/core'
import type { ColumnType } from 'kysely'
import type { CommentTable } from './comment-table.js'
import type { FileTable } from './file-table.js'
import type { OrganizationEventTable, OrganizationMemberTable, OrganizationTable } from './organization-tables.js'
import type { InvitationTable, InvitationTokenTable } from './invitation-tables.js'
import type { FormerMemberTable } from './former-member-table.js'
import type { JoinRequestTable } from './join-request-table.js'
import type { NotificationPreferenceTable, NotificationTable } from './notification-tables.js'
import type { DeadLetterTable, DeliveryChainTable } from './event-delivery-tables.js'
import type { ResourceLabelTable, ResourceTable } from './resource-table.js'
import type { AccessTokenTable, DeviceAuthorizationTable, ExternalTokenTable } from './token-tables.js'

/** JSON goes in as text; a driver may hand it out parsed. */
type Json = ColumnType<unknown, string, string>

/** SQLite has no boolean and keeps 0 and 1. */
type Flag = boolean | number

interface MigrationTable {
  version: number
  name: string
}

export interface UserTable {
  id: string
  email: string
  email_key: string
  /** In lower case, for keyword search: databases disagree on the case of letters beyond ASCII. */
  email_folded: string
  email_verified_at: number | null
  name: string | null
  name_folded: string | null
  avatar_url: string | null
  language: string | null
  time_zone: string | null
  superuser: Flag
  status: UserStatus
  created_at: number
  password_hash: string | null
  created_by: string | null
  waiting_since: number | null
}

/** What changes of a person while their account stays. A command that locks a user locks this row. */
export interface UserStateTable {
  user_id: string
  current_tenant_id: string | null
  last_login_at: number | null
}

export interface TenantTable {
  id: string
  name: string
  slug: string | null
  plan: string
  status: TenantStatus
  settings: Json
  owner_id: string
  created_at: number
  type: TenantType
  join_policy: JoinPolicy
  description: string | null
  deleted_at: number | null
  purge_began_at: number | null
  organization_id: string | null
}

/** The directory that makes slugs unique in the installation. */
interface TenantSlugTable {
  slug: string
  tenant_id: string
}

export interface MembershipTable {
  tenant_id: string
  user_id: string
  active: Flag
  overrides: Json
  invited_by: string | null
  last_active_at: number | null
  created_at: number
  metadata: ColumnType<unknown, string | null, string | null>
  /** What whoever added the member typed; all `null` for nobody who was added. */
  added_email: string | null
  added_name: string | null
  added_folded: string | null
}

interface MembershipRoleTable {
  tenant_id: string
  user_id: string
  role: string
  position: number
}

export interface TenantRoleTable {
  tenant_id: string
  key: string
  name: string
  rank: number
  permissions: Json
  created_at: number
}

export interface OwnershipTransferTable {
  tenant_id: string
  owner_id: string
  phase: OwnershipTransfer['phase']
  code_hash: string
  token_hash: string
  expires_at: number
}

export interface EventTable {
  seq: number
  id: string
  type: string
  actor_id: string | null
  target_type: EventTarget['type']
  target_id: string
  at: number
  ip: string | null
  data: Json
  previous_hash: string | null
  hash: string
}

export interface EmailTable {
  id: string
  tenant_id: string | null
  kind: EmailKind
  recipient: string
  payload: string
  status: QueuedEmail['status']
  attempts: number
  due_at: number
  last_error: string | null
  created_at: number
}

interface CounterTable {
  key: string
  points: number
  expires_at: number
}

/** The tables by their bare names; {@link placeTables} says where they are. */
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
