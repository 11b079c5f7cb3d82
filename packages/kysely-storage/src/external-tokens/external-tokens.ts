import type { ExternalToken, ExternalTokenReads, ExternalTokenRepository } from '@tenantry/core'
import type { Insertable, Selectable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { statement, type Executor } from '../statements/statement.js'
import type { ExternalTokenTable } from '../schema/token-tables.js'

const columns = [
  'issuer',
  'email_key',
  'email',
  'id',
  'label',
  'client_id',
  'prefix',
  'created_at',
  'expires_at',
  'last_used_at',
] as const

interface Subject {
  readonly issuer: string
  readonly emailKey: string
}

function toExternalToken(row: Pick<Selectable<ExternalTokenTable>, (typeof columns)[number]>): ExternalToken {
  return {
    id: row.id,
    subject: { issuer: row.issuer, email: row.email, emailKey: row.email_key },
    label: row.label,
    clientId: row.client_id,
    prefix: row.prefix,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }
}

export function externalTokens({ db }: Sql) {
  const findByHash = statement(({ tokenHash }: { tokenHash: string }) =>
    db.selectFrom('external_tokens').select(columns).where('token_hash', '=', tokenHash),
  )
  const live = ({ issuer, emailKey, liveAt }: Subject & { liveAt: number }) =>
    db
      .selectFrom('external_tokens')
      .where('issuer', '=', issuer)
      .where('email_key', '=', emailKey)
      .where('expires_at', '>', liveAt)
  const list = statement((given: PageArguments & Subject & { liveAt: number }) =>
    onePage(live(given).select(columns), ['created_at', 'id'], 'descending', given),
  )
  const count = statement((given: Subject & { liveAt: number }) =>
    live(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const put = statement((row: Insertable<ExternalTokenTable>) =>
    db
      .insertInto('external_tokens')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['issuer', 'email_key', 'client_id', 'label']).doUpdateSet((anew) => ({
          email: anew.ref('excluded.email'),
          token_hash: anew.ref('excluded.token_hash'),
          prefix: anew.ref('excluded.prefix'),
          created_at: anew.ref('excluded.created_at'),
          expires_at: anew.ref('excluded.expires_at'),
          last_used_at: anew.ref('excluded.last_used_at'),
        })),
      )
      .returning('id'),
  )
  const touch = statement(({ issuer, emailKey, id, at }: Subject & { id: string; at: number }) =>
    db
      .updateTable('external_tokens')
      .set({ last_used_at: at })
      .where('issuer', '=', issuer)
      .where('email_key', '=', emailKey)
      .where('id', '=', id),
  )
  const remove = statement(({ issuer, emailKey, id }: Subject & { id: string }) =>
    db
      .deleteFrom('external_tokens')
      .where('issuer', '=', issuer)
      .where('email_key', '=', emailKey)
      .where('id', '=', id),
  )
  const sweep = statement(({ now }: { now: number }) => db.deleteFrom('external_tokens').where('expires_at', '<=', now))

  const keyOf = ({ issuer, emailKey }: Subject) => ({ issuer, emailKey })

  const reads = (executor: Executor): ExternalTokenReads => ({
    async findByHash(tokenHash) {
      const row = await findByHash.first(executor, { tokenHash })
      return row && toExternalToken(row)
    },
    async list({ subject, liveAt, page }) {
      return (await list.all(executor, { ...keyOf(subject), liveAt, ...pageArguments(page) })).map(toExternalToken)
    },
    async count({ subject, liveAt }) {
      return (await count.first(executor, { ...keyOf(subject), liveAt }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): ExternalTokenRepository => ({
    ...reads(executor),
    async put(token, tokenHash) {
      const [row] = await put.all(executor, {
        issuer: token.subject.issuer,
        email_key: token.subject.emailKey,
        email: token.subject.email,
        id: token.id,
        token_hash: tokenHash,
        label: token.label,
        client_id: token.clientId,
        prefix: token.prefix,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
      })
      return row?.id ?? token.id
    },
    async touch({ subject, id, at }) {
      return (await touch.affect(executor, { ...keyOf(subject), id, at })) > 0
    },
    async delete({ subject, id }) {
      return (await remove.affect(executor, { ...keyOf(subject), id })) > 0
    },
    async sweep(now) {
      return sweep.affect(executor, { now })
    },
  })

  return { reads, repository }
}
