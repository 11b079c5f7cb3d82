import type { User, UserReads, UserRepository } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { UserTable } from '../schema/user-tables.js'
import type { Sql } from '../database/dialect.js'
import { manyRows } from '../statements/many-rows.js'
import { statement, type Executor } from '../statements/statement.js'
import { userLists } from './user-lists.js'
import { fromUser, toUser, userColumns } from './user-rows.js'
import { userStates } from './user-states.js'

export function users(given: Sql) {
  const { db, dialect } = given
  const states = userStates(given)
  const lists = userLists(given)
  const everyUser = () => db.selectFrom('users')
  const among = (texts: string) => sql<string>`(${dialect.jsonArrayTexts(sql.val(texts))})`
  const find = statement(({ id }: { id: string }) => everyUser().select(userColumns).where('id', '=', id))
  const findByEmailKey = statement(({ emailKey }: { emailKey: string }) =>
    everyUser().select(userColumns).where('email_key', '=', emailKey),
  )
  const findPasswordHash = statement(({ id }: { id: string }) =>
    everyUser().select('password_hash').where('id', '=', id),
  )
  const insert = statement((row: Insertable<UserTable>) => db.insertInto('users').values(row))
  const insertMany = manyRows((rows: readonly Insertable<UserTable>[]) => db.insertInto('users').values(rows))
  const findByIds = statement(({ ids }: { ids: string }) =>
    everyUser().select(userColumns).where('id', 'in', among(ids)),
  )
  const findByEmailKeys = statement(({ emailKeys }: { emailKeys: string }) =>
    everyUser().select(userColumns).where('email_key', 'in', among(emailKeys)),
  )
  // A whole user has every field, so every column is there.
  const whole = (user: User) => ({
    ...(fromUser(user, dialect) as Insertable<UserTable>),
    id: user.id,
    created_at: user.createdAt,
    created_by: user.createdBy,
  })
  const update = statement(({ key, ...set }: Updateable<UserTable> & { key: string }) =>
    db.updateTable('users').set(set).where('id', '=', key),
  )

  const reads = (executor: Executor): UserReads => ({
    ...lists(executor),
    async find(id) {
      const row = await find.first(executor, { id })
      return row && toUser(row)
    },
    async findByEmailKey(emailKey) {
      const row = await findByEmailKey.first(executor, { emailKey })
      return row && toUser(row)
    },
    async findMany(query) {
      const rows =
        'ids' in query
          ? await findByIds.all(executor, { ids: JSON.stringify(query.ids) })
          : await findByEmailKeys.all(executor, { emailKeys: JSON.stringify(query.emailKeys) })
      return rows.map(toUser)
    },
    async findPasswordHash(id) {
      return (await findPasswordHash.first(executor, { id }))?.password_hash ?? null
    },
    listLastLogins: (userIds) => states.lastLogins(executor, userIds),
  })

  const repository = (executor: Executor): UserRepository => ({
    ...reads(executor),
    async insert(user) {
      await insert.affect(executor, whole(user))
      await states.insert(executor, [user.id])
    },
    async insertMany(many) {
      await insertMany(executor, many.map(whole))
      await states.insert(
        executor,
        many.map(({ id }) => id),
      )
    },
    async update({ id, set }) {
      const columns = fromUser(set, dialect)
      const empty = Object.values(columns).every((value) => value === undefined)
      if (empty) return (await find.first(executor, { id })) !== null
      return (await update.affect(executor, { ...columns, key: id })) > 0
    },
    setState: ({ id, set }) => states.set(executor, id, set),
    async setPasswordHash(id, passwordHash) {
      return (await update.affect(executor, { password_hash: passwordHash, key: id })) > 0
    },
  })

  return { reads, repository }
}
