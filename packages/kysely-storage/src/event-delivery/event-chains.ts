import type { ChainClaim, ChainReads, ChainRepository, EventScope } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import type { DeliveryChainTable } from '../schema/event-tables.js'
import { statement, type Executor } from '../statements/statement.js'

type ScopeColumns = Pick<DeliveryChainTable, 'scope_kind' | 'scope_id'>

export function toColumns(scope: EventScope): ScopeColumns {
  if ('tenantId' in scope) return { scope_kind: 'tenant', scope_id: scope.tenantId }
  return 'organizationId' in scope
    ? { scope_kind: 'organization', scope_id: scope.organizationId }
    : { scope_kind: 'user', scope_id: scope.userId }
}

export function toScope({ scope_kind, scope_id }: ScopeColumns): EventScope {
  if (scope_kind === 'tenant') return { tenantId: scope_id }
  return scope_kind === 'organization' ? { organizationId: scope_id } : { userId: scope_id }
}

const toClaim = ({ scope, seq, leaseUntil }: ChainClaim) => ({ ...toColumns(scope), seq, due_at: leaseUntil })

type ClaimColumns = ReturnType<typeof toClaim>

/** One consumer's directory of chains, in the table of this name. */
export function eventChains({ db, dialect }: Sql, table: 'delivery_chains' | 'notification_chains') {
  const backlog = statement(() =>
    db
      .selectFrom(table)
      .select(({ fn }) => [
        sql<number>`cast(coalesce(sum(marked_up_to - seq), 0) as bigint)`.as('waiting'),
        fn.min<number | null>('waiting_since').as('waitingSince'),
      ])
      // Not `is not null`, for which SQLite would scan the table.
      .where('due_at', '>=', sql.lit(0)),
  )
  const mark = statement((row: Omit<DeliveryChainTable, 'attempts'>) => {
    const [dueAt, attempts] = [sql.ref(`${table}.due_at`), sql.ref(`${table}.attempts`)]
    const waitingSince = sql.ref(`${table}.waiting_since`)
    return db
      .insertInto(table)
      .values({ ...row, attempts: sql.lit(0) })
      .onConflict((conflict) =>
        conflict.columns(['scope_kind', 'scope_id']).doUpdateSet({
          marked_up_to: sql<number>`excluded.marked_up_to`,
          due_at: sql<number>`case when ${dueAt} <= excluded.due_at or ${attempts} > 0 and ${dueAt} is not null
            then ${dueAt} else excluded.due_at end`,
          waiting_since: sql<number>`case when ${waitingSince} <= excluded.waiting_since
            then ${waitingSince} else excluded.waiting_since end`,
        }),
      )
  })
  const due = statement(({ now, limit }: { now: number; limit: number }) => {
    const query = db
      .selectFrom(table)
      .select(['scope_kind', 'scope_id'])
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('scope_kind')
      .orderBy('scope_id')
      .limit(limit)
    // Those that another claimant is just taking are left to it.
    return dialect.rowLocks ? query.forUpdate().skipLocked() : query
  })
  const lease = statement(({ scope_kind, scope_id, leaseUntil }: ScopeColumns & { leaseUntil: number }) =>
    db
      .updateTable(table)
      .set({ due_at: leaseUntil, attempts: sql<number>`attempts + 1` })
      .where('scope_kind', '=', scope_kind)
      .where('scope_id', '=', scope_id)
      .returning(['seq', 'attempts']),
  )
  const claimed = ({ scope_kind, scope_id, seq, due_at }: ClaimColumns) =>
    db
      .updateTable(table)
      .where('scope_kind', '=', scope_kind)
      .where('scope_id', '=', scope_id)
      .where('seq', '=', seq)
      .where('due_at', '=', due_at)
  const advance = statement(
    ({ toSeq, toAt, toLease, ...claim }: ClaimColumns & { toSeq: number; toAt: number; toLease: number }) =>
      claimed(claim).set({ seq: toSeq, attempts: sql.lit(1), due_at: toLease, waiting_since: toAt }),
  )
  const release = statement(({ now, ...claim }: ClaimColumns & { now: number }) =>
    claimed(claim).set({
      attempts: sql.lit(0),
      due_at: sql<number | null>`case when marked_up_to > seq then cast(${now} as bigint) end`,
      waiting_since: sql<number | null>`case when marked_up_to > seq then waiting_since end`,
    }),
  )
  const postpone = statement(({ dueAt, ...claim }: ClaimColumns & { dueAt: number }) =>
    claimed(claim).set({ due_at: dueAt }),
  )

  const reads = (executor: Executor): ChainReads => ({
    async backlog() {
      return (await backlog.first(executor, {})) ?? { waiting: 0, waitingSince: null }
    },
  })

  const repository = (executor: Executor): ChainRepository => ({
    ...reads(executor),
    async mark({ scope, from, upTo, now }) {
      const place = { seq: from - 1, marked_up_to: upTo, due_at: now, waiting_since: now }
      await mark.affect(executor, { ...toColumns(scope), ...place })
    },
    async claim({ now, limit, leaseUntil }) {
      const chains = []
      for (const key of await due.all(executor, { now, limit })) {
        const row = await lease.first(executor, { ...key, leaseUntil })
        if (row) chains.push({ scope: toScope(key), seq: row.seq, attempts: row.attempts, leaseUntil })
      }
      return chains
    },
    async advance(claim, { seq, at, leaseUntil }) {
      const to = { toSeq: seq, toAt: at, toLease: leaseUntil }
      return (await advance.affect(executor, { ...toClaim(claim), ...to })) > 0
    },
    async release(claim, now) {
      return (await release.affect(executor, { ...toClaim(claim), now })) > 0
    },
    async postpone(claim, dueAt) {
      return (await postpone.affect(executor, { ...toClaim(claim), dueAt })) > 0
    },
  })

  return { reads, repository }
}
