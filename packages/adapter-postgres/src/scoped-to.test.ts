import { randomUUID } from 'node:crypto'
import {
  assertSameAnswer,
  assertSameEffect,
  assertScopeMatters,
  createTables,
  exampleRows,
  fillBoth,
  oursOnly,
  scopedReads,
  scopedWrites,
  scopingProperties,
  type Shop,
  type ShopTables,
  type TwoShops,
} from '@tenantry/kysely-storage/testing'
import { Kysely, PostgresDialect, type Generated } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { scopedTo, trusted } from './index.js'

const database = useTestDatabase()
let shops: TwoShops

async function openShop() {
  const schema = database.newSchema()
  await database.query(`create schema ${schema}`)
  const pool = new Pool({ connectionString: database.url, max: 2, options: `-c search_path=${schema}` })
  const shop = new Kysely<ShopTables>({ dialect: new PostgresDialect({ pool }) })
  await createTables(shop)
  return shop
}

beforeAll(async () => {
  shops = { mixed: await openShop(), single: await openShop() }
})

afterAll(async () => {
  await Promise.all(Object.values(shops).map((shop) => shop.destroy()))
})

describe('on PostgreSQL a scope covers', () => {
  beforeEach(() => fillBoth(shops, exampleRows))

  test.each(Object.entries(scopedReads))('%s', async (_, read) => {
    await assertSameAnswer(shops, read)
    await assertScopeMatters(shops, read)
  })

  test.each(Object.entries(scopedWrites))('%s', (_, write) => assertSameEffect(shops, write))
})

describe('on PostgreSQL', () => {
  test.each(scopingProperties)('$name', ({ check }) => check(shops, 100))
})

describe('on PostgreSQL a scope covers, too,', () => {
  beforeEach(() => fillBoth(shops, exampleRows))

  const reads: Readonly<Record<string, (shop: Shop) => Promise<readonly unknown[]>>> = {
    'a lateral join': (shop) =>
      shop
        .selectFrom('country')
        .innerJoinLateral(
          (eb) => eb.selectFrom('invoice').select('amount').orderBy('amount', 'desc').limit(1).as('top'),
          (join) => join.onTrue(),
        )
        .select('top.amount')
        .execute(),
    'a lateral left join': (shop) =>
      shop
        .selectFrom('invoice as i')
        .leftJoinLateral(
          (eb) => eb.selectFrom('note').select('body').whereRef('note.invoice_id', '=', 'i.id').as('n'),
          (join) => join.onTrue(),
        )
        .select(['i.id', 'n.body'])
        .execute(),
    'a lateral cross join': (shop) =>
      shop
        .selectFrom('country')
        .crossJoinLateral((eb) => eb.selectFrom('note').select('body').as('n'))
        .select(['country.code', 'n.body'])
        .execute(),
    'rows made distinct by a column': (shop) =>
      shop.selectFrom('invoice').distinctOn('id').select('amount').orderBy('id').orderBy('amount', 'desc').execute(),
    'rows that are locked': (shop) => shop.selectFrom('invoice as i').select('i.id').forUpdate('i').execute(),
    'rows as JSON': (shop) =>
      shop
        .selectFrom('invoice as i')
        .select((eb) => eb.fn.jsonAgg('i').as('all'))
        .execute(),
    'rows as JSON within rows': (shop) =>
      shop
        .selectFrom('country')
        .select((eb) => trusted(jsonArrayFrom(eb.selectFrom('note').select('note.body').orderBy('body'))).as('notes'))
        .execute(),
    'columns grouped by a key': (shop) =>
      shop.selectFrom('invoice').select(['tenant_id', 'id', 'amount']).groupBy(['tenant_id', 'id']).execute(),
    'rows from a function': (shop) =>
      shop
        .selectFrom((eb) => eb.fn<{ n: number }>('generate_series', [eb.lit(1), eb.lit(2)]).as('n'))
        .innerJoin('invoice', (join) => join.onTrue())
        .select('invoice.amount')
        .execute(),
  }

  test.each(Object.entries(reads))('%s', async (_, read) => {
    await assertSameAnswer(shops, read)
    await assertScopeMatters(shops, read)
  })

  const writes: Readonly<Record<string, (shop: Shop) => Promise<unknown>>> = {
    'a delete using another table': (shop) =>
      shop
        .deleteFrom('invoice')
        .using('note')
        .leftJoin('country', 'country.code', 'note.body')
        .whereRef('note.invoice_id', '=', 'invoice.id')
        .execute(),
    'an update from a full join': (shop) =>
      shop
        .updateTable('invoice')
        .from('note')
        .fullJoin('invoice as other', 'other.id', 'note.invoice_id')
        .whereRef('other.id', '=', 'invoice.id')
        .set((eb) => ({ customer: eb.fn.coalesce('note.body', eb.val('none')) }))
        .execute(),
    'common table expressions that write': (shop) =>
      shop
        .with('gone', (qc) => qc.deleteFrom('note').where('invoice_id', 'is not', null).returning('note.id'))
        .with('raised', (qc) =>
          qc
            .updateTable('invoice')
            .set((eb) => ({ amount: eb('amount', '+', 1) }))
            .returning('id'),
        )
        .selectFrom(['gone', 'raised'])
        .selectAll()
        .execute(),
  }

  test.each(Object.entries(writes))('%s', (_, write) => assertSameEffect(shops, write))

  test('common table expressions that insert', async () => {
    await assertSameEffect(shops, (shop, own) =>
      shop
        .with('made', (qc) =>
          qc
            .insertInto('note')
            .values({ ...own.note, id: 90, body: 'made' })
            .returning('id'),
        )
        .selectFrom('made')
        .selectAll()
        .execute(),
    )
  })

  test('the table that an expression with its own name reads', async () => {
    // Within itself the name still means the table: SQLite sees a circle there.
    await assertSameAnswer(shops, (shop) =>
      shop
        .with('invoice', (qc) => qc.selectFrom('invoice').select(['id', 'amount']))
        .selectFrom('invoice')
        .select('amount')
        .execute(),
    )
  })
})

test('on PostgreSQL the tenant’s column may be a uuid, whatever is inserted', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()]
  await shops.mixed.schema
    .createTable('task')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('id', 'integer')
    .execute()
  const shop = shops.mixed.withTables<{ task: { tenant_id: Generated<string>; id: number } }>()
  await shop.insertInto('task').values({ tenant_id: bob, id: 7 }).execute()
  const tasks = scopedTo(shop, { tenantId: ann, tables: { task: 'tenant_id' }, shared: ['country'] })
  await tasks.insertInto('task').values({ id: 1 }).execute()
  const ids = () => tasks.selectFrom('task').select((eb) => eb('task.id', '+', 1).as('id'))
  await tasks.insertInto('task').columns(['id']).expression(ids()).execute()
  await tasks.insertInto('task').columns(['id']).expression(ids().distinct()).execute()
  await tasks.insertInto('task').columns(['id']).expression(ids().union(ids())).execute()
  const mine = await tasks.selectFrom('task').select('id').orderBy('id').execute()
  expect(mine.map(({ id }) => id)).toEqual([1, 2, 2, 2, 3, 3, 4])
})

describe('on PostgreSQL a scope refuses', () => {
  test('merge', async () => {
    const merge = oursOnly(shops.mixed)
      .mergeInto('invoice')
      .using('note', 'note.id', 'invoice.id')
      .whenMatched()
      .thenDelete()
    await expect(merge.execute()).rejects.toThrow(TypeError)
  })
})
