import type { Notification, NotificationChannel, NotificationKind } from '../model/notification.js'
import type { PageRequest } from '../model/page.js'
import type { Resource } from '../model/resource.js'
import type { Tenant } from '../model/tenant.js'
import type { User } from '../model/user.js'

/** Of a resource, what a list shows and what decides who may see it. */
export type NotifiedResource = Pick<
  Resource,
  'tenantId' | 'type' | 'id' | 'ownerTenantId' | 'ownerId' | 'visibility' | 'name'
>

/** A notification with what it names, as that is now. Whether its reader may see all of it, a storage does not know. */
export interface NotificationWithSubject {
  readonly notification: Notification
  readonly tenant: Pick<Tenant, 'id' | 'name'>
  readonly actor: Pick<User, 'id' | 'name'> | null
  /** `null` also when it is gone, or seen in another tenant. */
  readonly resource: NotifiedResource | null
  readonly member: Pick<User, 'id' | 'name'> | null
}

/** Whose notifications; only those that were not read yet, when asked for. */
export interface NotificationFilter {
  readonly userId: string
  readonly unread: boolean
}

/** Those of one event that are told to several people at once: what they have in common. */
export type SharedNotification = Omit<Notification, 'userId' | 'readAt'>

export interface NotificationReads {
  /**
   * A person's notifications from all tenants, newest first, then by id descending (bytes). The position is `at` and id.
   *
   * - MUST leave out those of tenants that are not active, and of which the person is no active member
   *   [notification-list].
   * - MUST answer what each names as it is now [notification-list-subjects].
   * - MUST narrow to those that were not read [notification-list-unread].
   * - MUST answer pages without gap or repetition, by position and by offset alike [notification-list-pages].
   */
  list(query: NotificationFilter & { readonly page: PageRequest }): Promise<readonly NotificationWithSubject[]>

  /** MUST count what {@link list} lists [notification-count]. */
  count(filter: NotificationFilter): Promise<number>

  /** One that {@link list} lists. MUST answer `null` for any other [notification-find]. */
  find(key: { readonly userId: string; readonly id: string }): Promise<NotificationWithSubject | null>

  /** MUST answer what the person has chosen, and nothing for what they have not [notification-preferences]. */
  getPreferences(userId: string): Promise<Readonly<Partial<Record<NotificationKind, NotificationChannel>>>>

  /** MUST answer those of the people who have chosen for the kind, in any order [notification-choices]. */
  listPreferences(query: {
    readonly kind: NotificationKind
    readonly userIds: readonly string[]
  }): Promise<readonly { readonly userId: string; readonly channel: NotificationChannel }[]>
}

export interface NotificationRepository extends NotificationReads {
  /**
   * Writes the notification for each of these people, at most 100 and none of them twice.
   *
   * - MUST keep every field as given, not read yet [notification-tell].
   * - MUST answer those who did not have it, in any order, and leave the others' as they are [notification-tell-again].
   * - MUST refuse whoever is no member of the tenant (`reference`), at once or at the commit
   *   [notification-tell-reference].
   */
  insertForUsers(notification: SharedNotification, userIds: readonly string[]): Promise<readonly string[]>

  /** MUST set `readAt` of this one, and answer `false` and change nothing when it is read, or absent [notification-read]. */
  markRead(change: {
    readonly tenantId: string
    readonly userId: string
    readonly id: string
    readonly at: number
  }): Promise<boolean>

  /** MUST set `readAt` of all that the person has not read, and answer how many they were [notification-read-all]. */
  markAllRead(change: { readonly userId: string; readonly at: number }): Promise<number>

  /** MUST remove up to `limit` of the tenant's that are from before the moment, and answer how many [notification-remove-old]. */
  removeOld(query: { readonly tenantId: string; readonly before: number; readonly limit: number }): Promise<number>

  /** MUST take the place of an earlier choice of the person for the kind, and of no other [notification-choose]. */
  setPreference(choice: {
    readonly userId: string
    readonly kind: NotificationKind
    readonly channel: NotificationChannel
  }): Promise<void>

  /** MUST remove the person's notifications and choices, in all tenants, and nobody else's [notification-delete-by-user]. */
  deleteByUser(userId: string): Promise<void>
}
