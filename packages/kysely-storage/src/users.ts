import type { User, UserChanges, UserFilter, UserReads, UserRepository } from '@tenantry/core'
import { sql, type Insertable, type Selection, type Updateable } from 'kysely'
import type { Tables, UserTable } from './database.js'
import type { Sql, StorageDialect } from './dialect.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { keywordPattern, matchesKeyword } from './keyword.js'
import { isUnseen } from './unseen.js'
import { manyRows } from './many-rows.js'
import { acrossTenants, statement, type Executor } from './statement.js'
import { userStates } from './user-states.js'

export const userColumns = [
  'users.id as u_id',
  'users.email as u_email',
  'users.email_key as u_email_key',
  'users.email_verified_at as u_email_verified_at',
  'users.name as u_name',
  'users.avatar_url as u_avatar_url',
  'users.language as u_language',
  'users.time_zone as u_time_zone',
  'users.superuser as u_superuser',
  'users.status as u_status',
  'users.created_at as u_created_at',
  'users.created_by as u_created_by',
  'users.waiting_since as u_waiting_since',
] as const

/** What a keyword is looked for in. */
export const foldedColumns = ['users.name_folded', 'users.email_folded'] as const

type UserRow = Selection<Tables, 'users', (typeof userColumns)[number]>

export function toUser(row: UserRow): User {
  return {
    id: row.u_id,
    email: row.u_email,
    emailKey: row.u_email_key,
    emailVerifiedAt: row.u_email_verified_at,
    name: row.u_name,
    avatarUrl: row.u_avatar_url,
    language: row.u_language,
    timeZone: row.u_time_zone,
    superuser: Boolean(row.u_superuser),
    status: row.u_status,
    createdAt: row.u_created_at,
    createdBy: row.u_created_by,
    waitingSince: row.u_waiting_since,
  }
}

/** The columns of the given fields; the others are `undefined`. */
function fromUser(user: UserChanges, dialect: StorageDialect): Updateable<UserTable> {
  return {
    email: user.email,
    email_key: user.emailKey,
    email_folded: user.email?.toLowerCase(),
    email_verified_at: user.emailVerifiedAt,
    name: user.name,
    name_folded: user.name && user.name.toLowerCase(),
    avatar_url: user.avatarUrl,
    language: user.language,
    time_zone: user.timeZone,
    superuser: user.superuser === undefined ? undefined : dialect.boolean(user.superuser),
    status: user.status,
    waiting_since: user.waitingSince,
  }
}

/** What a list is narrowed to, as values of a statement. */
interface Filter {
  readonly pattern: string | undefined
  readonly emailKey: string | undefined
}

/** The same, and whom the list is for. The list of tenants is JSON. */
interface Known extends Filter {
  readonly knownTo: string
  readonly tenantIds: string
}

function toFilter({ keyword, emailKey }: UserFilter): Filter {
  return { pattern: keywordPattern(keyword), emailKey }
}

function toKnown({ userId, tenantIds }: NonNullable<UserFilter['knownTo']>) {
  return { knownTo: userId, tenantIds: JSON.stringify(tenantIds) }
}

export function users({ db, dialect }: Sql) {
  const states = userStates({ db, dialect })
  const everyUser = () => db.selectFrom('users')
  const among = (texts: string) => sql<string>`(${dialect.jsonArrayTexts(sql.val(texts))})`
  const find = statement(({ id }: { id: string }) => everyUser().select(userColumns).where('id', '=', id))
  const findByEmailKey = statement(({ emailKey }: { emailKey: string }) =>
    everyUser().select(userColumns).where('email_key', '=', emailKey),
  )
  const findPasswordHash = statement(({ id }: { id: string }) =>
    everyUser().select('password_hash').where('id', '=', id),
  )
  const listed = ({ pattern, emailKey }: Filter) => {
    let query = everyUser().where('users.status', '<>', sql.lit('deleted' as const))
    if (pattern !== undefined) query = query.where(matchesKeyword(pattern, ...foldedColumns))
    return emailKey === undefined ? query : query.where('users.email_key', '=', emailKey)
  }
  const list = statement((given: PageArguments & Filter) => {
    let query = listed(given).select(userColumns).orderBy('created_at').orderBy('id').limit(given.limit)
    if (given.afterAt !== undefined) query = query.where(beyond(['created_at', 'id'], 'ascending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const count = statement((given: Filter) => listed(given).select(({ fn }) => fn.countAll<number>().as('count')))

  // Whom a person knows is read from the person outwards, and of accounts only these: each is looked up by its id.
  const known = (given: Known) => {
    const at = 'users.created_at as at'
    const { emailKey, knownTo } = given
    const place = listed(given).select(at).where('users.id', '=', sql.ref<string>('memberships.user_id'))
    let fellows = db
      .selectFrom('memberships')
      .select('memberships.user_id as id')
      // `null` for one who is not listed.
      .select(() => place.$asScalar().$castTo<number>().as('at'))
      .where(dialect.among(sql.ref('memberships.tenant_id'), among(given.tenantIds)))
      .where((fellow) => fellow.not(isUnseen(fellow)))
    if (emailKey !== undefined)
      fellows = fellows.where('memberships.user_id', '=', everyUser().select('id').where('email_key', '=', emailKey))
    const people = listed(given)
      .select(['users.id', at])
      .where('users.id', '=', knownTo)
      .union(listed(given).select(['users.id', at]).where('users.created_by', '=', knownTo))
      .union(fellows)
    return db.selectFrom(people.as('known')).where('known.at', 'is not', null)
  }
  const listKnown = acrossTenants((given: PageArguments & Known) => {
    let keys = known(given).select('known.id').orderBy('known.at').orderBy('known.id').limit(given.limit)
    if (given.afterAt !== undefined) keys = keys.where(beyond(['known.at', 'known.id'], 'ascending', given))
    if (given.offset !== undefined) keys = keys.offset(given.offset)
    return everyUser()
      .select(userColumns)
      .where(dialect.among(sql.ref('users.id'), keys))
      .orderBy('created_at')
      .orderBy('id')
  })
  const countKnown = acrossTenants((given: Known) => known(given).select(({ fn }) => fn.countAll<number>().as('count')))
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
    async list({ page, ...filter }) {
      const given = { ...toFilter(filter), ...pageArguments(page) }
      const { knownTo } = filter
      const rows = knownTo
        ? await listKnown.all(executor, { ...given, ...toKnown(knownTo) })
        : await list.all(executor, given)
      return rows.map(toUser)
    },
    async count(filter) {
      const { knownTo } = filter
      const row = knownTo
        ? await countKnown.first(executor, { ...toFilter(filter), ...toKnown(knownTo) })
        : await count.first(executor, toFilter(filter))
      return row?.count ?? 0
    },
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
