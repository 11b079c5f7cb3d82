import type { EmailReads, EmailRepository, QueuedEmail } from '@tenantry/core'
import { sql, type Insertable, type Selectable } from 'kysely'
import type { EmailTable } from '../schema/email-table.js'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { statement, type Executor } from '../statements/statement.js'

const emailColumns = [
  'id',
  'tenant_id',
  'kind',
  'recipient',
  'payload',
  'status',
  'attempts',
  'due_at',
  'last_error',
  'created_at',
] as const

interface EmailClaimArguments {
  readonly id: string
  readonly attempts: number
  readonly leaseUntil: number
}

function toEmail(row: Selectable<EmailTable>): QueuedEmail {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    kind: row.kind,
    recipient: row.recipient,
    payload: row.payload,
    status: row.status,
    attempts: row.attempts,
    dueAt: row.due_at,
    lastError: row.last_error,
    createdAt: row.created_at,
  }
}

export function emails({ db, dialect }: Sql) {
  const every = (status: QueuedEmail['status']) => db.selectFrom('emails').where('status', '=', sql.lit(status))
  const listDeadLetters = statement((given: PageArguments) =>
    onePage(every('dead').select(emailColumns), ['created_at', 'id'], 'descending', given),
  )
  const countDeadLetters = statement(() => every('dead').select(({ fn }) => fn.countAll<number>().as('count')))
  const backlog = statement(() =>
    every('queued').select(({ fn }) => [
      fn.countAll<number>().as('waiting'),
      fn.min<number | null>('due_at').as('oldestDueAt'),
    ]),
  )
  const enqueue = statement((row: Insertable<EmailTable>) => db.insertInto('emails').values(row), { deferrable: true })
  const due = statement(({ now, limit }: { now: number; limit: number }) => {
    const query = every('queued')
      .select(emailColumns)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit)
    // Those that another claimant is just taking are left to it.
    return dialect.rowLocks ? query.forUpdate().skipLocked() : query
  })
  const lease = statement(({ id, leaseUntil }: { id: string; leaseUntil: number }) =>
    db
      .updateTable('emails')
      .set({ due_at: leaseUntil, attempts: sql<number>`attempts + 1` })
      .where('id', '=', id)
      .returning(emailColumns),
  )
  const remove = statement(({ id }: { id: string }) => db.deleteFrom('emails').where('id', '=', id))
  const fail = statement(({ id, attempts, leaseUntil, ...set }: Partial<EmailTable> & EmailClaimArguments) =>
    db
      .updateTable('emails')
      .set(set)
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('due_at', '=', leaseUntil)
      .where('status', '=', sql.lit('queued' as const)),
  )
  const requeue = statement(({ id, now }: { id: string; now: number }) =>
    db
      .updateTable('emails')
      .set({ status: 'queued', due_at: now, attempts: 0 })
      .where('id', '=', id)
      .where('status', '=', sql.lit('dead' as const)),
  )

  const reads = (executor: Executor): EmailReads => ({
    async listDeadLetters({ page }) {
      return (await listDeadLetters.all(executor, pageArguments(page))).map(toEmail)
    },
    async countDeadLetters() {
      return (await countDeadLetters.first(executor, {}))?.count ?? 0
    },
    async backlog() {
      return (await backlog.first(executor, {})) ?? { waiting: 0, oldestDueAt: null }
    },
  })

  const repository = (executor: Executor): EmailRepository => ({
    ...reads(executor),
    async enqueue(mail) {
      await enqueue.affect(executor, {
        id: mail.id,
        tenant_id: mail.tenantId,
        kind: mail.kind,
        recipient: mail.recipient,
        payload: mail.payload,
        status: mail.status,
        attempts: mail.attempts,
        due_at: mail.dueAt,
        last_error: mail.lastError,
        created_at: mail.createdAt,
      })
    },
    async claim({ now, limit, leaseUntil }) {
      const claimed: QueuedEmail[] = []
      for (const { id } of await due.all(executor, { now, limit })) {
        const row = await lease.first(executor, { id, leaseUntil })
        if (row) claimed.push(toEmail(row))
      }
      return claimed
    },
    async remove(id) {
      return (await remove.affect(executor, { id })) > 0
    },
    async fail({ id, attempts, dueAt: leaseUntil }, { error, dueAt }) {
      const outcome: Partial<EmailTable> = dueAt === null ? { status: 'dead' } : { due_at: dueAt }
      return (await fail.affect(executor, { id, attempts, leaseUntil, last_error: error, ...outcome })) > 0
    },
    async requeue({ id, now }) {
      return (await requeue.affect(executor, { id, now })) > 0
    },
  })

  return { reads, repository }
}
