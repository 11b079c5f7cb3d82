import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { assertSameAnswer, assertSameEffect, fillBoth, sorted, type TwoShops } from './compare-shops.js'
import { byHand, condition, inKysely, rowsIn, smallNumber, tenantTable, type AnyTables } from './random-condition.js'
import { randomQuery, run } from './random-query.js'
import { randomWrite, write } from './random-write.js'
import { oursOnly, type Rows, type TenantRows } from './shop.js'

/** A law that holds for all rows and all queries of a small language. */
export interface ScopingProperty {
  readonly name: string
  check(shops: TwoShops, numRuns: number): Promise<void>
}

const id = fc.integer({ min: 1, max: 6 })
const word = fc.option(fc.constantFrom('ours', 'theirs', 'de'))

const tenantRows: fc.Arbitrary<TenantRows> = fc.record({
  invoices: fc.uniqueArray(fc.record({ id, parent_id: fc.option(id), amount: smallNumber, customer: word }), {
    selector: (row) => row.id,
    maxLength: 5,
  }),
  notes: fc.uniqueArray(fc.record({ id, invoice_id: fc.option(id), body: word }), {
    selector: (row) => row.id,
    maxLength: 5,
  }),
})

const rows: fc.Arbitrary<Rows> = fc.record({ ours: tenantRows, theirs: tenantRows })

/** Proven on every database, each law on two empty shops. */
export const scopingProperties: readonly ScopingProperty[] = [
  {
    name: 'a scoped query finds what a filter over all rows of the tenant finds',
    check: (shops, numRuns) =>
      checkAll(
        numRuns,
        rows,
        tenantTable.chain((table) => fc.record({ table: fc.constant(table), where: condition(table) })),
        async (fixture, { table, where }) => {
          await fillBoth(shops, fixture)
          // The table is chosen while the test runs.
          const db = oursOnly(shops.mixed) as unknown as Kysely<AnyTables>
          const query = db
            .selectFrom(`${table} as t`)
            .select('t.id')
            .where((eb) => inKysely(eb, 't', where))
          const expected = rowsIn(fixture.ours, table).filter((row) => byHand(fixture.ours, row, where) === true)
          assert.deepEqual(sorted(await query.execute()), sorted(expected.map((row) => ({ id: row['id'] }))))
        },
      ),
  },
  {
    name: 'a scoped query answers what it answers where there is no other tenant',
    check: (shops, numRuns) =>
      checkAll(numRuns, rows, randomQuery, async (fixture, query) => {
        await fillBoth(shops, fixture)
        await assertSameAnswer(shops, (shop) => run(shop, query))
      }),
  },
  {
    name: 'scoped writes do what they do where there is no other tenant, and nothing to others',
    check: (shops, numRuns) =>
      checkAll(numRuns, rows, fc.array(randomWrite, { minLength: 1, maxLength: 4 }), async (fixture, writes) => {
        await fillBoth(shops, fixture)
        for (const one of writes) await assertSameEffect(shops, (shop, own) => write(shop, own, one))
      }),
  },
]

async function checkAll<First, Second>(
  numRuns: number,
  first: fc.Arbitrary<First>,
  second: fc.Arbitrary<Second>,
  holds: (first: First, second: Second) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(first, second, holds), { numRuns })
}
