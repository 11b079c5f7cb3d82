import type { DeadLetter, EventDeliveryReads, EventDeliveryRepository } from '@tenantry/core'
import type { Insertable, Selectable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { eventChains, toColumns, toScope } from './event-chains.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import type { DeadLetterTable } from '../schema/event-tables.js'
import { statement, type Executor } from '../statements/statement.js'

const deadLetterColumns = [
  'id',
  'scope_kind',
  'scope_id',
  'seq',
  'type',
  'attempts',
  'last_error',
  'died_at',
] as const satisfies readonly (keyof DeadLetterTable)[]

function toDeadLetter(row: Selectable<DeadLetterTable>): DeadLetter {
  return {
    id: row.id,
    scope: toScope(row),
    seq: row.seq,
    type: row.type,
    attempts: row.attempts,
    lastError: row.last_error,
    diedAt: row.died_at,
  }
}

export function eventDelivery(given: Sql) {
  const { db } = given
  const chains = eventChains(given, 'delivery_chains')
  const findDeadLetter = statement(({ id }: { id: string }) =>
    db.selectFrom('dead_letters').select(deadLetterColumns).where('id', '=', id),
  )
  const listDeadLetters = statement((given: PageArguments) =>
    onePage(db.selectFrom('dead_letters').select(deadLetterColumns), ['died_at', 'id'], 'descending', given),
  )
  const countDeadLetters = statement(() =>
    db.selectFrom('dead_letters').select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insertDeadLetter = statement((row: Insertable<DeadLetterTable>) => db.insertInto('dead_letters').values(row))
  const deleteDeadLetter = statement(({ id }: { id: string }) => db.deleteFrom('dead_letters').where('id', '=', id))

  const reads = (executor: Executor): EventDeliveryReads => ({
    ...chains.reads(executor),
    async findDeadLetter(id) {
      const row = await findDeadLetter.first(executor, { id })
      return row && toDeadLetter(row)
    },
    async listDeadLetters({ page }) {
      return (await listDeadLetters.all(executor, pageArguments(page))).map(toDeadLetter)
    },
    async countDeadLetters() {
      return (await countDeadLetters.first(executor, {}))?.count ?? 0
    },
  })

  const repository = (executor: Executor): EventDeliveryRepository => ({
    ...chains.repository(executor),
    ...reads(executor),
    async insertDeadLetter({ scope, lastError, diedAt, ...event }) {
      await insertDeadLetter.affect(executor, { ...event, ...toColumns(scope), last_error: lastError, died_at: diedAt })
    },
    async deleteDeadLetter(id) {
      return (await deleteDeadLetter.affect(executor, { id })) > 0
    },
  })

  return { reads, repository }
}
