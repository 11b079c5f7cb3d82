import { sql } from 'kysely'
import { trusted } from '../scoped/trusted.js'
import { scopedJoins, type Read } from './scoped-joins.js'

/** Every way to read that a scope must cover. Each would see more without it. */
export const scopedReads: Readonly<Record<string, Read>> = {
  ...scopedJoins,
  'one table': (shop) => shop.selectFrom('invoice').selectAll().execute(),
  'an or at the top': (shop) =>
    shop
      .selectFrom('invoice')
      .selectAll()
      .where('id', '=', 1)
      .where((eb) => eb.or([eb('amount', '>', 0), eb('customer', 'is', null)]))
      .execute(),
  'an or that a fragment smuggles in': (shop) =>
    shop
      .selectFrom('invoice')
      .selectAll()
      .where(trusted(sql<boolean>`amount < 0 or 1 = 1`))
      .execute(),
  'an alias': (shop) => shop.selectFrom('invoice as i').select(['i.id', 'i.customer']).execute(),
  'a dynamic table': (shop) => {
    const { table } = shop.dynamic
    return shop.selectFrom(table<'invoice'>('invoice').as('i')).select('i.amount').execute()
  },
  'a subquery in where': (shop) =>
    shop
      .selectFrom('country')
      .selectAll()
      .where('code', 'not in', (eb) =>
        eb.selectFrom('invoice').select((of) => of.fn.coalesce('customer', of.val('')).as('code')),
      )
      .where((eb) =>
        eb(
          eb.selectFrom('note').select((of) => of.fn.max('note.id').as('id')),
          '<',
          5,
        ),
      )
      .execute(),
  exists: (shop) =>
    shop
      .selectFrom('country')
      .selectAll()
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('invoice').select('id').where('amount', '>', 500))))
      .execute(),
  'a subquery in select': (shop) =>
    shop
      .selectFrom('country')
      .select((eb) =>
        eb
          .selectFrom('invoice')
          .select((of) => of.fn.sum('amount').as('sum'))
          .as('sum'),
      )
      .execute(),
  'a correlated subquery': (shop) =>
    shop
      .selectFrom('invoice as i')
      .select((eb) =>
        eb
          .selectFrom('note as n')
          .whereRef('n.invoice_id', '=', 'i.id')
          .select((of) => of.fn.count('n.id').as('count'))
          .as('notes'),
      )
      .execute(),
  'a subquery in from': (shop) =>
    shop
      .selectFrom((eb) => eb.selectFrom('invoice').selectAll().where('amount', '>', 10).as('large'))
      .selectAll()
      .execute(),
  'a query in a query that was begun with the scoped Kysely, too': (shop) =>
    shop
      .selectFrom('country')
      .selectAll()
      .where('code', '=', 'de')
      .where(({ not, exists }) => not(exists(shop.selectFrom('note').select('id').where('body', '=', 'theirs'))))
      .execute(),
  'a case': (shop) =>
    shop
      .selectFrom('country')
      .select((eb) =>
        eb
          .case()
          .when(eb.exists(eb.selectFrom('note').select('id').where('body', '=', 'theirs')))
          .then(1)
          .else(0)
          .end()
          .as('seen'),
      )
      .execute(),
  groups: (shop) =>
    shop
      .selectFrom('invoice')
      .select((eb) => ['customer', eb.fn.countAll().as('count')])
      .groupBy('customer')
      .having((eb) => eb.fn.countAll(), '>', 0)
      .execute(),
  'a window': (shop) =>
    shop
      .selectFrom('invoice')
      .select((eb) => [
        'id',
        eb.fn
          .agg('rank')
          .over((over) => over.orderBy('amount'))
          .as('rank'),
      ])
      .execute(),
  'an order by a subquery, and a limit': (shop) =>
    shop.selectFrom('invoice').select('customer').orderBy('amount', 'desc').orderBy('customer').limit(1).execute(),
  'a common table expression': (shop) =>
    shop
      .with('large', (qc) => qc.selectFrom('invoice').selectAll().where('amount', '>', 10))
      .selectFrom('large')
      .selectAll()
      .execute(),
  'a recursive one': (shop) =>
    shop
      .withRecursive('tree', (qc) =>
        qc
          .selectFrom('invoice')
          .select(['id', 'amount'])
          .where('parent_id', 'is', null)
          .unionAll((eb) =>
            eb
              .selectFrom('invoice')
              .innerJoin('tree', 'tree.id', 'invoice.parent_id')
              .select(['invoice.id', 'invoice.amount']),
          ),
      )
      .selectFrom('tree')
      .selectAll()
      .execute(),
  'a common table expression with the name of a table': (shop) =>
    shop
      .with('country', (qc) => qc.selectFrom('invoice').select(['customer as name', 'amount']))
      .selectFrom('country')
      .select('country.name')
      .execute(),
  'a union': (shop) =>
    shop
      .selectFrom('invoice')
      .select('customer as text')
      .union((eb) => eb.selectFrom('note').select('body as text'))
      .execute(),
  'an intersection and a difference': (shop) =>
    shop
      .selectFrom('country')
      .select('code as text')
      .except((eb) => eb.selectFrom('note').select('body as text').$narrowType<{ text: string }>())
      .union((eb) => eb.selectFrom('invoice').select('customer as text').$narrowType<{ text: string }>())
      .execute(),
  'a subquery within a trusted fragment': (shop) =>
    shop
      .selectFrom('country')
      .select((eb) =>
        trusted(sql<number>`coalesce(${eb.selectFrom('invoice').select((of) => of.fn.max('amount').as('max'))}, 0)`).as(
          'max',
        ),
      )
      .execute(),
  'a stranger in the same statement': (shop) =>
    shop.selectFrom('invoice').selectAll().where('tenant_id', 'in', ['tenant-a', 'tenant-b']).execute(),
}
