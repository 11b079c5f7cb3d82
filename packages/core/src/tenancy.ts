import { bindScope } from './bind-scope.js'
import { callsOnTenants } from './calls-on-tenants.js'
import type { MemberMetadata } from './model/membership.js'
import type { Settings } from './model/tenant.js'
import type { Actor } from './services/actor.js'
import type { Scope } from './services/command.js'
import type { Context } from './services/context.js'
import { approveDevice } from './services/devices/approve-device.js'
import { denyDevice } from './services/devices/deny-device.js'
import { exchangeDeviceCode } from './services/devices/exchange-device-code.js'
import { lookUpDevice } from './services/devices/look-up-device.js'
import { startDevice } from './services/devices/start-device.js'
import { issueExternalToken } from './services/external-tokens/issue-external-token.js'
import { acceptInvitation } from './services/invitations/accept-invitation.js'
import { acceptOwnInvitation } from './services/invitations/accept-own-invitation.js'
import { declineInvitation } from './services/invitations/decline-invitation.js'
import { declineOwnInvitation } from './services/invitations/decline-own-invitation.js'
import { listOwnInvitations } from './services/invitations/list-own-invitations.js'
import { previewInvitation } from './services/invitations/preview-invitation.js'
import { signUpByInvitation } from './services/invitations/sign-up-by-invitation.js'
import { listDeadMails } from './services/mails/list-dead-mails.js'
import { mailBacklog } from './services/mails/mail-backlog.js'
import { retryDeadMail } from './services/mails/retry-dead-mail.js'
import { getPreferences } from './services/notifications/get-preferences.js'
import { listNotifications } from './services/notifications/list-notifications.js'
import { markAllRead } from './services/notifications/mark-all-read.js'
import { markRead } from './services/notifications/mark-read.js'
import { notificationBacklog } from './services/notifications/notification-backlog.js'
import { updatePreferences } from './services/notifications/update-preferences.js'
import { createOrganization } from './services/organizations/create-organization.js'
import { listMyOrganizations } from './services/organizations/list-my-organizations.js'
import { listDeadEvents } from './services/relay/list-dead-events.js'
import { relayBacklog } from './services/relay/relay-backlog.js'
import { retryDeadEvent } from './services/relay/retry-dead-event.js'
import { createOwnResource } from './services/resources/create-own-resource.js'
import { deleteOwnResources } from './services/resources/delete-own-resources.js'
import { getOwnResource } from './services/resources/get-own-resource.js'
import { listOwnResources } from './services/resources/list-own-resources.js'
import { updateOwnResource } from './services/resources/update-own-resource.js'
import { createAccessToken } from './services/tokens/create-access-token.js'
import { listAccessTokens } from './services/tokens/list-access-tokens.js'
import { revokeAccessToken } from './services/tokens/revoke-access-token.js'
import { activateUser } from './services/users/activate-user.js'
import { createUser } from './services/users/create-user.js'
import { deleteUser } from './services/users/delete-user.js'
import { ensureUser } from './services/users/ensure-user.js'
import { getMe } from './services/users/get-me.js'
import { getUser } from './services/users/get-user.js'
import { listUsers } from './services/users/list-users.js'
import { signIn } from './services/users/sign-in.js'
import { signOut } from './services/users/sign-out.js'
import { signUp } from './services/users/sign-up.js'
import { updateUser } from './services/users/update-user.js'
import { wayIn } from './way-in.js'
import { workInOrganization } from './work-in-organization.js'
import type { workIn } from './work-in.js'

/**
 * Everything one actor may ask for outside any tenant, and the way into tenants. Nouns are getters, because a call uses
 * one of them and a request makes all of this anew.
 */
export function actAs<Permission extends string, Role extends string, Metadata, Values>(
  context: Context,
  actor: Actor,
) {
  const scope: Scope = { context, actor }
  return Object.freeze({
    actor,
    get tenants() {
      return callsOnTenants<Values>(scope)
    },
    /** Resources that are named without a tenant: in whichever tenant the caller has them or sees them. */
    get resources() {
      return {
        create: bindScope(scope, createOwnResource),
        get: bindScope(scope, getOwnResource),
        list: bindScope(scope, listOwnResources),
        update: bindScope(scope, updateOwnResource),
        delete: bindScope(scope, deleteOwnResources),
      }
    },
    get organizations() {
      return {
        create: bindScope(scope, createOrganization),
        list: bindScope(scope, listMyOrganizations),
      }
    },
    get invitations() {
      return {
        preview: bindScope(scope, previewInvitation),
        accept: bindScope(scope, acceptInvitation),
        signUp: bindScope(scope, signUpByInvitation),
        decline: bindScope(scope, declineInvitation),
        listOwn: bindScope(scope, listOwnInvitations),
        acceptOwn: bindScope(scope, acceptOwnInvitation),
        declineOwn: bindScope(scope, declineOwnInvitation),
      }
    },
    get users() {
      return {
        me: bindScope(scope, getMe),
        create: bindScope(scope, createUser),
        activate: bindScope(scope, activateUser),
        ensure: bindScope(scope, ensureUser),
        update: bindScope(scope, updateUser),
        delete: bindScope(scope, deleteUser),
        get: bindScope(scope, getUser),
        list: bindScope(scope, listUsers),
        signUp: bindScope(scope, signUp),
        signIn: bindScope(scope, signIn),
        signOut: bindScope(scope, signOut),
      }
    },
    get accessTokens() {
      return {
        create: bindScope(scope, createAccessToken),
        list: bindScope(scope, listAccessTokens),
        revoke: bindScope(scope, revokeAccessToken),
        issueExternal: bindScope(scope, issueExternalToken),
      }
    },
    get devices() {
      return {
        start: bindScope(scope, startDevice),
        lookUp: bindScope(scope, lookUpDevice),
        approve: bindScope(scope, approveDevice),
        deny: bindScope(scope, denyDevice),
        exchange: bindScope(scope, exchangeDeviceCode),
      }
    },
    get notifications() {
      return {
        list: bindScope(scope, listNotifications),
        markRead: bindScope(scope, markRead),
        markAllRead: bindScope(scope, markAllRead),
        preferences: {
          get: bindScope(scope, getPreferences),
          update: bindScope(scope, updatePreferences),
        },
        backlog: bindScope(scope, notificationBacklog),
      }
    },
    get mails() {
      return {
        backlog: bindScope(scope, mailBacklog),
        listDead: bindScope(scope, listDeadMails),
        retry: bindScope(scope, retryDeadMail),
      }
    },
    get relay() {
      return {
        backlog: bindScope(scope, relayBacklog),
        listDead: bindScope(scope, listDeadEvents),
        retry: bindScope(scope, retryDeadEvent),
      }
    },
    in: wayIn<Permission, Role, Metadata, Values>(scope),
    /** Runs one organization. Nothing is looked up yet; each call checks anew who may. */
    inOrganization: (organizationId: string) => workInOrganization<Values>({ ...scope, organizationId }),
  })
}

/** What {@link Tenancy.as} answers. */
export type ActingUser<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> = ReturnType<typeof actAs<Permission, Role, Metadata, Values>>

/** What `as(actor).in(tenantId)` answers. */
export type ActingMember<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> = ReturnType<typeof workIn<Permission, Role, Metadata, Values>>

/** What `as(actor).in(tenantId, { reason })` answers. */
export type ActingOperator<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> = ReturnType<typeof workIn<Permission, Role, Metadata, Values, null>>
