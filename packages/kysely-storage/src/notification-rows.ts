import type { NotificationWithSubject } from '@tenantry/core'
import type { Kysely } from 'kysely'
import type { Tables } from './database.js'

/** Notifications with what each names, and the membership that lets its reader see it. */
export function withSubjects(db: Kysely<Tables>, userId: string) {
  return db
    .selectFrom('notifications')
    .innerJoin('tenants', 'tenants.id', 'notifications.tenant_id')
    .innerJoin('memberships', (join) =>
      join
        .onRef('memberships.tenant_id', '=', 'notifications.tenant_id')
        .onRef('memberships.user_id', '=', 'notifications.user_id'),
    )
    .where('notifications.user_id', '=', userId)
}

/** What {@link withSubjects} is joined with to show what a notification is about. */
export function selectSubjects(listed: ReturnType<typeof withSubjects>) {
  return listed
    .leftJoin('resources', (join) =>
      join
        .onRef('resources.tenant_id', '=', 'notifications.tenant_id')
        .onRef('resources.type', '=', 'notifications.resource_type')
        .onRef('resources.id', '=', 'notifications.resource_id')
        .on('resources.lent_tenant_id', 'is', null),
    )
    .leftJoin('users as actors', 'actors.id', 'notifications.actor_id')
    .leftJoin('users as members', 'members.id', 'notifications.member_id')
    .select([
      'notifications.id as n_id',
      'notifications.tenant_id as n_tenant_id',
      'notifications.user_id as n_user_id',
      'notifications.kind as n_kind',
      'notifications.actor_id as n_actor_id',
      'notifications.resource_type as n_resource_type',
      'notifications.resource_id as n_resource_id',
      'notifications.member_id as n_member_id',
      'notifications.at as n_at',
      'notifications.read_at as n_read_at',
      'tenants.name as t_name',
      'resources.home_tenant_id as r_home_tenant_id',
      'resources.owner_id as r_owner_id',
      'resources.visibility as r_visibility',
      'resources.name as r_name',
      'actors.id as a_id',
      'actors.name as a_name',
      'members.id as s_id',
      'members.name as s_name',
    ])
}

type SubjectQuery = ReturnType<typeof selectSubjects>

export type SubjectRow = SubjectQuery extends { execute(): Promise<(infer Row)[]> } ? Row : never

export function toNotification(row: SubjectRow): NotificationWithSubject {
  const { n_resource_type: type, n_resource_id: id, n_tenant_id: tenantId } = row
  const { r_home_tenant_id: homeTenantId, r_owner_id: ownerId, r_visibility: visibility, r_name: name } = row
  const named = type === null || id === null ? null : { type, id }
  // A join finds all of a row or nothing of it.
  const isThere = homeTenantId !== null && ownerId !== null && visibility !== null && name !== null
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
    resource: named && isThere ? { tenantId, ...named, homeTenantId, ownerId, visibility, name } : null,
    member: row.s_id === null ? null : { id: row.s_id, name: row.s_name },
  }
}
