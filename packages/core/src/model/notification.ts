import { z } from 'zod'
import { Id, Moment } from './id.js'

/** What people are told of. */
export const NotificationKind = z.enum([
  'resource_created',
  'resource_updated',
  'comment_added',
  'member_joined',
  'member_left',
  'permissions_changed',
])
export type NotificationKind = z.infer<typeof NotificationKind>

/** How somebody is told: not at all, in their list, or in their list and by mail. */
export const NotificationChannel = z.enum(['off', 'in_app', 'email'])
export type NotificationChannel = z.infer<typeof NotificationChannel>

/**
 * What one person was told of an event. `id` is the event's: of one event, a person is told once. It names what it is
 * about and holds none of it, so that it tells no more than its reader may see when it is read.
 */
export const Notification = z.object({
  id: Id,
  tenantId: Id,
  userId: Id,
  kind: NotificationKind,
  /** Who did it; `null` for the host's own code. */
  actorId: Id.nullable(),
  resource: z.object({ type: z.string(), id: Id }).readonly().nullable(),
  /** Whose membership it is about. */
  memberId: Id.nullable(),
  at: Moment,
  readAt: Moment.nullable(),
})
export interface Notification extends Readonly<z.infer<typeof Notification>> {}
