import mitt from 'mitt'
import type { Event, EventScope, EventTarget } from './model/event.js'
import type { HostName } from './model/host-event.js'
import type { JsonObject } from './model/json-object.js'
import type { NotificationChannel, NotificationKind } from './model/notification.js'
import type { ResourceVisibility } from './model/resource.js'
import type { TenantRole } from './model/tenant-role.js'
import type { Logger } from './services/pipeline/logger.js'

/** What somebody is in an organization. */
interface OrganizationFlags {
  readonly active: boolean
  readonly admin: boolean
}

type RoleTerms = Pick<TenantRole, 'name' | 'rank' | 'permissions'>

/** Every kind of event with what it tells beyond actor, target and time. */
export interface EventData {
  'tenant.created': { readonly name: string; readonly slug: string | null }
  'tenant.updated': { readonly changed: readonly string[] }
  'tenant.archived': Record<never, never>
  'tenant.plan_updated': { readonly from: string; readonly to: string }
  'tenant.suspended': { readonly from: 'active' | 'archived' }
  'tenant.reactivated': Record<never, never>
  'tenant.restored': { readonly from: 'archived' | 'deleted' }
  'tenant.deleted': Record<never, never>
  /** In the chain of the last owner: where the tenant's own chain ended, which went with it. */
  'tenant.purged': { readonly lastSeq: number; readonly lastHash: string | null }
  'tenant.image_uploaded': { readonly setting: string; readonly contentType: string; readonly sizeBytes: number }
  'member.added': {
    readonly roles: readonly string[]
    readonly active: boolean
    readonly revokedInvitationIds: readonly string[]
    /** The names in the metadata, where there is any. */
    readonly metadata?: readonly string[]
    /** The time that an operator gave. */
    readonly joinedAt?: number
    /** There, and `false`, where nobody was told. */
    readonly notify?: boolean
  }
  'member.joined': { readonly role: string } & (
    | { readonly via: 'invitation'; readonly invitationId: string }
    | { readonly via: 'request'; readonly joinRequestId: string; readonly revokedInvitationIds: readonly string[] }
    | { readonly via: 'open'; readonly revokedInvitationIds: readonly string[] }
  )
  'member.roles_updated': { readonly from: readonly string[]; readonly to: readonly string[] }
  /** Whoever proved the address took over the account that waited there, and with it this membership. */
  'member.claimed': { readonly from: string; readonly roles: readonly string[] }
  'member.removed': { readonly roles: readonly string[]; readonly revokedInvitationIds: readonly string[] }
  'member.left': { readonly roles: readonly string[]; readonly revokedInvitationIds: readonly string[] }
  'member.activated': Record<never, never>
  'member.deactivated': { readonly revokedInvitationIds: readonly string[] }
  /** The names in the metadata that were added, changed or removed. */
  'member.metadata_updated': { readonly changed: readonly string[] }
  'member.overrides_updated': { readonly overrides: Readonly<Record<string, boolean>> }
  'role.created': RoleTerms
  'role.updated': { readonly from: Partial<RoleTerms>; readonly to: Partial<RoleTerms> }
  'role.deleted': RoleTerms
  'invitation.created': { readonly email: string; readonly role: string }
  'invitation.resent': { readonly email: string; readonly role: string }
  'invitation.revoked': { readonly email: string }
  'invitation.declined': { readonly email: string }
  'join_request.created': Record<never, never>
  'join_request.withdrawn': Record<never, never>
  'join_request.rejected': { readonly userId: string }
  'ownership_transfer.started': Record<never, never>
  'ownership_transfer.verified': Record<never, never>
  'ownership.transferred': { readonly from: string; readonly to: string }
  'organization.created': {
    readonly shortName: string
    readonly displayName: string
    readonly adminId: string
  }
  /** Somebody began to take out everything that the organization holds. */
  'organization.exported': Record<never, never>
  'organization_member.added': OrganizationFlags
  'organization_member.updated': { readonly from: OrganizationFlags; readonly to: OrganizationFlags }
  'organization_member.claimed': OrganizationFlags & { readonly from: string }
  'organization_member.removed': OrganizationFlags
  'user.created': { readonly superuser: boolean }
  'user.updated': { readonly changed: readonly string[] }
  /** The address was proven to be another account's: this one goes on without it, and signs in by it no more. */
  'user.email_removed': { readonly email: string }
  /** The account waited for its person, who has another: what it had is that one's now, and it is gone. */
  'user.claimed': { readonly by: string }
  'user.deleted': Record<never, never>
  'user.notification_preferences_updated': {
    readonly to: Readonly<Partial<Record<NotificationKind, NotificationChannel>>>
  }
  'user.current_tenant_changed': { readonly tenantId: string }
  'user.signed_in': Record<never, never>
  'access_token.issued': { readonly label: string | null; readonly expiresAt: number }
  /** A device signed in again: its token was replaced, and the one before opens nothing. */
  'access_token.rotated': { readonly label: string | null; readonly expiresAt: number }
  'access_token.revoked': Record<never, never>
  'device_authorization.approved': { readonly clientId: string; readonly label: string }
  'device_authorization.denied': { readonly clientId: string; readonly label: string }
  'resource.created': { readonly type: string; readonly name: string; readonly visibility: ResourceVisibility }
  'resource.updated': { readonly type: string; readonly changed: readonly string[] }
  'resource.deleted': { readonly type: string }
  /** `tenantId` is the tenant that sees it from now on; when it is shared, both tenants have the event. */
  'resource.shared': { readonly type: string; readonly tenantId: string }
  /** `tenantId` is the tenant that saw it. */
  'resource.unshared': { readonly type: string; readonly tenantId: string }
  'resource.transferred': { readonly type: string; readonly from: string; readonly to: string }
  /** What a member who went had in the tenant is another's now: the target is the member. */
  'resource.reassigned': { readonly to: string; readonly count: number }
  /** What was said about which resource; its target is the comment. */
  'comment.created': { readonly resourceType: string; readonly resourceId: string }
  'email.retried': Record<never, never>
  'event.redelivered': Record<never, never>
  /** What the host appended: its own words. */
  [type: HostName]: JsonObject
}

export type EventType = keyof EventData

/** Who acted in a tenant as an operator, and why. `userId` is `null` for the host's own code. */
export interface OperatorNote {
  readonly userId: string | null
  readonly reason: string
}

/** An event of one kind, as listeners and the audit log get it. `data.operator` is there when an operator did it. */
export type TenancyEvent<Type extends EventType = EventType> = Type extends EventType
  ? Omit<Event, 'type' | 'data'> & {
      readonly type: Type
      readonly data: EventData[Type] & { readonly operator?: OperatorNote }
    }
  : never

/** What a use case says has happened. Without a scope it belongs to the chain of the command: a tenant's, say. */
export type NewEvent = {
  [Type in EventType]: {
    readonly type: Type
    readonly target: EventTarget
    readonly data: EventData[Type]
    readonly scope?: EventScope
  }
}[EventType]

type Listeners = { [Type in EventType]: TenancyEvent<Type> }

export interface Emitter {
  on<Type extends EventType>(type: Type | '*', listener: (event: TenancyEvent<Type>) => unknown): () => void
  emit(event: TenancyEvent): void
}

/** An emitter in which a listener that throws or rejects is logged and harms nobody. */
export function createEmitter(logger: Logger): Emitter {
  const bus = mitt<Listeners>()
  return {
    on: (type, listener) => {
      const guarded = (event: never): void => {
        const failed = (error: unknown): void => logger.error({ error, type }, 'an event listener failed')
        try {
          void Promise.resolve(listener(event)).catch(failed)
        } catch (error) {
          failed(error)
        }
      }
      const handler = type === '*' ? (_: unknown, event: unknown) => guarded(event as never) : guarded
      // mitt's types cannot join a literal key and '*' in one call.
      bus.on(type as never, handler as never)
      return () => bus.off(type as never, handler as never)
    },
    // mitt's types want type and payload as a pair the compiler has already narrowed.
    emit: (event) => bus.emit(event.type as never, event as never),
  }
}
