import type { Named } from '../bind-named.js'
import type { ListedMember, Member, MemberMetadata } from '../model/membership.js'
import type { Page } from '../model/page.js'
import type { RoleName } from '../model/role-name.js'
import type { Explanation } from '../policy/access.js'
import type { IssuedInvitation } from '../services/steps/invitations/issue-invitation.js'
import type { Addition } from '../services/steps/members/add-one.js'
import type { NamedOverrides } from '../services/steps/members/override-changes.js'
import type { RowResult } from '../services/steps/members/row-result.js'
import type { inviteMember } from '../services/use-cases/invitations/invite-member.js'
import type { inviteMembers, InvitationResult } from '../services/use-cases/invitations/invite-members.js'
import type { addMember } from '../services/use-cases/members/add-member.js'
import type { addMembers } from '../services/use-cases/members/add-members.js'
import type { addOrInviteMembers, AddOrInviteResult } from '../services/use-cases/members/add-or-invite-members.js'
import type { explainPermission } from '../services/use-cases/members/explain-permission.js'
import type { getOverrides } from '../services/use-cases/members/get-overrides.js'
import type { listByPermission } from '../services/use-cases/members/list-by-permission.js'
import type { EffectiveMember } from '../services/use-cases/members/list-effective-members.js'
import type { listMembers } from '../services/use-cases/members/list-members.js'
import type { AccessDiff, previewAccessChange } from '../services/use-cases/members/preview-access-change.js'
import type { removeMember } from '../services/use-cases/members/remove-member.js'
import type { setOverrides } from '../services/use-cases/members/set-overrides.js'
import type { setRoles } from '../services/use-cases/members/set-roles.js'
import type { updateMember } from '../services/use-cases/members/update-member.js'
import type { InputOf } from './input-of.js'
import type { MemberReference } from './references.js'

type Typed<UseCase extends (scope: never, input: never) => unknown, Role extends string, Metadata = unknown> = Named<
  InputOf<UseCase>,
  Role,
  Metadata
>

export interface ListMembersInput<Role extends string = string> extends Typed<typeof listMembers, Role> {}
export interface InviteMemberInput<Role extends string = string> extends Typed<typeof inviteMember, Role> {}
export interface InviteMembersInput<Role extends string = string> extends Typed<typeof inviteMembers, Role> {}
export interface AddMemberInput<Role extends string = string, Metadata = MemberMetadata> extends Typed<
  typeof addMember,
  Role,
  Metadata
> {}
export interface AddMembersInput<Role extends string = string, Metadata = MemberMetadata> extends Typed<
  typeof addMembers,
  Role,
  Metadata
> {}
export interface AddOrInviteMembersInput<Role extends string = string> extends Typed<typeof addOrInviteMembers, Role> {}
export interface SetRolesInput<Role extends string = string> extends Typed<typeof setRoles, Role> {}
export interface UpdateMemberInput<Role extends string = string, Metadata = MemberMetadata> extends Typed<
  typeof updateMember,
  Role,
  Metadata
> {}
export interface RemoveMemberInput extends InputOf<typeof removeMember> {}

/** The permissions to grant (`true`), deny (`false`) or leave to the roles (`null`), for one member. */
export interface SetOverridesInput<Permission extends string = string> extends Omit<
  InputOf<typeof setOverrides>,
  'overrides'
> {
  readonly overrides: NamedOverrides<Permission>
}

/** The overrides of a member, and what they may do with the host's resources. */
export interface MemberOverrides extends Awaited<ReturnType<typeof getOverrides>> {}

/** A member and a permission, on a resource if it depends on one. */
export interface ExplainPermissionInput<Permission extends string = string> extends InputOf<typeof explainPermission> {
  readonly permission: Permission
}

/** A permission, on a resource if it depends on one, and a page of the members who have it. */
export interface ListByPermissionInput<Permission extends string = string> extends InputOf<typeof listByPermission> {
  readonly permission: Permission
}

/** Roles that replace those of a member, and overrides that are merged into theirs. */
export interface PreviewAccessChangeInput<
  Permission extends string = string,
  Role extends string = string,
> extends Omit<InputOf<typeof previewAccessChange>, 'roles' | 'overrides'> {
  readonly roles?: readonly RoleName<Role>[] | undefined
  readonly overrides?: NamedOverrides<Permission> | undefined
}

/** The members of one tenant. Without the permission for a call, it is `forbidden`. */
export interface MembersClient<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
> {
  /** Lists the members, oldest first; `keyword` matches part of a name or email address, `role` one of their roles. */
  list(input?: ListMembersInput<Role>): Promise<Page<ListedMember<Role, Metadata>>>
  /** Lists all members and the organization admins who have access without a membership, on one page. */
  listEffective(): Promise<readonly EffectiveMember<Role, Metadata>[]>
  /**
   * Returns one member, active or not.
   *
   * @throws {TenancyError} `member_not_found`.
   */
  get(input: MemberReference): Promise<ListedMember<Role, Metadata>>
  /**
   * Invites one person by email address. A pending invitation to the address is renewed.
   *
   * @throws {TenancyError} `invalid_role`; `already_member`; `recently_declined`; `member_limit_exceeded`;
   * `invitation_limit_exceeded`; `email_limit_exceeded`.
   */
  invite(input: InviteMemberInput<Role>): Promise<IssuedInvitation>
  /** Invites up to 50 addresses. An address that is refused does not affect the others: its result has the error. */
  inviteMany(input: InviteMembersInput<Role>): Promise<readonly InvitationResult[]>
  /**
   * Makes the account with the email address a member, without an invitation; creates it if there is none.
   * An account whose address is not verified is invited instead.
   *
   * @throws {TenancyError} `invalid_role`; `already_member`; `recently_declined`; `member_limit_exceeded`.
   */
  add(input: AddMemberInput<Role, Metadata>): Promise<Addition<Role, Metadata>>
  /** Adds up to 10,000 people in batches. One who is refused does not affect the others: their result has the error. */
  addMany(input: AddMembersInput<Role, Metadata>): Promise<readonly RowResult<Role, Metadata>[]>
  /** Adds or invites up to 100 people. One who is refused does not affect the others: their result has the error. */
  addOrInvite(input: AddOrInviteMembersInput<Role>): Promise<readonly AddOrInviteResult<Role, Metadata>[]>
  /**
   * Replaces the roles of a member. Ownership is transferred, never assigned.
   *
   * @throws {TenancyError} `member_not_found`; `invalid_role`; `forbidden` for a role the caller cannot assign.
   */
  setRoles(input: SetRolesInput<Role>): Promise<Member<Role, Metadata>>
  /**
   * Makes a member an admin, in place of their roles.
   *
   * @throws {TenancyError} `member_not_found`; `forbidden` unless the caller ranks above admins.
   */
  promote(input: MemberReference): Promise<Member<Role, Metadata>>
  /**
   * Makes an admin a plain member.
   *
   * @throws {TenancyError} `member_not_found` if they are not an admin; `owner_required` for the owner.
   */
  demote(input: MemberReference): Promise<Member<Role, Metadata>>
  /**
   * Changes single roles, the active state and the metadata of a member: all changes, or none.
   *
   * @throws {TenancyError} `member_not_found`; `invalid_role`; `forbidden`; `self_action_forbidden`.
   */
  update(input: UpdateMemberInput<Role, Metadata>): Promise<Member<Role, Metadata>>
  /**
   * Activates a deactivated member, with the roles and overrides they had.
   *
   * @throws {TenancyError} `member_not_found`; `forbidden` unless the caller could grant all of them.
   */
  activate(input: MemberReference): Promise<Member<Role, Metadata>>
  /**
   * Denies a member access to the tenant until they are activated again, and revokes the invitations they sent.
   *
   * @throws {TenancyError} `member_not_found`; `forbidden` for the owner or a higher rank; `self_action_forbidden`.
   */
  deactivate(input: MemberReference): Promise<Member<Role, Metadata>>
  /**
   * Ends a membership, and revokes the pending invitations that the member sent.
   *
   * @throws {TenancyError} `member_not_found`; `forbidden` for the owner or a higher rank; `self_action_forbidden`.
   */
  remove(input: RemoveMemberInput): Promise<Member<Role, Metadata>>
  /**
   * Ends the caller's membership.
   *
   * @throws {TenancyError} `owner_required` for the owner, who transfers the tenant first.
   */
  leave(): Promise<void>
  /**
   * Returns what a member may do with the host's resources, and which of it differs from their roles.
   *
   * @throws {TenancyError} `member_not_found`.
   */
  getOverrides(input: MemberReference): Promise<MemberOverrides>
  /**
   * Grants or denies single permissions on the host's resources to one member. Other overrides stay as they are.
   *
   * @throws {TenancyError} `member_not_found`; `forbidden` for a permission the caller does not have.
   */
  setOverrides(input: SetOverridesInput<Permission>): Promise<MemberOverrides>
  /**
   * Explains whether a member has a permission, and why. Everyone may ask about themselves.
   *
   * @throws {TenancyError} `member_not_found`.
   */
  explain(input: ExplainPermissionInput<Permission>): Promise<Explanation>
  /** Lists the members and organization admins who have a permission, oldest first. */
  listByPermission(input: ListByPermissionInput<Permission>): Promise<Page<ListedMember<Role, Metadata>>>
  /**
   * Returns what a member would gain and lose by other roles and overrides, and changes nothing.
   *
   * @throws {TenancyError} `member_not_found`; `invalid_role`.
   */
  previewAccessChange(input: PreviewAccessChangeInput<Permission, Role>): Promise<AccessDiff<Permission>>
}
