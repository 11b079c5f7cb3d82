import type { TenancyEvent } from '../../events.js'
import type { NotificationKind } from '../../model/notification.js'

interface NamedResource {
  readonly type: string
  readonly id: string
}

/** Whom an event is told to, beside that they must be active members and did not cause it. */
export type Audience =
  /** Those who may read the resource. */
  | { readonly readersOf: NamedResource }
  /** Those who decide over members and their roles. */
  | 'managers'
  | { readonly member: string }
  | { readonly holdersOf: string }

/** What there is to tell of an event. */
export interface Telling {
  readonly kind: NotificationKind
  readonly resource: NamedResource | null
  readonly memberId: string | null
  readonly audience: Audience
}

function aboutResource(kind: NotificationKind, resource: NamedResource): Telling {
  return { kind, resource, memberId: null, audience: { readersOf: resource } }
}

function aboutMember(kind: NotificationKind, memberId: string, audience: Audience): Telling {
  return { kind, resource: null, memberId, audience }
}

/** What an event of a tenant's chain gives to tell; `null` for most. */
export function tellingOf(event: TenancyEvent): Telling | null {
  if (!('tenantId' in event.scope)) return null
  const { id } = event.target
  switch (event.type) {
    case 'resource.created':
      return aboutResource('resource_created', { type: event.data.type, id })
    case 'resource.shared':
      // Lending is told in both tenants' chains. It is new where it is seen from now on.
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
    case 'member.role_changed':
    case 'member.overrides_changed':
    case 'ownership.transferred':
      return aboutMember('permissions_changed', id, { member: id })
    case 'role.updated':
      if (event.data.to.permissions === undefined) return null
      return { kind: 'permissions_changed', resource: null, memberId: null, audience: { holdersOf: id } }
    default:
      return null
  }
}
