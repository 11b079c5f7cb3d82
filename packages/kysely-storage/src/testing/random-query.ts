import fc from 'fast-check'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import {
  condition,
  inKysely,
  numbers,
  smallNumber,
  tenantTable,
  type AnyTables,
  type Condition,
  type TenantTable,
} from './random-condition.js'
import type { Shop } from './shop.js'

type Query = SelectQueryBuilder<AnyTables, string, Record<string, unknown>>

interface Join {
  readonly kind: keyof typeof joinKinds
  readonly table: TenantTable
  readonly column: string
  /** Which of the tables before it, and which of its columns. */
  readonly with: number
  readonly withColumn: number
}

interface Body {
  readonly table: TenantTable
  readonly joins: readonly Join[]
  readonly where: Condition | null
  readonly limit: number | null
}

/** A query over up to four tables, perhaps united with another, perhaps inside another. */
export interface RandomQuery {
  readonly body: Body
  readonly wrapped: 'no' | 'subquery' | 'common table expression' | 'common table expression named like a table'
  readonly united: { readonly how: keyof typeof setOperations; readonly with: Body } | null
}

const join: fc.Arbitrary<Join> = tenantTable.chain((table) =>
  fc.record({
    kind: fc.constantFrom('innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin'),
    table: fc.constant(table),
    column: fc.constantFrom<string>(...numbers[table]),
    with: fc.nat(3),
    withColumn: fc.nat(2),
  }),
)

const body: fc.Arbitrary<Body> = tenantTable.chain((table) =>
  fc.record({
    table: fc.constant(table),
    joins: fc.array(join, { maxLength: 3 }),
    where: fc.option(condition(table)),
    limit: fc.option(smallNumber, { freq: 3 }),
  }),
)

export const randomQuery: fc.Arbitrary<RandomQuery> = fc
  .record({
    body,
    wrapped: fc.constantFrom('no', 'subquery', 'common table expression', 'common table expression named like a table'),
    united: fc.option(fc.record({ how: fc.constantFrom('union', 'unionAll', 'except', 'intersect'), with: body })),
  })
  // SQLite 3.53 itself answers some rows of these twice, with or without a scope.
  .map((query) =>
    query.united?.how === 'unionAll' && padsRows(query.united.with) ? { ...query, wrapped: 'no' } : query,
  )

function padsRows({ joins }: Body): boolean {
  return joins.some(({ kind }) => kind === 'rightJoin' || kind === 'fullJoin')
}

/** Runs it. Rows of queries with a limit come in a total order. */
export function run(shop: Shop, { body, wrapped, united }: RandomQuery): Promise<readonly unknown[]> {
  // The names of tables and columns are made up while the test runs.
  const db = shop as unknown as Kysely<AnyTables>
  const query = united ? setOperations[united.how](ids(db, body), ids(db, united.with)) : everything(db, body)
  switch (wrapped) {
    case 'no':
      return query.execute()
    case 'subquery':
      return db.selectFrom(query.as('wrapped')).selectAll().execute()
    case 'common table expression':
      return db
        .with('named', () => query)
        .selectFrom('named')
        .selectAll()
        .execute()
    case 'common table expression named like a table':
      return db
        .with('country', () => query)
        .selectFrom('country')
        .selectAll()
        .execute()
  }
}

/** All columns of all tables. */
function everything(db: Kysely<AnyTables>, one: Body): Query {
  const tables = [one.table, ...one.joins.map(({ table }) => table)]
  const columns = tables.flatMap((table, index) =>
    numbers[table].map((column) => `t${index}.${column} as t${index}_${column}` as const),
  )
  const query = joined(db, one).select(columns)
  if (one.limit === null) return query
  const order = columns.map((column) => column.split(' as ')[0] ?? '')
  return order.reduce((ordered, column) => ordered.orderBy(column), query).limit(one.limit)
}

/** One column, so that it can be united with any other. */
function ids(db: Kysely<AnyTables>, one: Body): Query {
  return joined(db, one).select('t0.id as id')
}

const setOperations = {
  union: (left: Query, right: Query) => left.union(right),
  unionAll: (left: Query, right: Query) => left.unionAll(right),
  except: (left: Query, right: Query) => left.except(right),
  intersect: (left: Query, right: Query) => left.intersect(right),
}

type AddJoin = (query: Query, table: string, column: string, partner: string) => Query

const joinKinds = {
  innerJoin: (query, table, column, partner) => query.innerJoin(table, column, partner),
  leftJoin: (query, table, column, partner) => query.leftJoin(table, column, partner),
  rightJoin: (query, table, column, partner) => query.rightJoin(table, column, partner),
  fullJoin: (query, table, column, partner) => query.fullJoin(table, column, partner),
  crossJoin: (query, table) => query.crossJoin(table),
} satisfies Record<string, AddJoin>

function joined(db: Kysely<AnyTables>, { table, joins, where }: Body): Query {
  const tables = [table, ...joins.map((one) => one.table)]
  const from: Query = db.selectFrom(`${table} as t0`)
  const query = joins.reduce((before, one, index) => {
    const name = `t${index + 1}`
    const partner = one.with % (index + 1)
    const columns = numbers[tables[partner] ?? table]
    const column = columns[one.withColumn % columns.length]
    return joinKinds[one.kind](before, `${one.table} as ${name}`, `${name}.${one.column}`, `t${partner}.${column}`)
  }, from)
  return where ? query.where((eb) => inKysely(eb, 't0', where)) : query
}
