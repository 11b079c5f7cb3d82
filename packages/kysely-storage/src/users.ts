import type { User, UserChanges, UserFilter, UserReads, UserRepository } from '@tenantry/core'
import { sql, type Insertable, type Selection, type Updateable } from 'kysely'
import type { Tables, UserTable } from './database.js'
import type { Sql, StorageDialect } from './dialect.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { keywordPattern, matchesKeyword } from './keyword.js'
import { isUnseen } from './unseen.js'
import { manyRows } from './many-rows.js'
import { acrossTenants, statement, type Executor } from './statement.js'

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
  'users.current_tenant_id as u_current_tenant_id',
  'users.last_login_at as u_last_login_at',
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
    currentTenantId: row.u_current_tenant_id,
    lastLoginAt: row.u_last_login_at,
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
    current_tenant_id: user.currentTenantId,
    last_login_at: user.lastLoginAt,
    waiting_since: user.waitingSince,
  }
}

/** What a list is narrowed to, as values of a statement. The list of tenants is JSON. */
interface Listed {
  readonly pattern: string | undefined
  readonly emailKey: string | undefined
  readonly knownTo: string | undefined
  readonly tenantIds: string | undefined
}

function toListed({ keyword, emailKey, knownTo }: UserFilter): Listed {
  return {
    pattern: keywordPattern(keyword),
    emailKey,
    knownTo: knownTo?.userId,
    tenantIds: knownTo && JSON.stringify(knownTo.tenantIds),
  }
}

export function users({ db, dialect }: Sql) {
  const everyUser = () => db.selectFrom('users')
  const find = statement(({ id }: { id: string }) => everyUser().select(userColumns).where('id', '=', id))
  const findByEmailKey = statement(({ emailKey }: { emailKey: string }) =>
    everyUser().select(userColumns).where('email_key', '=', emailKey),
  )
  const findPasswordHash = statement(({ id }: { id: string }) =>
    everyUser().select('password_hash').where('id', '=', id),
  )
  const listed = ({ pattern, emailKey, knownTo, tenantIds }: Listed) => {
    let query = everyUser().where('status', '<>', sql.lit('deleted' as const))
    if (pattern !== undefined) query = query.where(matchesKeyword(pattern, ...foldedColumns))
    if (emailKey !== undefined) query = query.where('email_key', '=', emailKey)
    if (knownTo === undefined || tenantIds === undefined) return query
    return query.where((eb) => {
      const fellows = eb
        .selectFrom('memberships')
        .select('memberships.user_id')
        .where('memberships.tenant_id', 'in', sql<string>`(${dialect.jsonArrayTexts(sql.val(tenantIds))})`)
        .where((fellow) => fellow.not(isUnseen(fellow)))
      return eb.or([eb('users.id', '=', knownTo), eb('users.created_by', '=', knownTo), eb('users.id', 'in', fellows)])
    })
  }
  const list = acrossTenants((given: PageArguments & Listed) => {
    let query = listed(given).select(userColumns).orderBy('created_at').orderBy('id').limit(given.limit)
    if (given.afterAt !== undefined) query = query.where(beyond(['created_at', 'id'], 'ascending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const count = acrossTenants((given: Listed) => listed(given).select(({ fn }) => fn.countAll<number>().as('count')))
  const insert = statement((row: Insertable<UserTable>) => db.insertInto('users').values(row))
  const insertMany = manyRows((rows: readonly Insertable<UserTable>[]) => db.insertInto('users').values(rows))
  const among = (texts: string) => sql<string>`(${dialect.jsonArrayTexts(sql.val(texts))})`
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
    async list({ page, ...filter }) {
      return (await list.all(executor, { ...toListed(filter), ...pageArguments(page) })).map(toUser)
    },
    async count(filter) {
      return (await count.first(executor, toListed(filter)))?.count ?? 0
    },
  })

  const repository = (executor: Executor): UserRepository => ({
    ...reads(executor),
    async insert(user) {
      await insert.affect(executor, whole(user))
    },
    insertMany: (many) => insertMany(executor, many.map(whole)),
    async update({ id, set }) {
      const columns = fromUser(set, dialect)
      const empty = Object.values(columns).every((value) => value === undefined)
      if (empty) return (await find.first(executor, { id })) !== null
      return (await update.affect(executor, { ...columns, key: id })) > 0
    },
    async setPasswordHash(id, passwordHash) {
      return (await update.affect(executor, { password_hash: passwordHash, key: id })) > 0
    },
  })

  return { reads, repository }
}
