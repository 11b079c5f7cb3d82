import { bindNamed } from './bind-named.js'
import { bindScope } from './bind-scope.js'
import { bindSettings, type Shows } from './bind-settings.js'
import type { Membership } from './model/membership.js'
import type { Tenant } from './model/tenant.js'
import type { Access } from './policy/access.js'
import type { RoleName } from './policy/role-names.js'
import type { TenantScope } from './services/command.js'
import { commentOnResource } from './services/comments/comment-on-resource.js'
import { listComments } from './services/comments/list-comments.js'
import { appendEvent } from './services/events/append-event.js'
import { listEvents } from './services/events/list-events.js'
import { verifyEvents } from './services/events/verify-events.js'
import { uploadImage } from './services/files/upload-image.js'
import { inviteMember } from './services/invitations/invite-member.js'
import { inviteMembers } from './services/invitations/invite-members.js'
import { listInvitations } from './services/invitations/list-invitations.js'
import { resendInvitation } from './services/invitations/resend-invitation.js'
import { revokeInvitation } from './services/invitations/revoke-invitation.js'
import { approveJoinRequest } from './services/join-requests/approve-join-request.js'
import { listJoinRequests } from './services/join-requests/list-join-requests.js'
import { rejectJoinRequest } from './services/join-requests/reject-join-request.js'
import { activateMember } from './services/members/activate-member.js'
import { addMember } from './services/members/add-member.js'
import { addMembers } from './services/members/add-members.js'
import { addOrInviteMembers } from './services/members/add-or-invite-members.js'
import { changeRoles } from './services/members/change-roles.js'
import { deactivateMember } from './services/members/deactivate-member.js'
import { demoteMember } from './services/members/demote-member.js'
import { dismissMember } from './services/members/dismiss-member.js'
import { explainPermission } from './services/members/explain-permission.js'
import type { PermissionQuestion } from './services/members/explain-permission.js'
import { getAccess } from './services/members/get-access.js'
import { getMember } from './services/members/get-member.js'
import { getOverrides } from './services/members/get-overrides.js'
import { leaveTenant } from './services/members/leave-tenant.js'
import { listEveryone } from './services/members/list-everyone.js'
import { listMembers } from './services/members/list-members.js'
import { listWho } from './services/members/list-who.js'
import type { WhoQuestion } from './services/members/list-who.js'
import { promoteMember } from './services/members/promote-member.js'
import { recordActivity } from './services/members/record-activity.js'
import { removeMember } from './services/members/remove-member.js'
import { setOverrides } from './services/members/set-overrides.js'
import type { OverrideChanges } from './services/members/set-overrides.js'
import { whatIf } from './services/members/what-if.js'
import type { WhatIf, WhatIfQuestion } from './services/members/what-if.js'
import { organizationOfTenant } from './services/organizations/organization-of-tenant.js'
import { updateMember } from './services/members/update-member.js'
import { completeTransfer } from './services/ownership/complete-transfer.js'
import { startTransfer } from './services/ownership/start-transfer.js'
import { verifyTransfer } from './services/ownership/verify-transfer.js'
import { countLabels } from './services/resources/count-labels.js'
import { createResource } from './services/resources/create-resource.js'
import { deleteResource } from './services/resources/delete-resource.js'
import { getResource } from './services/resources/get-resource.js'
import { listResources } from './services/resources/list-resources.js'
import { resourceStatistics } from './services/resources/resource-statistics.js'
import { shareResource } from './services/resources/share-resource.js'
import { transferResource } from './services/resources/transfer-resource.js'
import { unshareResource } from './services/resources/unshare-resource.js'
import { updateResource } from './services/resources/update-resource.js'
import { createRole } from './services/roles/create-role.js'
import type { NewRole } from './services/roles/create-role.js'
import { deleteRole } from './services/roles/delete-role.js'
import { listRoles } from './services/roles/list-roles.js'
import { updateRole } from './services/roles/update-role.js'
import type { RoleRevision } from './services/roles/update-role.js'
import { archiveTenant } from './services/tenants/archive-tenant.js'
import { deleteTenant } from './services/tenants/delete-tenant.js'
import { getTenant } from './services/tenants/get-tenant.js'
import { restoreTenant } from './services/tenants/restore-tenant.js'
import { updateTenant } from './services/tenants/update-tenant.js'

type Own<Values, Place> = { readonly tenant: Shows<Tenant, Values>; readonly membership: Place }

/** Everything one actor may ask for inside one tenant. `Place` is what the actor is there: nothing, for an operator. */
export function workIn<
  Permission extends string,
  Role extends string,
  Metadata,
  Values,
  Place extends Membership | null = Membership,
>(scope: TenantScope) {
  if (typeof scope.tenantId !== 'string' || scope.tenantId === '') throw new TypeError('in(tenantId) needs a tenant id')
  const named = bindNamed<Role, Metadata>(scope)
  const withSettings = bindSettings<Values, TenantScope>(scope)
  return Object.freeze({
    tenantId: scope.tenantId,
    access: (): Promise<Access<Permission>> => getAccess<Permission>(scope),
    /** The tenant, with the caller's membership in it. */
    // An operator has none, and everybody else has one.
    get: withSettings(getTenant) as () => Promise<Own<Values, Place>>,
    update: withSettings(updateTenant),
    archive: withSettings(archiveTenant),
    delete: withSettings(deleteTenant),
    restore: withSettings(restoreTenant),
    uploadImage: bindScope(scope, uploadImage),
    recordActivity: bindScope(scope, recordActivity),
    organization: bindScope(scope, organizationOfTenant),
    get members() {
      return {
        list: named(listMembers),
        listEveryone: named(listEveryone),
        get: named(getMember),
        invite: named(inviteMember),
        inviteMany: named(inviteMembers),
        add: named(addMember),
        addMany: named(addMembers),
        addOrInvite: named(addOrInviteMembers),
        changeRoles: named(changeRoles),
        promote: named(promoteMember),
        demote: named(demoteMember),
        update: named(updateMember),
        activate: named(activateMember),
        deactivate: named(deactivateMember),
        remove: bindScope(scope, removeMember),
        dismiss: bindScope(scope, dismissMember),
        leave: bindScope(scope, leaveTenant),
        getOverrides: bindScope(scope, getOverrides),
        // Methods, so that a tenancy with names of its own is still one of any names.
        setOverrides(changes: OverrideChanges<Permission>) {
          // The compiler cannot see that a name which may be left out is never there without a value.
          return setOverrides(scope, changes as OverrideChanges<Permission> & Parameters<typeof setOverrides>[1])
        },
        explain(question: PermissionQuestion<Permission>) {
          return explainPermission(scope, question)
        },
        listWho(question: WhoQuestion<Permission>) {
          return listWho(scope, question)
        },
        whatIf(question: WhatIfQuestion<Permission, RoleName<Role>>) {
          // As above; and the policy was compiled from the resources that the type was derived from.
          const raw = question as WhatIfQuestion<Permission, RoleName<Role>> & Parameters<typeof whatIf>[1]
          return whatIf(scope, raw) as Promise<WhatIf<Permission>>
        },
      }
    },
    get invitations() {
      return {
        list: bindScope(scope, listInvitations),
        resend: bindScope(scope, resendInvitation),
        revoke: bindScope(scope, revokeInvitation),
      }
    },
    get joinRequests() {
      return {
        list: bindScope(scope, listJoinRequests),
        approve: named(approveJoinRequest),
        reject: bindScope(scope, rejectJoinRequest),
      }
    },
    get roles() {
      return {
        list: bindScope(scope, listRoles),
        create(role: NewRole<Permission>) {
          return createRole(scope, role)
        },
        update(revision: RoleRevision<Permission>) {
          return updateRole(scope, revision)
        },
        delete: bindScope(scope, deleteRole),
      }
    },
    get resources() {
      return {
        create: bindScope(scope, createResource),
        get: bindScope(scope, getResource),
        list: bindScope(scope, listResources),
        update: bindScope(scope, updateResource),
        delete: bindScope(scope, deleteResource),
        share: bindScope(scope, shareResource),
        unshare: bindScope(scope, unshareResource),
        transfer: bindScope(scope, transferResource),
        countLabels: bindScope(scope, countLabels),
        statistics: bindScope(scope, resourceStatistics),
      }
    },
    get comments() {
      return {
        list: bindScope(scope, listComments),
        create: bindScope(scope, commentOnResource),
      }
    },
    get ownership() {
      return {
        start: bindScope(scope, startTransfer),
        verify: bindScope(scope, verifyTransfer),
        complete: bindScope(scope, completeTransfer),
      }
    },
    get events() {
      return {
        list: bindScope(scope, listEvents),
        append: bindScope(scope, appendEvent),
        verify: bindScope(scope, verifyEvents),
      }
    },
  })
}
