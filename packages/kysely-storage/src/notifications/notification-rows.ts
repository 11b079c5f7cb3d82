import type { NotificationWithSubject } from '@tenantry/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/tables.js'

type NotificationRow = Selectable<Tables['notifications']>
type ResourceRow = Selectable<Tables['resources']>

/** A notification with what it names; what is gone is `null`. */
export interface SubjectRow {
  readonly n_id: NotificationRow['id']
  readonly n_tenant_id: NotificationRow['tenant_id']
  readonly n_user_id: NotificationRow['user_id']
  readonly n_kind: NotificationRow['kind']
  readonly n_actor_id: NotificationRow['actor_id']
  readonly n_resource_type: NotificationRow['resource_type']
  readonly n_resource_id: NotificationRow['resource_id']
  readonly n_member_id: NotificationRow['member_id']
  readonly n_at: NotificationRow['at']
  readonly n_read_at: NotificationRow['read_at']
  readonly t_name: string
  readonly r_owner_tenant_id: ResourceRow['owner_tenant_id'] | null
  readonly r_owner_id: ResourceRow['owner_id'] | null
  readonly r_visibility: ResourceRow['visibility'] | null
  readonly r_name: ResourceRow['name'] | null
  readonly a_id: string | null
  readonly a_name: string | null
  readonly s_id: string | null
  readonly s_name: string | null
}

export function toNotification(row: SubjectRow): NotificationWithSubject {
  const { n_resource_type: type, n_resource_id: id, n_tenant_id: tenantId } = row
  const { r_owner_tenant_id: ownerTenantId, r_owner_id: ownerId, r_visibility: visibility, r_name: name } = row
  const named = type === null || id === null ? null : { type, id }
  // A join finds all of a row or nothing of it.
  const isThere = ownerTenantId !== null && ownerId !== null && visibility !== null && name !== null
  return {
    notification: {
      id: row.n_id,
      tenantId,
      userId: row.n_user_id,
      kind: row.n_kind,
      actorId: row.n_actor_id,
      resource: named,
      memberId: row.n_member_id,
      at: row.n_at,
      readAt: row.n_read_at,
    },
    tenant: { id: tenantId, name: row.t_name },
    actor: row.a_id === null ? null : { id: row.a_id, name: row.a_name },
    resource: named && isThere ? { tenantId, ...named, ownerTenantId, ownerId, visibility, name } : null,
    member: row.s_id === null ? null : { id: row.s_id, name: row.s_name },
  }
}
