import fc from 'fast-check'
import { condition, inKysely, smallNumber, type AnyTables, type Condition } from './random-condition.js'
import type { OwnColumns } from './scoped-writes.js'
import type { Shop } from './shop.js'
import type { ExpressionBuilder, Kysely } from 'kysely'

/** A write on invoices. */
export type RandomWrite =
  | { readonly kind: 'update'; readonly amount: number; readonly where: Condition }
  | { readonly kind: 'update from notes'; readonly amount: number; readonly where: Condition }
  | { readonly kind: 'delete'; readonly where: Condition }
  | { readonly kind: 'insert'; readonly ids: readonly number[]; readonly amount: number }
  | { readonly kind: 'upsert'; readonly ids: readonly number[]; readonly amount: number; readonly unless: number }
  | { readonly kind: 'insert from notes'; readonly where: Condition }

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 })

export const randomWrite: fc.Arbitrary<RandomWrite> = fc.oneof(
  fc.record({ kind: fc.constantFrom('update' as const), amount: smallNumber, where: condition('invoice') }),
  fc.record({ kind: fc.constant('update from notes' as const), amount: smallNumber, where: condition('note') }),
  fc.record({ kind: fc.constant('delete' as const), where: condition('invoice') }),
  fc.record({ kind: fc.constant('insert' as const), ids, amount: smallNumber }),
  fc.record({ kind: fc.constant('upsert' as const), ids, amount: smallNumber, unless: smallNumber }),
  fc.record({ kind: fc.constant('insert from notes' as const), where: condition('note') }),
)

/** Does it. Rows that are in the way of an insert stay as they are. */
export async function write(shop: Shop, { invoice: own }: OwnColumns, one: RandomWrite): Promise<void> {
  // Conditions are written for tables whose names are made up while the test runs.
  const holds = (name: string, where: Condition) => (eb: unknown) =>
    inKysely(eb as ExpressionBuilder<AnyTables, string>, name, where)
  const db = shop as unknown as Kysely<AnyTables>
  switch (one.kind) {
    case 'update':
      await db.updateTable('invoice').set({ amount: one.amount }).where(holds('invoice', one.where)).execute()
      return
    case 'update from notes':
      await shop
        .updateTable('invoice')
        .from('note')
        .set({ amount: one.amount })
        .whereRef('note.invoice_id', '=', 'invoice.id')
        .where(holds('note', one.where))
        .execute()
      return
    case 'delete':
      await db.deleteFrom('invoice').where(holds('invoice', one.where)).execute()
      return
    case 'insert':
      await shop
        .insertInto('invoice')
        .values(newRows())
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return
    case 'upsert':
      await shop
        .insertInto('invoice')
        .values(newRows())
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'id'])
            .doUpdateSet((eb) => ({ amount: eb.ref('excluded.amount'), customer: 'met' }))
            .where('invoice.amount', '<>', one.unless),
        )
        .execute()
      return
    case 'insert from notes':
      await shop
        .insertInto('invoice')
        .columns(own.tenant_id === undefined ? ['id', 'amount'] : ['id', 'amount', 'tenant_id'])
        .expression((eb) => {
          const query = eb
            .selectFrom('note')
            .select((of) => [of('note.id', '+', 1).as('id'), of.lit(3).as('amount')])
            .where(holds('note', one.where))
          return own.tenant_id === undefined ? query : query.select(eb.val(own.tenant_id).as('tenant_id'))
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  }

  function newRows() {
    const { ids, amount } = one as Extract<RandomWrite, { ids: unknown }>
    return ids.map((id) => ({ ...own, id, amount, customer: null, parent_id: null }))
  }
}
