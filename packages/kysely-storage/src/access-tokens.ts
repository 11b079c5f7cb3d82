import type { AccessToken, AccessTokenReads, AccessTokenRepository } from '@tenantry/core'
import type { Insertable, Selection } from 'kysely'
import type { AccessTokenTable, Tables } from './database.js'
import type { Sql } from './dialect.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { statement, type Executor } from './statement.js'
import { toUser, userColumns } from './users.js'

const tokenColumns = [
  'access_tokens.id as a_id',
  'access_tokens.user_id as a_user_id',
  'access_tokens.label as a_label',
  'access_tokens.created_at as a_created_at',
  'access_tokens.expires_at as a_expires_at',
  'access_tokens.last_used_at as a_last_used_at',
] as const

function toAccessToken(row: Selection<Tables, 'access_tokens', (typeof tokenColumns)[number]>): AccessToken {
  return {
    id: row.a_id,
    userId: row.a_user_id,
    label: row.a_label,
    createdAt: row.a_created_at,
    expiresAt: row.a_expires_at,
    lastUsedAt: row.a_last_used_at,
  }
}

export function accessTokens({ db }: Sql) {
  const findByHash = statement(({ tokenHash }: { tokenHash: string }) =>
    db
      .selectFrom('access_tokens')
      .innerJoin('users', 'users.id', 'access_tokens.user_id')
      .select(tokenColumns)
      .select(userColumns)
      .where('access_tokens.token_hash', '=', tokenHash),
  )
  const ofUser = (userId: string) => db.selectFrom('access_tokens').where('user_id', '=', userId)
  const list = statement((given: PageArguments & { userId: string }) => {
    let query = ofUser(given.userId)
      .select(tokenColumns)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(given.limit)
    if (given.afterAt !== undefined) query = query.where(beyond(['created_at', 'id'], 'descending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const count = statement(({ userId }: { userId: string }) =>
    ofUser(userId).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = statement((row: Insertable<AccessTokenTable>) => db.insertInto('access_tokens').values(row))
  const touch = statement(({ userId, id, at }: { userId: string; id: string; at: number }) =>
    db.updateTable('access_tokens').set({ last_used_at: at }).where('user_id', '=', userId).where('id', '=', id),
  )
  const remove = statement(({ userId, id }: { userId: string; id: string }) =>
    db.deleteFrom('access_tokens').where('user_id', '=', userId).where('id', '=', id),
  )
  const removeAll = statement(({ userId }: { userId: string }) =>
    db.deleteFrom('access_tokens').where('user_id', '=', userId),
  )

  const reads = (executor: Executor): AccessTokenReads => ({
    async findByHash(tokenHash) {
      const row = await findByHash.first(executor, { tokenHash })
      return row && { token: toAccessToken(row), user: toUser(row) }
    },
    async list({ userId, page }) {
      return (await list.all(executor, { userId, ...pageArguments(page) })).map(toAccessToken)
    },
    async count(userId) {
      return (await count.first(executor, { userId }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): AccessTokenRepository => ({
    ...reads(executor),
    async insert(token, tokenHash) {
      await insert.affect(executor, {
        user_id: token.userId,
        id: token.id,
        token_hash: tokenHash,
        label: token.label,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
      })
    },
    async touch({ userId, id, at }) {
      return (await touch.affect(executor, { userId, id, at })) > 0
    },
    async delete({ userId, id }) {
      return (await remove.affect(executor, { userId, id })) > 0
    },
    async deleteAll(userId) {
      return removeAll.affect(executor, { userId })
    },
  })

  return { reads, repository }
}
