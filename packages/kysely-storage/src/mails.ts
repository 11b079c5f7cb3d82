import type { MailReads, MailRepository, QueuedMail } from '@tenantry/core'
import { sql, type Insertable, type Selectable } from 'kysely'
import type { MailTable } from './database.js'
import type { Sql } from './dialect.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { statement, type Executor } from './statement.js'

const mailColumns = [
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

interface MailClaimArguments {
  readonly id: string
  readonly attempts: number
  readonly leaseUntil: number
}

function toMail(row: Selectable<MailTable>): QueuedMail {
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

export function mails({ db, dialect }: Sql) {
  const every = (status: QueuedMail['status']) => db.selectFrom('mails').where('status', '=', sql.lit(status))
  const listDead = statement((given: PageArguments) => {
    let query = every('dead').select(mailColumns).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(given.limit)
    if (given.afterAt !== undefined) query = query.where(beyond(['created_at', 'id'], 'descending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const countDead = statement(() => every('dead').select(({ fn }) => fn.countAll<number>().as('count')))
  const backlog = statement(() =>
    every('queued').select(({ fn }) => [
      fn.countAll<number>().as('waiting'),
      fn.min<number | null>('due_at').as('oldestDueAt'),
    ]),
  )
  const enqueue = statement((row: Insertable<MailTable>) => db.insertInto('mails').values(row), { deferrable: true })
  const due = statement(({ now, limit }: { now: number; limit: number }) => {
    const query = every('queued')
      .select(mailColumns)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit)
    // Those that another claimant is just taking are left to it.
    return dialect.rowLocks ? query.forUpdate().skipLocked() : query
  })
  const lease = statement(({ id, leaseUntil }: { id: string; leaseUntil: number }) =>
    db
      .updateTable('mails')
      .set({ due_at: leaseUntil, attempts: sql<number>`attempts + 1` })
      .where('id', '=', id)
      .returning(mailColumns),
  )
  const remove = statement(({ id }: { id: string }) => db.deleteFrom('mails').where('id', '=', id))
  const fail = statement(({ id, attempts, leaseUntil, ...set }: Partial<MailTable> & MailClaimArguments) =>
    db
      .updateTable('mails')
      .set(set)
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('due_at', '=', leaseUntil)
      .where('status', '=', sql.lit('queued' as const)),
  )
  const revive = statement(({ id, now }: { id: string; now: number }) =>
    db
      .updateTable('mails')
      .set({ status: 'queued', due_at: now, attempts: 0 })
      .where('id', '=', id)
      .where('status', '=', sql.lit('dead' as const)),
  )

  const reads = (executor: Executor): MailReads => ({
    async listDead({ page }) {
      return (await listDead.all(executor, pageArguments(page))).map(toMail)
    },
    async countDead() {
      return (await countDead.first(executor, {}))?.count ?? 0
    },
    async backlog() {
      return (await backlog.first(executor, {})) ?? { waiting: 0, oldestDueAt: null }
    },
  })

  const repository = (executor: Executor): MailRepository => ({
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
      const claimed: QueuedMail[] = []
      for (const { id } of await due.all(executor, { now, limit })) {
        const row = await lease.first(executor, { id, leaseUntil })
        if (row) claimed.push(toMail(row))
      }
      return claimed
    },
    async remove(id) {
      return (await remove.affect(executor, { id })) > 0
    },
    async fail({ id, attempts, dueAt: leaseUntil }, { error, dueAt }) {
      const outcome: Partial<MailTable> = dueAt === null ? { status: 'dead' } : { due_at: dueAt }
      return (await fail.affect(executor, { id, attempts, leaseUntil, last_error: error, ...outcome })) > 0
    },
    async revive({ id, now }) {
      return (await revive.affect(executor, { id, now })) > 0
    },
  })

  return { reads, repository }
}
