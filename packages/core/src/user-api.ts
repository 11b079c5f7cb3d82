import { bindScope } from './bind-scope.js'
import { callsOnTenants } from './tenants-api.js'
import type { UserClient } from './clients/user-client.js'
import type { Actor } from './services/pipeline/actor.js'
import type { Scope } from './services/pipeline/command.js'
import type { Context } from './services/pipeline/context.js'
import { approveDevice } from './services/use-cases/devices/approve-device.js'
import { denyDevice } from './services/use-cases/devices/deny-device.js'
import { exchangeDeviceCode } from './services/use-cases/devices/exchange-device-code.js'
import { lookUpDevice } from './services/use-cases/devices/look-up-device.js'
import { startDevice } from './services/use-cases/devices/start-device.js'
import { issueExternalToken } from './services/use-cases/external-tokens/issue-external-token.js'
import { acceptInvitation } from './services/use-cases/invitations/accept-invitation.js'
import { acceptMyInvitation } from './services/use-cases/invitations/accept-my-invitation.js'
import { declineInvitation } from './services/use-cases/invitations/decline-invitation.js'
import { declineMyInvitation } from './services/use-cases/invitations/decline-my-invitation.js'
import { listMyInvitations } from './services/use-cases/invitations/list-my-invitations.js'
import { previewInvitation } from './services/use-cases/invitations/preview-invitation.js'
import { signUpByInvitation } from './services/use-cases/invitations/sign-up-by-invitation.js'
import { listDeadEmails } from './services/use-cases/emails/list-dead-emails.js'
import { emailBacklog } from './services/use-cases/emails/email-backlog.js'
import { retryDeadEmail } from './services/use-cases/emails/retry-dead-email.js'
import { getPreferences } from './services/use-cases/notifications/get-preferences.js'
import { listNotifications } from './services/use-cases/notifications/list-notifications.js'
import { markAllRead } from './services/use-cases/notifications/mark-all-read.js'
import { markRead } from './services/use-cases/notifications/mark-read.js'
import { notificationBacklog } from './services/use-cases/notifications/notification-backlog.js'
import { updatePreferences } from './services/use-cases/notifications/update-preferences.js'
import { createOrganization } from './services/use-cases/organizations/create-organization.js'
import { listMyOrganizations } from './services/use-cases/organizations/list-my-organizations.js'
import { listDeadLetters } from './services/use-cases/event-delivery/list-dead-letters.js'
import { eventBacklog } from './services/use-cases/event-delivery/event-backlog.js'
import { retryDeadLetter } from './services/use-cases/event-delivery/retry-dead-letter.js'
import { createOwnResource } from './services/use-cases/resources/create-own-resource.js'
import { deleteOwnResources } from './services/use-cases/resources/delete-own-resources.js'
import { getOwnResource } from './services/use-cases/resources/get-own-resource.js'
import { listOwnResources } from './services/use-cases/resources/list-own-resources.js'
import { updateOwnResource } from './services/use-cases/resources/update-own-resource.js'
import { createAccessToken } from './services/use-cases/tokens/create-access-token.js'
import { listAccessTokens } from './services/use-cases/tokens/list-access-tokens.js'
import { revokeAccessToken } from './services/use-cases/tokens/revoke-access-token.js'
import { activateUser } from './services/use-cases/users/activate-user.js'
import { createUser } from './services/use-cases/users/create-user.js'
import { deleteUser } from './services/use-cases/users/delete-user.js'
import { ensureUser } from './services/use-cases/users/ensure-user.js'
import { getMe } from './services/use-cases/users/get-me.js'
import { getUser } from './services/use-cases/users/get-user.js'
import { listUsers } from './services/use-cases/users/list-users.js'
import { signIn } from './services/use-cases/users/sign-in.js'
import { signOut } from './services/use-cases/users/sign-out.js'
import { signUp } from './services/use-cases/users/sign-up.js'
import { updateUser } from './services/use-cases/users/update-user.js'
import { tenantEntry } from './tenant-entry.js'
import { organizationApi } from './organization-api.js'

/**
 * Everything one actor may ask for outside any tenant, and the way into tenants. Namespaces are lazy getters: each request builds this object and uses one of them.
 */
export function userApi<Permission extends string, Role extends string, Metadata, Values>(
  context: Context,
  actor: Actor,
): UserClient<Permission, Role, Metadata, Values> {
  const scope: Scope = { context, actor }
  return Object.freeze({
    actor,
    get tenants() {
      return callsOnTenants<Values>(scope)
    },
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
        listMine: bindScope(scope, listMyInvitations),
        acceptMine: bindScope(scope, acceptMyInvitation),
        declineMine: bindScope(scope, declineMyInvitation),
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
    get emails() {
      return {
        backlog: bindScope(scope, emailBacklog),
        listDeadLetters: bindScope(scope, listDeadEmails),
        retry: bindScope(scope, retryDeadEmail),
      }
    },
    get eventDelivery() {
      return {
        backlog: bindScope(scope, eventBacklog),
        listDeadLetters: bindScope(scope, listDeadLetters),
        retry: bindScope(scope, retryDeadLetter),
      }
    },
    in: tenantEntry<Permission, Role, Metadata, Values>(scope),
    organization: (organizationId: string) => organizationApi<Values>({ ...scope, organizationId }),
  })
}
