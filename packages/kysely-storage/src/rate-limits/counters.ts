import type { CounterRepository } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { statement, type Executor } from '../statements/statement.js'

interface Addition {
  readonly key: string
  readonly points: number
  readonly expiresAt: number
  /** Counters that expired by then begin anew. */
  readonly stale: number
}

export function counters({ db }: Sql) {
  const find = statement(({ key, now }: { key: string; now: number }) =>
    db.selectFrom('counters').select(['points', 'expires_at']).where('key', '=', key).where('expires_at', '>', now),
  )
  const add = statement(({ key, points, expiresAt, stale }: Addition) => {
    const before = { points: sql.ref<number>('counters.points'), expiresAt: sql.ref<number>('counters.expires_at') }
    const over = sql`${before.expiresAt} <= ${stale}`
    const isAhead = sql`excluded.expires_at < ${before.expiresAt}`
    return db
      .insertInto('counters')
      .values({ key, points, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          points: sql<number>`case when ${over} then excluded.points else ${before.points} + excluded.points end`,
          expires_at: sql<number>`case when ${over} or ${isAhead} then excluded.expires_at else ${before.expiresAt} end`,
        }),
      )
      .returning(['points', 'expires_at'])
  })
  const remove = statement(({ key }: { key: string }) => db.deleteFrom('counters').where('key', '=', key))
  const sweep = statement(({ now }: { now: number }) => db.deleteFrom('counters').where('expires_at', '<=', now))

  return (executor: Executor): CounterRepository => ({
    async find({ key, now }) {
      const row = await find.first(executor, { key, now })
      return row && { points: row.points, expiresAt: row.expires_at }
    },
    async add({ key, points, expiresAt, now, restart = false }) {
      const stale = restart ? Number.MAX_SAFE_INTEGER : now
      const [row] = await add.all(executor, { key, points, expiresAt, stale })
      return row ? { points: row.points, expiresAt: row.expires_at } : { points, expiresAt }
    },
    async delete(key) {
      return (await remove.affect(executor, { key })) > 0
    },
    async sweep(now) {
      return sweep.affect(executor, { now })
    },
  })
}
