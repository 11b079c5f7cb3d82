import type { Storage } from '../storage/port.js'
import type { SharedNotification } from '../storage/notification-port.js'
import { noon } from './given.js'
import { write } from './write.js'

export function notificationOf(
  fields: Partial<SharedNotification> & Pick<SharedNotification, 'id' | 'tenantId'>,
): SharedNotification {
  return { kind: 'resource_created', actorId: null, resource: null, memberId: null, at: noon, ...fields }
}

/** Tells these people, and answers those who had not been told before. */
export const tell = (storage: Storage, notification: SharedNotification, ...userIds: readonly string[]) =>
  write(storage, (tx) => tx.notifications.tell(notification, userIds))
