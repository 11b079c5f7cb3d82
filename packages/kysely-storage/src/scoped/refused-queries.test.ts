import BetterSqlite3 from 'better-sqlite3'
import { AliasNode, CompiledQuery, Kysely, SqliteDialect, TableNode, createQueryId, sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { exampleRows } from '../testing/example-rows.js'
import { createTables, fill, ours, oursOnly, rowsOf, theirs, type Shop } from '../testing/shop.js'
import { scopedTo } from './scoped-to.js'
import { trusted } from './trusted.js'

let shop: Shop
let scoped: Shop

beforeEach(async () => {
  shop = new Kysely({ dialect: new SqliteDialect({ database: new BetterSqlite3(':memory:') }) })
  await createTables(shop)
  await fill(shop, exampleRows)
  scoped = oursOnly(shop)
  return () => shop.destroy()
})

/** What a query names at run time, past what types allow. */
const named = <Name extends string>(name: string) => name as Name
const salaries = sql<{ salary: number }>`payroll`
const row = { id: 80, amount: 1, parent_id: null, customer: null }

/** Queries by what they are refused with. */
const refused: Readonly<Record<string, Readonly<Record<string, (db: Shop) => Promise<unknown>>>>> = {
  'is not registered: register it with its tenant column, or list it under `shared`.': {
    'a table that is not registered': (db) => db.selectFrom('payroll').selectAll().execute(),
    'one in a join': (db) =>
      db.selectFrom('invoice').innerJoin('payroll', 'payroll.id', 'invoice.id').selectAll().execute(),
    'one in a full join': (db) =>
      db.selectFrom('invoice').fullJoin('payroll', 'payroll.id', 'invoice.id').selectAll().execute(),
    'one in a subquery': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where('id', 'in', (eb) => eb.selectFrom('payroll').select('id'))
        .execute(),
    'one in a common table expression': (db) =>
      db
        .with('p', (qc) => qc.selectFrom('payroll').selectAll())
        .selectFrom('p')
        .selectAll()
        .execute(),
    'one in a union': (db) =>
      db
        .selectFrom('invoice')
        .select('id')
        .union((eb) => eb.selectFrom('payroll').select('id'))
        .execute(),
    'one behind a dynamic name': (db) => {
      const { table } = db.dynamic
      return db
        .selectFrom(table(named<'invoice'>('payroll')).as('i'))
        .selectAll()
        .execute()
    },
    'one in the database’s own schema': (db) => db.selectFrom(named<'invoice'>('sqlite_master')).selectAll().execute(),
    'a registered one in another schema': (db) => db.withSchema('main').selectFrom('invoice').selectAll().execute(),
    'a registered one in other letters': (db) => db.selectFrom(named<'invoice'>('INVOICE')).selectAll().execute(),
    'one that a common table expression of another query hides': (db) =>
      db
        .with('first', (qc) =>
          qc
            .with('payroll', (inner) => inner.selectFrom('invoice').select('id'))
            .selectFrom('payroll')
            .select('id'),
        )
        .selectFrom(['first', 'payroll'])
        .selectAll()
        .execute(),
    'one in the common table expression that has its name': (db) =>
      db
        .with('payroll', (qc) => qc.selectFrom('payroll').selectAll())
        .selectFrom('payroll')
        .selectAll()
        .execute(),
    'one that a later common table expression has the name of': (db) =>
      db
        .with('first', (qc) => qc.selectFrom('payroll').selectAll())
        .with('payroll', (qc) => qc.selectFrom('invoice').select('id'))
        .selectFrom('first')
        .selectAll()
        .execute(),
    'writing one in spite of a common table expression of its name': (db) =>
      db
        .with('payroll', (qc) => qc.selectFrom('invoice').selectAll())
        .deleteFrom(named<'invoice'>('payroll'))
        .execute(),
    'one in a schema, behind a common table expression of its name': (db) =>
      db
        .with('payroll', (qc) => qc.selectFrom('invoice').selectAll())
        .selectFrom(named<'invoice'>('main.payroll'))
        .selectAll()
        .execute(),
    'one in the values of a row': (db) =>
      db
        .insertInto('invoice')
        .values((eb) => ({
          ...row,
          tenant_id: eb.val(ours) as never,
          customer: eb.selectFrom('payroll').select('id') as never,
        }))
        .execute(),
  },
  'Raw SQL cannot be scoped': {
    'raw SQL': (db) => sql`select * from payroll`.execute(db),
    'raw SQL around a scoped query': (db) => sql`select * from ${db.selectFrom('invoice').selectAll()}`.execute(db),
    'raw SQL that is only a name': (db) => sql.table('payroll').execute(db),
    'a raw selection': (db) =>
      db
        .selectFrom('invoice')
        .select(sql`(select max(salary) from payroll)`.as('max'))
        .execute(),
    'a raw condition': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where(sql<boolean>`1 = 1`)
        .execute(),
    'a raw condition on a join': (db) =>
      db
        .selectFrom('invoice')
        .innerJoin('note', (join) => join.on(sql<boolean>`1 = 1`))
        .selectAll()
        .execute(),
    'a raw order': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .orderBy(sql`id limit 1; --`)
        .execute(),
    'a raw end': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .modifyEnd(sql`union select * from invoice`)
        .execute(),
    'a raw operator': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where('id', sql`in`, [1])
        .execute(),
    'a raw alias': (db) =>
      db
        .selectFrom(trusted(sql<{ id: number }>`(select 1 as id)`).as<'i'>(sql`i, payroll`))
        .selectAll()
        .execute(),
    'raw SQL within a query within a trusted fragment': (db) =>
      db
        .selectFrom('invoice')
        .select((eb) => trusted(sql`(${eb.selectFrom('note').select(sql`max(salary)`.as('max'))})`).as('max'))
        .execute(),
  },
  'A scoped query reads tables by their names and subqueries': {
    'a raw table': (db) => db.selectFrom(salaries.as('p')).selectAll().execute(),
    'a table in a raw table': (db) =>
      db
        .selectFrom(sql<{ id: number }>`${sql.table('payroll')}`.as('p'))
        .selectAll()
        .execute(),
    'a column where a table is read': (db) =>
      db
        .selectFrom((eb) => eb.ref(named<never>('payroll')).as('p'))
        .selectAll()
        .execute(),
    'a raw name where a table is read': (db) => db.selectFrom(sql.id('payroll').as('p')).selectAll().execute(),
  },
  'is named where it cannot be scoped.': {
    'a table as a trusted fragment’s parameter': (db) =>
      db
        .selectFrom('invoice')
        .select(trusted(sql`(select max(salary) from ${sql.table('payroll')})`).as('max'))
        .execute(),
  },
  'A scoped query calls its tables by plain names.': {
    'an alias of a table that may rename its columns': (db) => {
      const alias = trusted(sql`i (a, b)`).toOperationNode()
      const toOperationNode = () => AliasNode.create(TableNode.create('invoice'), alias)
      return db.selectFrom({ table: 'invoice', alias: 'i', toOperationNode } as never).execute()
    },
  },
  'A scoped query has a list or a subquery after "in"': {
    'a name after in, which SQLite takes for a table': (db) =>
      db.selectFrom('invoice').selectAll().whereRef('id', 'in', named<'id'>('payroll')).execute(),
    'such a name after not in': (db) =>
      db
        .selectFrom('invoice')
        .selectAll()
        .where((eb) => eb('id', 'not in', eb.ref(named<'id'>('payroll'))))
        .execute(),
  },
  'may read tables. If it does not, wrap the call in trusted().': {
    'a function that nobody knows': (db) =>
      db
        .selectFrom('invoice')
        .select((eb) => eb.fn('query_to_xml', [eb.val('select * from payroll')]).as('all'))
        .execute(),
    'a function that is SQL': (db) =>
      db
        .selectFrom('invoice')
        .select((eb) => eb.fn('lower((select 1)) || upper', ['customer']).as('all'))
        .execute(),
    'one within a trusted fragment': (db) =>
      db
        .selectFrom('invoice')
        .select((eb) => trusted(sql`${eb.fn('query_to_xml', [eb.val('select * from payroll')])}`).as('all'))
        .execute(),
    'an aggregate that nobody knows': (db) =>
      db
        .selectFrom('invoice')
        .select((eb) => eb.fn.agg('dblink', ['customer']).as('all'))
        .execute(),
  },
  'Cannot scope a compiled query; pass a query builder.': {
    'a query compiled elsewhere': (db) => db.executeQuery(CompiledQuery.raw('select * from payroll')),
    'a query that another Kysely builds': (db) => db.executeQuery(shop.selectFrom('invoice').selectAll()),
    'a query compiled for another tenant': (db) => {
      const other = scopedTo(shop, { tenantId: theirs, tables: { invoice: 'tenant_id' } })
      return db.executeQuery(other.selectFrom('invoice').selectAll().compile())
    },
    'a copy of a query that it compiled': (db) => {
      const compiled = db.selectFrom('invoice').selectAll().compile()
      return db.executeQuery({ ...compiled, sql: 'select * from payroll', parameters: [] })
    },
    'a query that its executor compiles without scoping it': (db) => {
      const query = shop.selectFrom('payroll').selectAll()
      return db.executeQuery(db.getExecutor().compileQuery(query.toOperationNode(), createQueryId()))
    },
    'streaming a query compiled elsewhere': async (db) =>
      db.getExecutor().stream(CompiledQuery.raw('select * from payroll'), 1).next(),
  },
  'A scoped Kysely keeps its plugins': {
    'losing its plugins': async (db) => db.withoutPlugins(),
    'losing its plugins in a transaction': (db) => db.transaction().execute(async (trx) => trx.withoutPlugins()),
    'losing its plugins in a schema': async (db) => db.withSchema('main').withoutPlugins(),
    'losing its plugins after another': async (db) => db.withPlugin(db.getExecutor().plugins[0]!).withoutPlugins(),
    'a look at the schema': async (db) => db.introspection.getTables(),
  },
  'A scoped Kysely runs no': {
    'a change of the schema': (db) => db.schema.dropTable('invoice').execute(),
    'a table made from a query': (db) =>
      db.schema.createTable('copy').as(db.selectFrom('invoice').selectAll()).execute(),
    merge: (db) => db.mergeInto('invoice').using('note', 'note.id', 'invoice.id').whenMatched().thenDelete().execute(),
  },
  'A row of another tenant cannot be inserted': {
    'a row of another tenant': (db) =>
      db
        .insertInto('invoice')
        .values({ ...row, tenant_id: theirs })
        .execute(),
    'a row of another tenant among one’s own': (db) =>
      db
        .insertInto('invoice')
        .values([row, { ...row, id: 81, tenant_id: theirs }])
        .execute(),
    'a row of no tenant': (db) =>
      db
        .insertInto('invoice')
        .values({ ...row, tenant_id: null as never })
        .execute(),
    'a row whose tenant a fragment says': (db) =>
      db
        .insertInto('invoice')
        .values({ ...row, tenant_id: trusted(sql<string>`'tenant-b'`) })
        .execute(),
    'a row of another tenant in other letters': (db) =>
      db
        .insertInto('invoice')
        .values({ ...row, [named<'customer'>('TENANT_ID')]: theirs })
        .execute(),
  },
  'it is filled in.': {
    'a query inserted with its tenant': (db) =>
      db
        .insertInto('note')
        .columns(['id', 'team_id'])
        .expression((eb) => eb.selectFrom('invoice').select(['id', 'customer as team_id']))
        .execute(),
  },
  'A scoped insert names its columns.': {
    'a query inserted into no columns': (db) =>
      db
        .insertInto('note')
        .expression((eb) => eb.selectFrom('note').selectAll())
        .execute(),
  },
  'A scoped insert takes values or a query': {
    'raw SQL inserted': (db) =>
      db
        .insertInto('note')
        .columns(['id'])
        .expression(trusted(sql`select salary from payroll`))
        .execute(),
  },
  'A scoped insert does not replace': {
    'insert or replace': (db) => db.insertInto('invoice').orReplace().values(row).execute(),
    replace: (db) => db.replaceInto('invoice').values(row).execute(),
  },
  'A scoped query has no OnDuplicateKeyNode.': {
    'on duplicate key': (db) => db.insertInto('invoice').values(row).onDuplicateKeyUpdate({ amount: 1 }).execute(),
  },
  'Rows keep their tenant': {
    'moving rows to another tenant': (db) => db.updateTable('invoice').set({ tenant_id: theirs }).execute(),
    'moving rows in other letters': (db) =>
      db
        .updateTable('invoice')
        .set({ [named<'customer'>('Tenant_ID')]: theirs })
        .execute(),
    'moving rows by a reference': (db) => db.updateTable('invoice as i').set('i.tenant_id', theirs).execute(),
    'moving the row that is in the way': (db) =>
      db
        .insertInto('invoice')
        .values({ ...row, id: 1 })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ tenant_id: theirs }))
        .execute(),
  },
  'A scoped update names its columns': {
    'moving rows by a fragment': (db) =>
      db
        .updateTable('invoice')
        .set(trusted(sql<string>`tenant_id`) as never, theirs as never)
        .execute(),
  },
  'A scoped query writes one table.': {
    'writing two tables': (db) =>
      db
        .updateTable(['invoice', 'note'])
        .set({ amount: 1 } as never)
        .execute(),
    'deleting from two tables': (db) => db.deleteFrom(['invoice', 'note']).execute(),
  },
  'is shared: a tenant cannot write it.': {
    'writing a shared table': (db) => db.insertInto('country').values({ code: 'fr', name: 'France' }).execute(),
    'changing a shared table': (db) => db.updateTable('country').set({ name: 'us' }).execute(),
    'deleting from a shared table': (db) => db.deleteFrom('country').execute(),
  },
}

describe.each(Object.entries(refused))('a scoped Kysely answers “%s” to', (message, queries) => {
  test.each(Object.entries(queries))('%s', async (_, query) => {
    const before = [await rowsOf(shop, ours), await rowsOf(shop, theirs)]
    const answer = await Promise.resolve(scoped)
      .then(query)
      .catch((error: unknown) => error)
    expect(answer).toBeInstanceOf(TypeError)
    expect(answer).toHaveProperty('message', expect.stringContaining(message))
    expect([await rowsOf(shop, ours), await rowsOf(shop, theirs)]).toEqual(before)
  })
})
