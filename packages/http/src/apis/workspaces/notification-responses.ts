import type { ListedNotification, NotificationChannel, NotificationKind, NotificationPreferences } from '@tenantry/core'
import { z } from 'zod'
import { isoTime, IsoTime, isoTimeOrNull, WireId } from '../../handler/fields.js'

/** The API's names of the notification kinds. Its resources are protocols. */
const KINDS = {
  resource_created: 'new_protocol',
  resource_updated: 'protocol_updated',
  comment_added: 'comment',
  member_joined: 'member_joined',
  member_left: 'member_left',
  permissions_changed: 'permission_changed',
} as const satisfies Record<NotificationKind, string>

const CHANNELS = { off: 'off', in_app: 'in-app', email: 'mail' } as const satisfies Record<NotificationChannel, string>

const Channel = z.enum(CHANNELS)

export const Preferences = z.object({
  new_protocol: Channel,
  protocol_updated: Channel,
  comment: Channel,
  member_joined: Channel,
  member_left: Channel,
  permission_changed: Channel,
})
type Preferences = z.infer<typeof Preferences>

const Named = z.object({ id: WireId, name: z.string().nullable() })

/** Fields that the recipient may no longer see are `null`. */
export const Notification = z.object({
  id: WireId,
  kind: z.enum(KINDS),
  workspace: z.object({ id: WireId, name: z.string() }),
  actor: Named.nullable(),
  /** The subject: a protocol, or a resource of another `type` of the host. */
  resource: z.object({ type: z.string(), id: WireId, title: z.string() }).nullable(),
  member: Named.nullable(),
  created_on: IsoTime,
  read_on: IsoTime.nullable(),
})

export function toNotificationResponse(notified: ListedNotification): z.infer<typeof Notification> {
  const { id, kind, tenant, actor, resource, member, at, readAt } = notified
  return {
    id,
    kind: KINDS[kind],
    workspace: { id: tenant.id, name: tenant.name },
    actor,
    resource: resource && { type: resource.type, id: resource.id, title: resource.name },
    member,
    created_on: isoTime(at),
    read_on: isoTimeOrNull(readAt),
  }
}

// `Object.keys` loses the type of the keys.
const kinds = Object.keys(KINDS) as NotificationKind[]

export function toPreferencesResponse(preferences: NotificationPreferences): Preferences {
  const listPreferences = kinds.map((kind) => [KINDS[kind], CHANNELS[preferences[kind]]])
  // The table has a name for each kind.
  return Object.fromEntries(listPreferences) as Preferences
}

/** Converts the chosen preferences to the core's input. */
export function fromPreferences(chosen: {
  readonly [Kind in keyof Preferences]?: Preferences[Kind] | undefined
}): Partial<NotificationPreferences> {
  const channels = Object.entries(CHANNELS)
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const channel = channels.find(([, word]) => word === chosen[KINDS[kind]])?.[0]
      return channel === undefined ? [] : [[kind, channel]]
    }),
  )
}
