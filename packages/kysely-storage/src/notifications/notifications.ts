import type { NotificationReads, NotificationRepository, SharedNotification } from '@tenantry/core'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { byPosition, notificationPreferences } from './notification-preferences.js'
import { toNotification } from './notification-rows.js'
import type { NotificationTable } from '../schema/notification-tables.js'
import { isActiveTenant, statusOfTenant } from '../statements/active-status.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'

interface Listed {
  readonly userId: string
  readonly unread: true | undefined
}

type SharedColumns = Omit<NotificationTable, 'tenant_id' | 'user_id' | 'read_at'> & { readonly tenantId: string }

function toColumns({ tenantId, resource, ...shared }: SharedNotification): SharedColumns {
  return {
    tenantId,
    id: shared.id,
    kind: shared.kind,
    actor_id: shared.actorId,
    resource_type: resource?.type ?? null,
    resource_id: resource?.id ?? null,
    member_id: shared.memberId,
    at: shared.at,
  }
}

export function notifications(given: Sql) {
  const { db, dialect } = given
  const preferences = notificationPreferences(given)

  const yes = sql.lit(dialect.boolean(true))
  const visible = ({ userId, unread }: Listed) => {
    const query = withSubjects(db, userId).where('memberships.active', '=', yes).where(isActiveTenant)
    return unread === undefined ? query : query.where('notifications.read_at', 'is', null)
  }
  const list = acrossTenants((given: PageArguments & Listed) =>
    onePage(selectSubjects(visible(given)), ['notifications.at', 'notifications.id'], 'descending', given),
  )
  const count = acrossTenants(({ userId, unread }: Listed) => {
    const query = db
      .selectFrom('notifications')
      .where('notifications.user_id', '=', userId)
      .where(
        (eb) =>
          eb
            .selectFrom('memberships')
            .select('memberships.active')
            .whereRef('memberships.tenant_id', '=', 'notifications.tenant_id')
            .whereRef('memberships.user_id', '=', 'notifications.user_id'),
        '=',
        yes,
      )
      .where(statusOfTenant(db, 'notifications.tenant_id'), '=', sql.lit('active' as const))
      .select(({ fn }) => fn.countAll<number>().as('count'))
    return unread === undefined ? query : query.where('notifications.read_at', 'is', null)
  })
  const find = acrossTenants(({ id, ...given }: Listed & { id: string }) =>
    selectSubjects(visible(given)).where('notifications.id', '=', id),
  )
  const insertForUsers = ofTenant(
    'tenantId',
    ({ tenantId, id, kind, actor_id, resource_type, resource_id, member_id, at, ...people }: SharedColumns) =>
      db
        .insertInto('notifications')
        .values(
          // What is left are people, by their positions.
          Object.values<string>(people).map((user_id) => ({
            tenant_id: tenantId,
            user_id,
            ...{ id, kind, actor_id, resource_type, resource_id, member_id, at },
          })),
        )
        .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id', 'id']).doNothing())
        .returning('user_id'),
  )
  const markRead = ofTenant(
    'tenantId',
    ({ tenantId, userId, id, at }: { tenantId: string; userId: string; id: string; at: number }) =>
      db
        .updateTable('notifications')
        .set({ read_at: at })
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .where('read_at', 'is', null),
  )
  const markAllRead = acrossTenants(({ userId, at }: { userId: string; at: number }) =>
    db.updateTable('notifications').set({ read_at: at }).where('user_id', '=', userId).where('read_at', 'is', null),
  )
  const removeOld = ofTenant(
    'tenantId',
    ({ tenantId, before, limit }: { tenantId: string; before: number; limit: number }) => ({
      compile: () =>
        sql`delete from ${sql.table('notifications')} where tenant_id = ${tenantId} and (user_id, id) in (
          select user_id, id from ${sql.table('notifications')} where tenant_id = ${tenantId} and at < ${before}
          order by at limit ${limit})`.compile(db),
    }),
  )
  const deleteByUser = acrossTenants(({ userId }: { userId: string }) =>
    db.deleteFrom('notifications').where('user_id', '=', userId),
  )

  const reads = (executor: Executor): NotificationReads => ({
    async list({ userId, unread, page }) {
      const rows = await list.all(executor, { userId, unread: unread || undefined, ...pageArguments(page) })
      return rows.map(toNotification)
    },
    async count({ userId, unread }) {
      return (await count.first(executor, { userId, unread: unread || undefined }))?.count ?? 0
    },
    async find({ userId, id }) {
      const row = await find.first(executor, { userId, id, unread: undefined })
      return row && toNotification(row)
    },
    getPreferences: (userId) => preferences.getPreferences(executor, userId),
    listPreferences: ({ kind, userIds }) => preferences.listPreferences(executor, kind, userIds),
  })

  const repository = (executor: Executor): NotificationRepository => ({
    ...reads(executor),
    async insertForUsers(shared, userIds) {
      if (userIds.length === 0) return []
      const rows = await insertForUsers.all(executor, { ...toColumns(shared), ...byPosition(userIds) })
      return rows.map((row) => row.user_id)
    },
    markRead: async (change) => (await markRead.affect(executor, change)) > 0,
    markAllRead: (change) => markAllRead.affect(executor, change),
    removeOld: (query) => removeOld.affect(executor, query),
    setPreference: ({ userId, kind, channel }) =>
      preferences.setPreference(executor, { user_id: userId, kind, channel }),
    async deleteByUser(userId) {
      await deleteByUser.affect(executor, { userId })
      await preferences.deleteByUser(executor, userId)
    },
  })

  return { reads, repository }
}

/** Notifications with what each names, and the membership that lets its reader see it. */
function withSubjects(db: Kysely<Tables>, userId: string) {
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
function selectSubjects(listed: ReturnType<typeof withSubjects>) {
  return listed
    .leftJoin('resources', (join) =>
      join
        .onRef('resources.tenant_id', '=', 'notifications.tenant_id')
        .onRef('resources.type', '=', 'notifications.resource_type')
        .onRef('resources.id', '=', 'notifications.resource_id')
        .on('resources.shared_with_tenant_id', 'is', null),
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
      'resources.owner_tenant_id as r_owner_tenant_id',
      'resources.owner_id as r_owner_id',
      'resources.visibility as r_visibility',
      'resources.name as r_name',
      'actors.id as a_id',
      'actors.name as a_name',
      'members.id as s_id',
      'members.name as s_name',
    ])
}
