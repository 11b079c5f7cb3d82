import type { Event, EventReads, EventRepository, EventScope } from '@tenantry/core'
import { sql, type Compilable, type Insertable, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { EventTable } from '../schema/event-tables.js'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { fromJson } from '../statements/json.js'
import { groupsOf, manyRows, manyRowsOfTenant } from '../statements/many-rows.js'
import { ofTenant, statement, type Executor } from '../statements/statement.js'

const eventColumns = [
  'seq',
  'id',
  'type',
  'actor_id',
  'target_type',
  'target_id',
  'at',
  'ip',
  'data',
  'previous_hash',
  'hash',
] as const satisfies readonly (keyof EventTable)[]

function toEvent(scope: EventScope, row: Selectable<EventTable>): Event {
  return {
    scope,
    seq: row.seq,
    id: row.id,
    type: row.type,
    actorId: row.actor_id,
    target: { type: row.target_type, id: row.target_id },
    at: row.at,
    ip: row.ip,
    data: fromJson<Event['data']>(row.data),
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

function fromEvent(event: Event): Insertable<EventTable> {
  return {
    seq: event.seq,
    id: event.id,
    type: event.type,
    actor_id: event.actorId,
    target_type: event.target.type,
    target_id: event.target.id,
    at: event.at,
    ip: event.ip,
    data: JSON.stringify(event.data),
    previous_hash: event.previousHash,
    hash: event.hash,
  }
}

interface ChainQuery {
  readonly owner: string
  readonly limit: number
  readonly after: number | undefined
  readonly type: string | undefined
  readonly actorId: string | undefined
  readonly targetType: string | undefined
  readonly targetId: string | undefined
}

type OwnedEvent = Insertable<EventTable> & { readonly owner: string }

type ChainOwner = 'tenant' | 'organization' | 'user'

/** The statements of one of the event tables, which differ in name and in whose chains they hold. */
function chain(db: Kysely<Tables>, kind: ChainOwner) {
  const tableName = `${kind}_events` as const
  const ownerName = `${kind}_id` as const
  const table = sql.table(tableName)
  const owner = sql.ref(ownerName)
  const columns = sql.join(eventColumns.map((column) => sql.ref(column)))
  const about = <Arguments extends { readonly owner: string }, Row>(
    build: (values: Arguments) => Compilable<Row>,
    options?: { readonly deferrable: boolean },
  ) => (kind === 'tenant' ? ofTenant('owner', build, options) : statement(build, options))
  const query = <Row>(text: RawBuilder<Row>) => ({ compile: () => text.compile(db) })

  const list = (order: 'newest' | 'oldest') => {
    const [comparison, direction] = order === 'newest' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
    return about((given: ChainQuery) => {
      const afterTuple = given.after === undefined ? sql`` : sql`and seq ${comparison} ${given.after}`
      const ofType = given.type === undefined ? sql`` : sql`and type = ${given.type}`
      const ofActor = given.actorId === undefined ? sql`` : sql`and actor_id = ${given.actorId}`
      const ofTarget =
        given.targetId === undefined
          ? sql``
          : sql`and target_type = ${given.targetType} and target_id = ${given.targetId}`
      return query(
        sql<Selectable<EventTable>>`
          select ${columns} from ${table} where ${owner} = ${given.owner} ${afterTuple} ${ofType} ${ofActor} ${ofTarget}
          order by seq ${direction} limit ${given.limit}`,
      )
    })
  }

  const appending = (rows: readonly OwnedEvent[]) => {
    const values = rows.map((row) => sql`(${sql.join([row.owner, ...eventColumns.map((column) => row[column])])})`)
    return query(sql`insert into ${table} (${owner}, ${columns}) values ${sql.join(values)}`)
  }
  const ofAll = manyRows(appending)
  const ofOneTenant = manyRowsOfTenant<OwnedEvent>((tenantId, rows) =>
    appending(rows.map((row) => ({ ...row, owner: tenantId }))),
  )

  return {
    head: about((given: { owner: string }) =>
      query(
        sql<{ seq: number; hash: string }>`
          select seq, hash from ${table} where ${owner} = ${given.owner} order by seq desc limit 1`,
      ),
    ),
    newest: list('newest'),
    oldest: list('oldest'),
    append: about(
      ({ owner: ownerId, ...row }: Insertable<EventTable> & { owner: string }) => {
        const names = Object.keys(row).map((column) => sql.ref(column))
        const values = Object.values(row).map((value) => sql.val(value))
        return query(sql`
        insert into ${table} (${sql.join([owner, ...names])}) values (${sql.join([sql.val(ownerId), ...values])})`)
      },
      { deferrable: true },
    ),
    async appendMany(executor: Executor, rows: readonly OwnedEvent[]) {
      if (kind !== 'tenant') return ofAll(executor, rows)
      for (const [ownerId, ofOne] of groupsOf(rows, (row) => row.owner)) await ofOneTenant(executor, ownerId, ofOne)
    },
  }
}

export function events({ db }: Sql) {
  const ofTenants = chain(db, 'tenant')
  const ofOrganizations = chain(db, 'organization')
  const ofUsers = chain(db, 'user')
  const locate = (scope: EventScope) => {
    if ('tenantId' in scope) return { chain: ofTenants, owner: scope.tenantId }
    return 'organizationId' in scope
      ? { chain: ofOrganizations, owner: scope.organizationId }
      : { chain: ofUsers, owner: scope.userId }
  }

  const reads = (executor: Executor): EventReads => ({
    async head(scope) {
      const { chain, owner } = locate(scope)
      return chain.head.first(executor, { owner })
    },
    async list({ scope, order, limit, after, type, actorId, target }) {
      const { chain, owner } = locate(scope)
      const narrowed = { type, actorId, targetType: target?.type, targetId: target?.id }
      return (await chain[order].all(executor, { owner, limit, after, ...narrowed })).map((row) => toEvent(scope, row))
    },
  })

  const repository = (executor: Executor): EventRepository => ({
    ...reads(executor),
    async append(event) {
      const { chain, owner } = locate(event.scope)
      await chain.append.affect(executor, { owner, ...fromEvent(event) })
    },
    async appendMany(many) {
      const rows = many.map((event) => ({ ...locate(event.scope), event }))
      for (const chain of new Set(rows.map((row) => row.chain))) {
        const ofKind = rows.filter((row) => row.chain === chain)
        await chain.appendMany(
          executor,
          ofKind.map(({ owner, event }) => ({ owner, ...fromEvent(event) })),
        )
      }
    },
  })

  return { reads, repository }
}
