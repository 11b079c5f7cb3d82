import type { TenancyEvent } from '../../events.js'
import type { NotificationKind } from '../../model/notification.js'

interface NamedResource {
  readonly type: string
  readonly id: string
}

/** Recipients of a notification; inactive members and the actor are always excluded. */
export type Audience =
  /** Those who may read the resource. */
  | { readonly readersOf: NamedResource }
  /** Those who decide over members and their roles. */
  | 'managers'
  | { readonly member: string }
  | { readonly holdersOf: string }

/** Notification content derived from an event. */
export interface NotificationTemplate {
  readonly kind: NotificationKind
  readonly resource: NamedResource | null
  readonly memberId: string | null
  readonly audience: Audience
}

function aboutResource(kind: NotificationKind, resource: NamedResource): NotificationTemplate {
  return { kind, resource, memberId: null, audience: { readersOf: resource } }
}

function aboutMember(kind: NotificationKind, memberId: string, audience: Audience): NotificationTemplate {
  return { kind, resource: null, memberId, audience }
}

/** The notification that an event of a tenant's chain causes; `null` for most. */
export function notificationFor(event: TenancyEvent): NotificationTemplate | null {
  if (!('tenantId' in event.scope)) return null
  const { id } = event.target
  switch (event.type) {
    case 'resource.created':
      return aboutResource('resource_created', { type: event.data.type, id })
    case 'resource.shared':
      // Both tenants' chains have the event. Only members of the tenant it is shared with are notified.
      return event.data.tenantId === event.scope.tenantId
        ? aboutResource('resource_created', { type: event.data.type, id })
        : null
    case 'resource.updated':
      return aboutResource('resource_updated', { type: event.data.type, id })
    case 'comment.created':
      return aboutResource('comment_added', { type: event.data.resourceType, id: event.data.resourceId })
    case 'member.added':
      return event.data.notify === false ? null : aboutMember('member_joined', id, 'managers')
    case 'member.joined':
      return aboutMember('member_joined', id, 'managers')
    case 'member.removed':
    case 'member.left':
      return aboutMember('member_left', id, 'managers')
    case 'member.roles_updated':
    case 'member.overrides_updated':
    case 'ownership.transferred':
      return aboutMember('permissions_changed', id, { member: id })
    case 'role.updated':
      if (event.data.to.permissions === undefined) return null
      return { kind: 'permissions_changed', resource: null, memberId: null, audience: { holdersOf: id } }
    default:
      return null
  }
}
