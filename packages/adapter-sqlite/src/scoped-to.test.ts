import {
  assertSameAnswer,
  assertSameEffect,
  assertScopeMatters,
  createTables,
  exampleRows,
  fillBoth,
  scopedReads,
  scopedWrites,
  scopingProperties,
  type ShopTables,
  type TwoShops,
} from '@tenantry/kysely-storage/testing'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'

let shops: TwoShops

async function openShop() {
  const shop = new Kysely<ShopTables>({ dialect: new SqliteDialect({ database: new BetterSqlite3(':memory:') }) })
  await createTables(shop)
  return shop
}

beforeAll(async () => {
  shops = { mixed: await openShop(), single: await openShop() }
})

afterAll(async () => {
  await Promise.all(Object.values(shops).map((shop) => shop.destroy()))
})

describe('on SQLite a scope covers', () => {
  beforeEach(() => fillBoth(shops, exampleRows))

  test.each(Object.entries(scopedReads))('%s', async (_, read) => {
    await assertSameAnswer(shops, read)
    await assertScopeMatters(shops, read)
  })

  test.each(Object.entries(scopedWrites))('%s', (_, write) => assertSameEffect(shops, write))
})

describe('on SQLite', () => {
  test.each(scopingProperties)('$name', ({ check }) => check(shops, 200))
})
