export { createTenancy } from './create-tenancy.js'
export type { FlushedDeliveries, FlushedEmails, RequestSource, Tenancy, TransactionClient } from './create-tenancy.js'
export type { TenancyOptions } from './tenancy-options.js'
export { mergePresets } from './preset.js'
export type { MergedPreset, Preset } from './preset.js'
export type { AccessOf, MemberOf, RoleOf } from './types-of.js'
export { isTenancyError, TenancyError } from './errors.js'
export type { ErrorCode, ErrorDetails } from './errors.js'
export type { EventData, EventType, OperatorNote, TenancyEvent } from './events.js'
export type * from './clients/index.js'
export type { WithSlug } from './accept-slug.js'
export type { TenantReference, TenantSlug } from './services/pipeline/resolve-tenant.js'

export { parseEmail } from './model/email.js'
export { imageSetting } from './model/image-setting.js'
export type { AccessToken } from './model/access-token.js'
export type { Comment, CommentAuthor, CommentOfAuthor } from './model/comment.js'
export type { DeviceAuthorization, DeviceAuthorizationStatus } from './model/device-authorization.js'
export type { Email } from './model/email.js'
export type { Event, EventScope, EventTarget } from './model/event.js'
export type { FormerMember } from './model/former-member.js'
export type { Grants, PermissionHolders } from './model/holders.js'
export type { Invitation, InvitationStatus } from './model/invitation.js'
export type { JoinRequestUser, JoinRequest, JoinRequestOfApplicant, JoinRequestStatus } from './model/join-request.js'
export type { HostName } from './model/host-event.js'
export type { Json, JsonObject } from './model/json-object.js'
export type { LabelCount, Labels } from './model/labels.js'
export type { ExternalSubject, ExternalToken } from './model/external-token.js'
export type {
  MemberUser,
  ListedFellow,
  ListedMember,
  Member,
  MemberMetadata,
  Membership,
  Overrides,
} from './model/membership.js'
export type { Notification, NotificationChannel, NotificationKind } from './model/notification.js'
export type {
  ListedOrganizationMember,
  Organization,
  OrganizationMember,
  OrganizationMembership,
} from './model/organization.js'
export type { OwnershipTransfer } from './model/ownership-transfer.js'
export type { Page, PageRequest, Position } from './model/page.js'
export type { EmailKind, QueuedEmail } from './model/queued-email.js'
export type { Attributes, Resource, ResourceVisibility } from './model/resource.js'
export type { StoredFile } from './model/stored-file.js'
export type { JoinPolicy, Settings, Tenant, TenantStatus, TenantType } from './model/tenant.js'
export type { TenantRole } from './model/tenant-role.js'
export type { User, UserStatus } from './model/user.js'

export type { Access, Explanation, Question } from './policy/access.js'
export { createAccess } from './policy/create-access.js'
export type { AuthorizationInput } from './policy/create-access.js'
export type { ResourceAttributes } from './policy/decide.js'
export type { Decision, Reason, Rule } from './policy/decision.js'
export type { FilterColumns } from './policy/filter.js'
export type { FilterNode } from './policy/filter-to-kysely.js'
export type { SqlCondition, SqlOptions } from './policy/filter-to-sql.js'
export { TENANCY_RESOURCES } from './policy/permissions.js'
export type {
  CheckedResources,
  PermissionOf,
  ResourceDefinition,
  Resources,
  TenancyPermission,
} from './policy/permissions.js'
export { compilePolicy } from './policy/policy.js'
export type { Policy, Role } from './policy/policy.js'
export { BUILT_IN_ROLES } from './policy/roles.js'
export type { BuiltInRole, RoleDefinition, RoleDefinitions } from './policy/roles.js'
export { customRole } from './model/role-name.js'
export type { CustomRole, RoleName } from './model/role-name.js'
export type { RowFilter } from './policy/row-filter.js'

export { GUEST, SYSTEM } from './services/pipeline/actor.js'
export type { Actor, GuestActor, SystemActor, UserActor } from './services/pipeline/actor.js'
export type { Lifetimes } from './services/pipeline/context.js'
export { versionOf } from './services/pipeline/version.js'
export { issueOf } from './services/pipeline/issue-of.js'
export type { ChainVerification } from './services/use-cases/events/verify-events.js'
export type { IssuedInvitation } from './services/steps/invitations/issue-invitation.js'
export type { InvitationPreview } from './services/steps/invitations/invitation-preview.js'
export type { InvitationResult } from './services/use-cases/invitations/invite-members.js'
export type { Limits, TenantLimit, UserLimit } from './services/pipeline/limits.js'
export type { IssuedExternalToken } from './services/use-cases/external-tokens/issue-external-token.js'
export type { Logger } from './services/pipeline/logger.js'
export { consoleMailer } from './services/steps/emails/console-mailer.js'
export type { EmailMessage, EmailData, Mailer, Message } from './services/pipeline/email-message.js'
export type { Messages } from './services/steps/emails/messages/render-message.js'
export type { AddOrInviteResult } from './services/use-cases/members/add-or-invite-members.js'
export type { ListedNotification } from './services/steps/notifications/listed-notification.js'
export type { NotificationPreferences } from './services/steps/notifications/notification-preferences.js'
export type {
  ExportData,
  ExportedThing,
  ExportKind,
  ExportManifest,
  ExportRecord,
} from './services/steps/organizations/export-record.js'
export type { AddMemberResult, RowResult } from './services/steps/members/row-result.js'
export type { AboutTenant } from './services/pipeline/operator-command.js'
export type { MetadataSchema } from './services/pipeline/metadata-schema.js'
export type { EffectiveMember } from './services/use-cases/members/list-effective-members.js'
export type { Addition } from './services/steps/members/add-one.js'
export type { AddedMember } from './services/steps/members/add-membership.js'
export type { CheckSettings, SettingProblem } from './services/pipeline/tenant-settings.js'
export type { TenantPreview } from './services/use-cases/tenants/preview-tenant.js'
export { RESERVED_SLUGS } from './services/steps/tenants/reserved-slugs.js'
export type { PurgeResult } from './services/workers/tenants/purge-tenants.js'
export type { PermissionTable } from './services/steps/members/permission-table.js'
export type { Deliver } from './services/pipeline/worker.js'
export type { ListedRole } from './services/steps/roles/listed-role.js'
export type { IssuedAccessToken } from './services/steps/tokens/issue-access-token.js'
export type { Bearer } from './services/use-cases/tokens/authenticate-access-token.js'
export type { TokenPrefixes } from './services/pipeline/token-prefixes.js'
export type { ListedUser } from './services/use-cases/users/list-users.js'
export type { PasswordHasher } from './services/pipeline/password-hasher.js'

export { memoryStorage } from './storage/memory-storage/memory-storage.js'
export * from './storage/index.js'
export type { Register } from './register.js'
