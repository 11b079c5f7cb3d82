import assert from 'node:assert/strict'
import { fill, ours, oursOnly, rowsOf, theirs, type Rows, type Shop } from './shop.js'
import type { OwnColumns } from './scoped-writes.js'

/** The shop of two tenants, and one in which only `ours` has ever been. */
export interface TwoShops {
  readonly mixed: Shop
  readonly single: Shop
}

const filledIn: OwnColumns = { invoice: {}, note: {} }
const written: OwnColumns = { invoice: { tenant_id: ours }, note: { team_id: ours } }

/** Puts the rows of both tenants into one shop, and those of one into the other. */
export async function fillBoth({ mixed, single }: TwoShops, rows: Rows): Promise<void> {
  await fill(mixed, rows)
  await fill(single, { ours: rows.ours })
}

/** A scoped query answers what the same query answers where there is no other tenant. */
export async function assertSameAnswer(
  { mixed, single }: TwoShops,
  read: (shop: Shop) => Promise<readonly unknown[]>,
): Promise<void> {
  assert.deepEqual(sorted(await read(oursOnly(mixed))), sorted(await read(single)))
}

/** The same query sees something else where it is not scoped: otherwise it would prove nothing. */
export async function assertScopeMatters(
  { mixed, single }: TwoShops,
  read: (shop: Shop) => Promise<readonly unknown[]>,
): Promise<void> {
  assert.notDeepEqual(sorted(await read(mixed)), sorted(await read(single)))
}

/** A scoped write does what it does where there is no other tenant, and nothing to others. */
export async function assertSameEffect(
  { mixed, single }: TwoShops,
  write: (shop: Shop, own: OwnColumns) => Promise<unknown>,
): Promise<void> {
  const before = await rowsOf(mixed, theirs)
  await write(oursOnly(mixed), filledIn)
  await write(single, written)
  assert.deepEqual(await rowsOf(mixed, ours), await rowsOf(single, ours))
  assert.deepEqual(await rowsOf(mixed, theirs), before)
}

/** Rows in no order; those of a query that has one are compared by their limit. */
export function sorted(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}
