import type { Shop } from './shop.js'

export type Read = (shop: Shop) => Promise<readonly unknown[]>

/** Every way to read several tables at once that both databases know. */
export const scopedJoins: Readonly<Record<string, Read>> = {
  'two tables in from': (shop) =>
    shop
      .selectFrom(['invoice', 'note'])
      .whereRef('note.invoice_id', '=', 'invoice.id')
      .select(['invoice.id', 'note.body'])
      .execute(),
  'an inner join': (shop) =>
    shop.selectFrom('invoice as i').innerJoin('note as n', 'n.invoice_id', 'i.id').selectAll().execute(),
  'a left join': (shop) =>
    shop
      .selectFrom('invoice as i')
      .leftJoin('note as n', 'n.invoice_id', 'i.id')
      .selectAll('n')
      .select('i.id')
      .execute(),
  'a left join to where nothing is': (shop) =>
    shop
      .selectFrom('country')
      .leftJoin('note', (join) => join.on('note.body', '=', 'theirs'))
      .select(['country.code', 'note.id'])
      .execute(),
  'a right join': (shop) =>
    shop
      .selectFrom('invoice as i')
      .rightJoin('note as n', 'n.invoice_id', 'i.id')
      .select(['i.amount', 'n.id'])
      .execute(),
  'a full join': (shop) =>
    shop
      .selectFrom('invoice as i')
      .fullJoin('note as n', 'n.invoice_id', 'i.id')
      .select(['i.amount', 'n.id'])
      .execute(),
  'a full join without aliases': (shop) =>
    shop
      .selectFrom('invoice')
      .fullJoin('note', 'note.invoice_id', 'invoice.id')
      .select(['invoice.amount', 'note.id'])
      .execute(),
  'a cross join': (shop) =>
    shop.selectFrom('invoice as i').crossJoin('note as n').select(['i.id', 'n.id as note']).execute(),
  'a join with itself': (shop) =>
    shop
      .selectFrom('invoice as child')
      .innerJoin('invoice as parent', 'parent.id', 'child.parent_id')
      .select(['child.amount', 'parent.amount as of'])
      .execute(),
}
