import type { DeadEvent, RelayReads, RelayRepository } from '@tenantry/core'
import type { Insertable, Selectable } from 'kysely'
import type { Sql } from './dialect.js'
import { eventChains, toColumns, toScope } from './event-chains.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import type { DeadEventTable } from './relay-tables.js'
import { statement, type Executor } from './statement.js'

const deadColumns = [
  'id',
  'scope_kind',
  'scope_id',
  'seq',
  'type',
  'attempts',
  'last_error',
  'died_at',
] as const satisfies readonly (keyof DeadEventTable)[]

function toDead(row: Selectable<DeadEventTable>): DeadEvent {
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

export function relay(given: Sql) {
  const { db } = given
  const chains = eventChains(given, 'relay_chains')
  const findDead = statement(({ id }: { id: string }) =>
    db.selectFrom('dead_events').select(deadColumns).where('id', '=', id),
  )
  const listDead = statement((given: PageArguments) => {
    const all = db.selectFrom('dead_events').select(deadColumns)
    const newest = all.orderBy('died_at', 'desc').orderBy('id', 'desc').limit(given.limit)
    const query = given.afterAt === undefined ? newest : newest.where(beyond(['died_at', 'id'], 'descending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const countDead = statement(() => db.selectFrom('dead_events').select(({ fn }) => fn.countAll<number>().as('count')))
  const bury = statement((row: Insertable<DeadEventTable>) => db.insertInto('dead_events').values(row))
  const removeDead = statement(({ id }: { id: string }) => db.deleteFrom('dead_events').where('id', '=', id))

  const reads = (executor: Executor): RelayReads => ({
    ...chains.reads(executor),
    async findDead(id) {
      const row = await findDead.first(executor, { id })
      return row && toDead(row)
    },
    async listDead({ page }) {
      return (await listDead.all(executor, pageArguments(page))).map(toDead)
    },
    async countDead() {
      return (await countDead.first(executor, {}))?.count ?? 0
    },
  })

  const repository = (executor: Executor): RelayRepository => ({
    ...chains.repository(executor),
    ...reads(executor),
    async bury({ scope, lastError, diedAt, ...event }) {
      await bury.affect(executor, { ...event, ...toColumns(scope), last_error: lastError, died_at: diedAt })
    },
    async removeDead(id) {
      return (await removeDead.affect(executor, { id })) > 0
    },
  })

  return { reads, repository }
}
