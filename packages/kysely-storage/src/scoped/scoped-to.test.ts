import BetterSqlite3 from 'better-sqlite3'
import { CamelCasePlugin, Kysely, SqliteDialect, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { exampleRows } from '../testing/example-rows.js'
import { createTables, fill, ours, oursOnly, rowsOf, shopScope, theirs, type Shop } from '../testing/shop.js'
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

const ourIds = [{ id: 1 }, { id: 2 }, { id: 3 }]
const idsOf = (db: Shop) => db.selectFrom('invoice').select('id').orderBy('id').execute()

describe('a scope', () => {
  test.each([undefined, null, '', '  ', 7, ['tenant-a'], {}])('for the tenant %j is refused at once', (tenantId) => {
    // What code without types may pass.
    const wrong = { ...shopScope, tenantId } as typeof shopScope
    expect(() => scopedTo(shop, wrong)).toThrow(new TypeError('scopedTo needs the id of a tenant.'))
  })

  test('says of each table whether it is a tenant’s or shared', () => {
    expect(() => scopedTo(shop, { ...shopScope, shared: ['invoice'] })).toThrow(
      new TypeError('Table "invoice" is either a tenant\'s or shared, not both.'),
    )
  })

  test('says of each table which column names the tenant', () => {
    const without = { ...shopScope, tables: { invoice: '' } } as unknown as typeof shopScope
    expect(() => scopedTo(shop, without)).toThrow(new TypeError('Table "invoice" needs its tenant column.'))
  })

  test('names only tables and columns that there are', () => {
    // @ts-expect-error there is no such table
    scopedTo(shop, { tenantId: ours, tables: { invoices: 'tenant_id' } })
    // @ts-expect-error there is no such column
    scopedTo(shop, { tenantId: ours, tables: { invoice: 'team_id' } })
    // @ts-expect-error there is no such table
    scopedTo(shop, { tenantId: ours, tables: {}, shared: ['countries'] })
  })

  test('is not put upon another scope', () => {
    expect(() => scopedTo(scoped, { ...shopScope, tenantId: theirs })).toThrow('A scoped Kysely keeps its plugins')
  })

  test('leaves the Kysely that it was made from as it was', async () => {
    expect(await idsOf(scoped)).toEqual(ourIds)
    expect(await idsOf(shop)).toHaveLength(6)
    expect(await idsOf(shop.withoutPlugins())).toHaveLength(6)
  })
})

describe('the tenant’s predicate', () => {
  test('stands beside the whole filter, and by the name that the query has for the table', () => {
    const query = scoped
      .selectFrom('invoice as i')
      .leftJoin('note', 'note.invoice_id', 'i.id')
      .select('i.id')
      .where('i.id', '=', 1)
      .where(trusted(sql<boolean>`1 = 1 or 2 = 2`))
    expect(query.compile()).toMatchObject({
      sql:
        'select "i"."id" from "invoice" as "i"' +
        ' left join "note" on "note"."team_id" = ? and ("note"."invoice_id" = "i"."id")' +
        ' where "i"."tenant_id" = ? and ("i"."id" = ? and 1 = 1 or 2 = 2)',
      parameters: [ours, ours, 1],
    })
  })

  test('stands in a subquery where a join makes rows of both sides', () => {
    const query = scoped.selectFrom('invoice').fullJoin('country', 'country.code', 'invoice.customer').selectAll()
    expect(query.compile().sql).toBe(
      'select * from (select * from "invoice" where "invoice"."tenant_id" = ?) as "invoice"' +
        ' full join "country" on "country"."code" = "invoice"."customer"',
    )
  })
})

describe('a scope holds', () => {
  test('in a transaction', async () => {
    await scoped.transaction().execute(async (trx) => {
      await trx.deleteFrom('note').execute()
      expect(await idsOf(trx)).toEqual(ourIds)
    })
    expect((await rowsOf(shop, theirs)).notes).toHaveLength(3)
  })

  test('when it is made within a transaction', async () => {
    await shop.transaction().execute(async (trx) => {
      expect(await idsOf(oursOnly(trx))).toEqual(ourIds)
      expect(() => oursOnly(trx).withoutPlugins()).toThrow(TypeError)
    })
  })

  test('in a transaction with savepoints', async () => {
    const trx = await scoped.startTransaction().execute()
    const saved = await trx.savepoint('before').execute()
    await saved.deleteFrom('invoice').execute()
    expect(await idsOf(saved)).toEqual([])
    const back = await saved.rollbackToSavepoint('before').execute()
    expect(await idsOf(back)).toEqual(ourIds)
    expect(() => back.withoutPlugins()).toThrow(TypeError)
    await back.commit().execute()
  })

  test('not within such a transaction, whose savepoints would lose it', async () => {
    const trx = await shop.startTransaction().execute()
    expect(() => oursOnly(trx)).toThrow(new TypeError('Scope the Kysely first, then call startTransaction().'))
    await trx.rollback().execute()
  })

  test('on a connection', async () => {
    expect(await scoped.connection().execute((db) => idsOf(db))).toEqual(ourIds)
  })

  test('in a query compiled first and run later', async () => {
    const compiled = scoped.selectFrom('invoice').select('id').compile()
    expect((await scoped.executeQuery(compiled)).rows).toEqual(ourIds)
  })

  test('in a stream', async () => {
    const rows = []
    for await (const row of scoped.selectFrom('invoice').select('id').stream()) rows.push(row)
    expect(rows).toEqual(ourIds)
  })

  test('in a query that becomes part of one that is not scoped', async () => {
    const query = shop.selectFrom(scoped.selectFrom('invoice').select('id').as('i')).selectAll()
    expect(await query.execute()).toEqual(ourIds)
  })

  test('with plugins, for names as the host’s code has them', async () => {
    type Camel = {
      readonly invoice: { readonly tenantId: string; readonly id: number; readonly parentId: number | null }
      readonly ourNote: { readonly teamId: string; readonly id: number; readonly invoiceId: number | null }
    }
    await shop.schema.alterTable('note').renameTo('our_note').execute()
    const camel = scopedTo(shop.withTables<Camel>().withPlugin(new CamelCasePlugin()) as unknown as Kysely<Camel>, {
      tenantId: ours,
      tables: { invoice: 'tenantId', ourNote: 'teamId' },
    })
    const query = camel
      .selectFrom('invoice')
      .select('parentId')
      .where(
        'id',
        'in',
        camel
          .selectFrom('ourNote')
          .select('invoiceId')
          .where(trusted(sql<boolean>`true`)),
      )
    expect(await query.execute()).toEqual([{ parentId: null }])
  })

  test('in the schema that the Kysely was given', async () => {
    const inMain = oursOnly(shop.withSchema('main'))
    const query = inMain
      .selectFrom('invoice')
      .fullJoin('note', 'note.invoice_id', 'invoice.id')
      .select('invoice.id')
      .where('invoice.id', 'in', inMain.selectFrom('invoice').select('id'))
      .where('invoice.id', '>', 1)
      .orderBy('invoice.id')
    expect(await query.execute()).toEqual([{ id: 2 }, { id: 3 }])
    await inMain
      .insertInto('invoice')
      .values({ id: 1, amount: 8, parent_id: null, customer: null })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ amount: 8 }))
      .execute()
    expect((await rowsOf(shop, ours)).invoices[0]).toMatchObject({ amount: 8 })
    expect((await rowsOf(shop, theirs)).invoices[0]).toMatchObject({ amount: 5000 })
  })

  test('for a view that is registered by its tenant column', async () => {
    await shop.schema
      .createView('large')
      .as(shop.selectFrom('invoice').selectAll().where('amount', '>', sql.lit(100)))
      .execute()
    const withView = shop.withTables<{ large: { tenant_id: string; id: number } }>()
    const view = scopedTo(withView, { tenantId: ours, tables: { large: 'tenant_id' } })
    expect(await view.selectFrom('large').select('id').execute()).toEqual([{ id: 2 }])
  })
})

describe('an insert', () => {
  test('without any column gets the tenant', async () => {
    await scoped.insertInto('invoice').defaultValues().execute()
    expect((await rowsOf(shop, ours)).invoices.at(-1)).toMatchObject({ id: 77, tenant_id: ours })
  })

  test('that meets a row of another tenant changes nothing', async () => {
    await shop.schema.createIndex('one_id').on('invoice').columns(['id', 'amount']).unique().execute()
    const before = await rowsOf(shop, theirs)
    const met = await scoped
      .insertInto('invoice')
      .values({ id: 9, amount: 800, parent_id: null, customer: 'ours' })
      .onConflict((conflict) => conflict.columns(['id', 'amount']).doUpdateSet({ customer: 'ours' }))
      .returningAll()
      .execute()
    expect(met).toEqual([])
    expect(await rowsOf(shop, theirs)).toEqual(before)
  })
})

describe('trusted()', () => {
  test('takes fragments and calls of functions, and whatever is scoped within them', async () => {
    const query = scoped
      .selectFrom('invoice')
      .select((eb) => [
        trusted(sql<number>`${sql.ref('amount')} * ${sql.lit(2)}`).as('twice'),
        trusted(eb.fn<string>('printf', [eb.val('%03d'), 'id'])).as('padded'),
        trusted(jsonArrayFrom(eb.selectFrom('note').select('note.body').whereRef('invoice_id', '=', 'invoice.id'))).as(
          'notes',
        ),
      ])
      .where('id', '=', 1)
    expect(await query.execute()).toEqual([{ twice: 40, padded: '001', notes: '[{"body":"ours"}]' }])
  })

  test('takes nothing else', () => {
    const query = shop.selectFrom('payroll').selectAll()
    expect(() => trusted(query)).toThrow(new TypeError('trusted() takes a fragment of sql`…` or a call of a function.'))
  })
})
