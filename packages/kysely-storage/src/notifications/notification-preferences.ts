import type { NotificationChannel, NotificationKind } from '@tenantry/core'
import type { Sql } from '../database/dialect.js'
import type { NotificationPreferenceTable } from '../schema/notification-tables.js'
import { statement, type Executor } from '../statements/statement.js'

/** Which kind, and people by the names of arguments: a statement is compiled once for each number of them. */
interface PreferencesQuery {
  readonly kind: NotificationKind
  readonly [person: string]: string
}

export function notificationPreferences({ db }: Sql) {
  const every = () => db.selectFrom('notification_preferences')
  const ofUser = statement(({ userId }: { userId: string }) =>
    every().select(['kind', 'channel']).where('user_id', '=', userId),
  )
  const ofUsers = statement(({ kind, ...people }: PreferencesQuery) =>
    every().select(['user_id', 'channel']).where('kind', '=', kind).where('user_id', 'in', Object.values(people)),
  )
  const setPreference = statement((row: NotificationPreferenceTable) =>
    db
      .insertInto('notification_preferences')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'kind']).doUpdateSet(({ ref }) => ({ channel: ref('excluded.channel') })),
      ),
  )
  const deleteByUser = statement(({ userId }: { userId: string }) =>
    db.deleteFrom('notification_preferences').where('user_id', '=', userId),
  )

  return {
    async getPreferences(executor: Executor, userId: string) {
      const chosen: Partial<Record<NotificationKind, NotificationChannel>> = {}
      for (const { kind, channel } of await ofUser.all(executor, { userId })) chosen[kind] = channel
      return chosen
    },
    async listPreferences(executor: Executor, kind: NotificationKind, userIds: readonly string[]) {
      if (userIds.length === 0) return []
      const rows = await ofUsers.all(executor, { kind, ...byPosition(userIds) })
      return rows.map((row) => ({ userId: row.user_id, channel: row.channel }))
    },
    async setPreference(executor: Executor, row: NotificationPreferenceTable) {
      await setPreference.affect(executor, row)
    },
    async deleteByUser(executor: Executor, userId: string) {
      await deleteByUser.affect(executor, { userId })
    },
  }
}

/** People as named arguments of a statement. */
export function byPosition(userIds: readonly string[]): Readonly<Record<`person${number}`, string>> {
  return Object.fromEntries(userIds.map((userId, position) => [`person${position}`, userId]))
}
