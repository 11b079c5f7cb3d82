import type { AccessToken, AccessTokenFilter, AccessTokenReads, AccessTokenRepository } from '@tenantry/core'
import type { Insertable, Selection } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { statement, type Executor } from '../statements/statement.js'
import type { AccessTokenTable } from '../schema/token-tables.js'
import { toUser, userColumns } from '../users/user-rows.js'

const tokenColumns = [
  'access_tokens.id as a_id',
  'access_tokens.user_id as a_user_id',
  'access_tokens.label as a_label',
  'access_tokens.client_id as a_client_id',
  'access_tokens.prefix as a_prefix',
  'access_tokens.created_at as a_created_at',
  'access_tokens.expires_at as a_expires_at',
  'access_tokens.last_used_at as a_last_used_at',
  'access_tokens.signed_in_at as a_signed_in_at',
] as const

function toAccessToken(row: Selection<Tables, 'access_tokens', (typeof tokenColumns)[number]>): AccessToken {
  return {
    id: row.a_id,
    userId: row.a_user_id,
    label: row.a_label,
    clientId: row.a_client_id,
    prefix: row.a_prefix,
    createdAt: row.a_created_at,
    signedInAt: row.a_signed_in_at,
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
  const listed = ({ userId, liveAt }: AccessTokenFilter) => {
    const query = db.selectFrom('access_tokens').where('user_id', '=', userId)
    return liveAt === undefined ? query : query.where('expires_at', '>', liveAt)
  }
  const list = statement((given: PageArguments & AccessTokenFilter) =>
    onePage(listed(given).select(tokenColumns), ['created_at', 'id'], 'descending', given),
  )
  const count = statement((given: AccessTokenFilter) =>
    listed(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = statement((row: Insertable<AccessTokenTable>) => db.insertInto('access_tokens').values(row))
  const replace = statement((row: Insertable<AccessTokenTable>) =>
    db
      .insertInto('access_tokens')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'client_id', 'label']).doUpdateSet((anew) => ({
          token_hash: anew.ref('excluded.token_hash'),
          prefix: anew.ref('excluded.prefix'),
          created_at: anew.ref('excluded.created_at'),
          expires_at: anew.ref('excluded.expires_at'),
          last_used_at: anew.ref('excluded.last_used_at'),
          signed_in_at: anew.ref('excluded.signed_in_at'),
        })),
      )
      .returning('id'),
  )
  const touch = statement(({ userId, id, at }: { userId: string; id: string; at: number }) =>
    db.updateTable('access_tokens').set({ last_used_at: at }).where('user_id', '=', userId).where('id', '=', id),
  )
  const remove = statement(({ userId, id }: { userId: string; id: string }) =>
    db.deleteFrom('access_tokens').where('user_id', '=', userId).where('id', '=', id),
  )
  const removeAll = statement(({ userId, keptId }: { userId: string; keptId?: string }) => {
    const query = db.deleteFrom('access_tokens').where('user_id', '=', userId)
    return keptId === undefined ? query : query.where('id', '<>', keptId)
  })

  const reads = (executor: Executor): AccessTokenReads => ({
    async findByHash(tokenHash) {
      const row = await findByHash.first(executor, { tokenHash })
      return row && { token: toAccessToken(row), user: toUser(row) }
    },
    async list({ page, ...filter }) {
      return (await list.all(executor, { ...filter, ...pageArguments(page) })).map(toAccessToken)
    },
    async count({ userId, liveAt }) {
      return (await count.first(executor, { userId, liveAt }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): AccessTokenRepository => ({
    ...reads(executor),
    async put(token, tokenHash) {
      const columns = {
        user_id: token.userId,
        id: token.id,
        token_hash: tokenHash,
        label: token.label,
        client_id: token.clientId,
        prefix: token.prefix,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
        signed_in_at: token.signedInAt,
      }
      // Only the token of a device has one to replace. A plain insert waits for no other where the table is on every node.
      if (token.clientId === null) {
        await insert.affect(executor, columns)
        return token.id
      }
      const [row] = await replace.all(executor, columns)
      return row?.id ?? token.id
    },
    async touch({ userId, id, at }) {
      return (await touch.affect(executor, { userId, id, at })) > 0
    },
    async delete({ userId, id }) {
      return (await remove.affect(executor, { userId, id })) > 0
    },
    async deleteAll(userId, keptId) {
      return removeAll.affect(executor, { userId, ...(keptId !== undefined && { keptId }) })
    },
  })

  return { reads, repository }
}
