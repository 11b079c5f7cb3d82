export { createTenancy } from './create-tenancy.js'
export type { Tenancy } from './create-tenancy.js'
export type { TenancyOptions } from './tenancy-options.js'
export { mergePresets } from './preset.js'
export type { MergedPreset, Preset } from './preset.js'
export type { AccessOf, MemberOf, RoleOf } from './types-of.js'
export { isTenancyError, TenancyError } from './errors.js'
export type { ErrorCode, ErrorDetails } from './errors.js'
export type { EventData, EventType, OperatorNote, TenancyEvent } from './events.js'
export type { ActingExternal } from './external.js'
export type { ActingMember, ActingOperator, ActingUser } from './tenancy.js'
export type { OperatorOptions } from './way-in.js'
export type { ActingInOrganization } from './work-in-organization.js'

export { parseEmail } from './model/email.js'
export { imageSetting } from './model/image-setting.js'
export type { AccessToken } from './model/access-token.js'
export type { Comment, CommentAuthor, CommentOfAuthor } from './model/comment.js'
export type { DeviceAuthorization, DeviceAuthorizationStatus } from './model/device-authorization.js'
export type { Email } from './model/email.js'
export type { Event, EventScope, EventTarget } from './model/event.js'
export type { FormerMember } from './model/former-member.js'
export type { Grants, Holders } from './model/holders.js'
export type { Invitation, InvitationStatus } from './model/invitation.js'
export type { Applicant, JoinRequest, JoinRequestOfApplicant, JoinRequestStatus } from './model/join-request.js'
export type { HostName } from './model/host-event.js'
export type { Json, JsonObject } from './model/json-object.js'
export type { LabelCount, Labels } from './model/labels.js'
export type { ExternalSubject, ExternalToken } from './model/external-token.js'
export type {
  Fellow,
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
export type { MailKind, QueuedMail } from './model/queued-mail.js'
export type { Attributes, Resource, ResourceVisibility } from './model/resource.js'
export type { StoredFile } from './model/stored-file.js'
export type { JoinPolicy, Settings, Tenant, TenantStatus, TenantType } from './model/tenant.js'
export type { TenantRole } from './model/tenant-role.js'
export type { User, UserStatus } from './model/user.js'

export type { Access, Explanation, Question } from './policy/access.js'
export { accessOf } from './policy/access-of.js'
export type { DecisionFacts } from './policy/access-of.js'
export type { ResourceFacts } from './policy/decide.js'
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
export { customRole } from './policy/role-names.js'
export type { CustomRole, RoleName } from './policy/role-names.js'
export type { RowFilter } from './policy/row-filter.js'

export { GUEST, SYSTEM } from './services/actor.js'
export type { Actor, GuestActor, SystemActor, UserActor } from './services/actor.js'
export type { Lifetimes } from './services/context.js'
export { issueOf } from './services/issue-of.js'
export type { ChainVerdict } from './services/events/verify-events.js'
export type { IssuedInvitation } from './services/invitations/issue-invitation.js'
export type { InvitationPreview } from './services/invitations/preview-invitation.js'
export type { InvitationResult } from './services/invitations/invite-members.js'
export type { Limits, TenantLimit, UserLimit } from './services/limits.js'
export type { IssuedExternalToken } from './services/external-tokens/issue-external-token.js'
export type { Logger } from './services/logger.js'
export { consoleMailer } from './services/mails/console-mailer.js'
export type { Mail, MailData, Mailer, Message } from './services/mails/mail.js'
export type { Messages } from './services/mails/messages/render-message.js'
export type { AddOrInviteResult } from './services/members/add-or-invite-members.js'
export type { ListedNotification } from './services/notifications/listed-notification.js'
export type { NotificationPreferences } from './services/notifications/get-preferences.js'
export type {
  ExportData,
  ExportedThing,
  ExportKind,
  ExportManifest,
  ExportRecord,
} from './services/organizations/export-record.js'
export type { AdditionResult, RowResult } from './services/members/add-members.js'
export type { AboutTenant } from './services/operator-command.js'
export type { MetadataSchema } from './services/members/member-metadata.js'
export type { PersonInTenant } from './services/members/list-everyone.js'
export type { Addition } from './services/members/add-one.js'
export type { AddedMember } from './services/members/place-member.js'
export type { CheckSettings, SettingProblem } from './services/tenants/check-settings.js'
export type { TenantPreview } from './services/tenants/preview-tenant.js'
export { RESERVED_SLUGS } from './services/tenants/reserved-slugs.js'
export type { PurgeResult } from './services/tenants/purge-tenants.js'
export type { PermissionTable } from './services/members/permission-table.js'
export type { Deliver } from './services/relay/event-relay.js'
export type { ListedRole } from './services/roles/listed-role.js'
export type { IssuedAccessToken } from './services/tokens/issue-access-token.js'
export type { Bearer } from './services/tokens/authenticate-access-token.js'
export type { TokenPrefixes } from './services/tokens/token-prefixes.js'
export type { ListedUser } from './services/users/list-users.js'
export type { PasswordHasher } from './services/users/password-hasher.js'

export { memoryStorage } from './storage/memory-storage/memory-storage.js'
export * from './storage/index.js'
