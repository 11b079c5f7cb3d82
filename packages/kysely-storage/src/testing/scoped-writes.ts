import type { Shop } from './shop.js'

/** The tenant as a column: empty for a scoped shop, which fills it in. */
export interface OwnColumns {
  readonly invoice: { readonly tenant_id?: string }
  readonly note: { readonly team_id?: string }
}

type Write = (shop: Shop, own: OwnColumns) => Promise<unknown>

/** Every way to write that a scope must cover. Each would touch others' rows without it, or needs the tenant filled in. */
export const scopedWrites: Readonly<Record<string, Write>> = {
  'an update': (shop) => shop.updateTable('invoice').set({ amount: 1 }).execute(),
  'an update with an or, under an alias': (shop) =>
    shop
      .updateTable('invoice as i')
      .set({ amount: 1 })
      .where((eb) => eb.or([eb('i.id', '=', 1), eb('i.id', '>', 1)]))
      .execute(),
  'an update from another table': (shop) =>
    shop
      .updateTable('invoice')
      .from('note')
      .whereRef('note.invoice_id', '=', 'invoice.id')
      .set((eb) => ({ customer: eb.ref('note.body') }))
      .where('note.body', '=', 'theirs')
      .execute(),
  'an update from joined tables': (shop) =>
    shop
      .updateTable('invoice')
      .from('note')
      .leftJoin('country', 'country.code', 'note.body')
      .whereRef('note.invoice_id', '=', 'invoice.id')
      .set((eb) => ({ customer: eb.fn.coalesce('country.name', eb.val('nowhere')) }))
      .execute(),
  'an update with a subquery': (shop) =>
    shop
      .updateTable('invoice')
      .set((eb) => ({
        amount: eb.selectFrom('note').select((of) => of.fn.coalesce(of.fn.max('note.id'), of.val(0)).as('id')),
      }))
      .where('id', 'in', (eb) => eb.selectFrom('note').select('note.id'))
      .execute(),
  'a delete': (shop) => shop.deleteFrom('note').execute(),
  'a delete under an alias': (shop) => shop.deleteFrom('note as n').where('n.id', '=', 1).execute(),
  'a delete by a subquery': (shop) =>
    shop
      .deleteFrom('invoice')
      .where('id', 'in', (eb) =>
        eb.selectFrom('note').select('invoice_id').where('body', 'like', 't%').$castTo<{ invoice_id: number }>(),
      )
      .execute(),
  'an insert': (shop, own) =>
    shop
      .insertInto('invoice')
      .values({ ...own.invoice, id: 50, amount: 5, customer: null, parent_id: null })
      .execute(),
  'an insert of many rows, each with other columns': (shop, own) =>
    shop
      .insertInto('note')
      .values([
        { ...own.note, id: 60, body: 'sixty' },
        { ...own.note, id: 61, invoice_id: 1 },
        { team_id: 'tenant-a', id: 62, invoice_id: 1, body: null },
      ])
      .execute(),
  'an insert with values from other rows': (shop, own) =>
    shop
      .insertInto('note')
      .values((eb) => ({
        ...own.note,
        id: eb.selectFrom('invoice').select((of) => of(of.fn.sum<number>('amount'), '+', 1000).as('id')),
        body: 'counted',
      }))
      .execute(),
  'an insert of a query': (shop, own) =>
    shop
      .insertInto('note')
      .columns(own.note.team_id === undefined ? ['id', 'body'] : ['id', 'body', 'team_id'])
      .expression((eb) => {
        const query = eb
          .selectFrom('invoice')
          .select((of) => [of('id', '+', 100).as('id'), 'customer'])
          .groupBy(['id', 'customer'])
        return own.note.team_id === undefined ? query : query.select(eb.val(own.note.team_id).as('team_id'))
      })
      .execute(),
  'an insert of a union': (shop, own) =>
    shop
      .insertInto('note')
      .columns(own.note.team_id === undefined ? ['id', 'body'] : ['id', 'body', 'team_id'])
      .expression((eb) => {
        const large = eb.selectFrom('invoice').select((of) => [of('id', '+', 100).as('id'), 'customer as body'])
        const small = eb.selectFrom('note').select((of) => [of('id', '+', 200).as('id'), 'body'])
        if (own.note.team_id === undefined) return large.union(small)
        const team = eb.val(own.note.team_id).as('team_id')
        return large.select(team).union(small.select(team))
      })
      .execute(),
  'an insert that meets its own row': (shop, own) =>
    shop
      .insertInto('invoice')
      .values({ ...own.invoice, id: 1, amount: 9, customer: 'again', parent_id: null })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'id']).doUpdateSet((eb) => ({ amount: eb.ref('excluded.amount') })),
      )
      .execute(),
  'an insert that does nothing to a row it meets': (shop, own) =>
    shop
      .insertInto('invoice')
      .values({ ...own.invoice, id: 1, amount: 9, customer: 'again', parent_id: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
}
