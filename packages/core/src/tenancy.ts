import type { Access } from './policy/access.js'
import type { Actor } from './services/actor.js'
import type { Scope, TenantScope } from './services/command.js'
import type { Context } from './services/context.js'
import { listEvents } from './services/events/list-events.js'
import { verifyEvents } from './services/events/verify-events.js'
import { readLogo } from './services/files/read-logo.js'
import { uploadLogo } from './services/files/upload-logo.js'
import { acceptInvitation } from './services/invitations/accept-invitation.js'
import { declineInvitation } from './services/invitations/decline-invitation.js'
import { inviteMember } from './services/invitations/invite-member.js'
import { inviteMembers } from './services/invitations/invite-members.js'
import { listInvitations } from './services/invitations/list-invitations.js'
import { previewInvitation } from './services/invitations/preview-invitation.js'
import { resendInvitation } from './services/invitations/resend-invitation.js'
import { revokeInvitation } from './services/invitations/revoke-invitation.js'
import { signUpByInvitation } from './services/invitations/sign-up-by-invitation.js'
import { listDeadMails } from './services/mails/list-dead-mails.js'
import { mailBacklog } from './services/mails/mail-backlog.js'
import { retryDeadMail } from './services/mails/retry-dead-mail.js'
import { activateMember } from './services/members/activate-member.js'
import { addMember } from './services/members/add-member.js'
import { addMembers } from './services/members/add-members.js'
import { changeRole } from './services/members/change-role.js'
import { deactivateMember } from './services/members/deactivate-member.js'
import { explainPermission } from './services/members/explain-permission.js'
import type { PermissionQuestion } from './services/members/explain-permission.js'
import { getAccess } from './services/members/get-access.js'
import { getMember } from './services/members/get-member.js'
import { getOverrides } from './services/members/get-overrides.js'
import { leaveTenant } from './services/members/leave-tenant.js'
import { listMembers } from './services/members/list-members.js'
import { recordActivity } from './services/members/record-activity.js'
import { removeMember } from './services/members/remove-member.js'
import { setOverrides } from './services/members/set-overrides.js'
import type { OverrideChanges } from './services/members/set-overrides.js'
import { completeTransfer } from './services/ownership/complete-transfer.js'
import { startTransfer } from './services/ownership/start-transfer.js'
import { verifyTransfer } from './services/ownership/verify-transfer.js'
import { listDeadEvents } from './services/relay/list-dead-events.js'
import { relayBacklog } from './services/relay/relay-backlog.js'
import { retryDeadEvent } from './services/relay/retry-dead-event.js'
import { archiveTenant } from './services/tenants/archive-tenant.js'
import { createTenant } from './services/tenants/create-tenant.js'
import { currentTenant } from './services/tenants/current-tenant.js'
import { getTenant } from './services/tenants/get-tenant.js'
import { listAllTenants } from './services/tenants/list-all-tenants.js'
import { listMyTenants } from './services/tenants/list-my-tenants.js'
import { restoreTenant } from './services/tenants/restore-tenant.js'
import { switchTenant } from './services/tenants/switch-tenant.js'
import { updateTenant } from './services/tenants/update-tenant.js'
import { createAccessToken } from './services/tokens/create-access-token.js'
import { listAccessTokens } from './services/tokens/list-access-tokens.js'
import { revokeAccessToken } from './services/tokens/revoke-access-token.js'
import { activateUser } from './services/users/activate-user.js'
import { createUser } from './services/users/create-user.js'
import { deleteUser } from './services/users/delete-user.js'
import { ensureUser } from './services/users/ensure-user.js'
import { getMe } from './services/users/get-me.js'
import { listUsers } from './services/users/list-users.js'
import { signIn } from './services/users/sign-in.js'
import { signOut } from './services/users/sign-out.js'
import { updateUser } from './services/users/update-user.js'

/** Fixes who calls, and leaves what they call with. */
function bind<S, Input, Result>(scope: S, useCase: (scope: S, input: Input) => Promise<Result>) {
  return (...input: undefined extends Input ? [input?: Input] : [input: Input]): Promise<Result> =>
    // An absent input is `undefined`, which the condition above allows only where Input does.
    useCase(scope, input[0] as Input)
}

/**
 * Everything one actor may ask for outside any tenant, and the way into tenants. Nouns are getters, because a call uses
 * one of them and a request makes all of this anew.
 */
export function actAs<Permission extends string>(context: Context, actor: Actor) {
  const scope: Scope = { context, actor }
  return Object.freeze({
    actor,
    get tenants() {
      return {
        create: bind(scope, createTenant),
        list: bind(scope, listMyTenants),
        listAll: bind(scope, listAllTenants),
        current: bind(scope, currentTenant),
        switch: bind(scope, switchTenant),
        readLogo: bind(scope, readLogo),
      }
    },
    get invitations() {
      return {
        preview: bind(scope, previewInvitation),
        accept: bind(scope, acceptInvitation),
        signUp: bind(scope, signUpByInvitation),
        decline: bind(scope, declineInvitation),
      }
    },
    get users() {
      return {
        me: bind(scope, getMe),
        create: bind(scope, createUser),
        activate: bind(scope, activateUser),
        ensure: bind(scope, ensureUser),
        update: bind(scope, updateUser),
        delete: bind(scope, deleteUser),
        list: bind(scope, listUsers),
        signIn: bind(scope, signIn),
        signOut: bind(scope, signOut),
      }
    },
    get accessTokens() {
      return {
        create: bind(scope, createAccessToken),
        list: bind(scope, listAccessTokens),
        revoke: bind(scope, revokeAccessToken),
      }
    },
    get mails() {
      return {
        backlog: bind(scope, mailBacklog),
        listDead: bind(scope, listDeadMails),
        retry: bind(scope, retryDeadMail),
      }
    },
    get relay() {
      return {
        backlog: bind(scope, relayBacklog),
        listDead: bind(scope, listDeadEvents),
        retry: bind(scope, retryDeadEvent),
      }
    },
    /** Works inside one tenant. Nothing is looked up yet; each call checks membership anew. */
    in: (tenantId: string) => workIn<Permission>({ ...scope, tenantId }),
  })
}

/** Everything one actor may ask for inside one tenant. */
function workIn<Permission extends string>(scope: TenantScope) {
  if (typeof scope.tenantId !== 'string' || scope.tenantId === '') throw new TypeError('in(tenantId) needs a tenant id')
  return Object.freeze({
    tenantId: scope.tenantId,
    access: (): Promise<Access<Permission>> => getAccess<Permission>(scope),
    get: bind(scope, getTenant),
    update: bind(scope, updateTenant),
    archive: bind(scope, archiveTenant),
    restore: bind(scope, restoreTenant),
    uploadLogo: bind(scope, uploadLogo),
    recordActivity: bind(scope, recordActivity),
    get members() {
      return {
        list: bind(scope, listMembers),
        get: bind(scope, getMember),
        invite: bind(scope, inviteMember),
        inviteMany: bind(scope, inviteMembers),
        add: bind(scope, addMember),
        addMany: bind(scope, addMembers),
        changeRole: bind(scope, changeRole),
        activate: bind(scope, activateMember),
        deactivate: bind(scope, deactivateMember),
        remove: bind(scope, removeMember),
        leave: bind(scope, leaveTenant),
        getOverrides: bind(scope, getOverrides),
        // Methods, so that a tenancy with names of its own is still one of any names.
        setOverrides(changes: OverrideChanges<Permission>) {
          // The compiler cannot see that a name which may be left out is never there without a value.
          return setOverrides(scope, changes as OverrideChanges<Permission> & Parameters<typeof setOverrides>[1])
        },
        explain(question: PermissionQuestion<Permission>) {
          return explainPermission(scope, question)
        },
      }
    },
    get invitations() {
      return {
        list: bind(scope, listInvitations),
        resend: bind(scope, resendInvitation),
        revoke: bind(scope, revokeInvitation),
      }
    },
    get ownership() {
      return {
        start: bind(scope, startTransfer),
        verify: bind(scope, verifyTransfer),
        complete: bind(scope, completeTransfer),
      }
    },
    get events() {
      return {
        list: bind(scope, listEvents),
        verify: bind(scope, verifyEvents),
      }
    },
  })
}

/** What {@link Tenancy.as} answers. */
export type ActingUser<Permission extends string = string> = ReturnType<typeof actAs<Permission>>

/** What `as(actor).in(tenantId)` answers. */
export type ActingMember<Permission extends string = string> = ReturnType<ActingUser<Permission>['in']>
