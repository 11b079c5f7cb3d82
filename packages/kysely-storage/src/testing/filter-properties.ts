import assert from 'node:assert/strict'
import type { RowFilter } from '@tenantry/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { scopedTo } from '../scoped/scoped-to.js'
import { asker, annFixture, here, type ThingAccess, type ThingPermission } from './fixtures/access.js'
import { columnsOf, factsOf, fillThings, things, notified, type Thing, type Things, type Told } from './things.js'

/** A table of things, through Kysely and through the driver alone. */
export interface FilterHost {
  readonly db: Things
  /** The ids of the things below a limit that the filter's plain SQL finds, by the driver itself. */
  plain(filter: RowFilter, below: number): Promise<readonly number[]>
}

/** What one run of a law looks at. */
interface Run {
  readonly access: ThingAccess
  readonly permission: ThingPermission
  readonly rows: readonly Thing[]
  readonly notified: Told
  /** Whether access says yes to a row, all of whose facts are null where a join found none. */
  readonly may: (row: Thing | undefined) => boolean
}

/** Holds for all rows, roles, overrides and choices of columns, on every database. */
export interface FilterProperty {
  readonly name: string
  check(host: FilterHost, numRuns: number): Promise<void>
}

export const filterProperties: readonly FilterProperty[] = [
  property('E06 a filter equals a check over all rows', async ({ db }, run) => {
    const query = db.selectFrom('thing').select('id').where(filterOf(run))
    assert.deepEqual(ids(await query.execute()), allowed(run))
  }),
  property('the negation of a filter finds the others', async ({ db }, run) => {
    const query = db
      .selectFrom('thing')
      .select('id')
      .where((eb) => eb.not(filterOf(run)))
    assert.deepEqual(ids(await query.execute()), ids(run.rows.filter((row) => !run.may(row))))
  }),
  property('a filter is true or false of each row, never unknown', async ({ db }, run) => {
    const answer = sql<boolean | number | null>`${filterOf(run)}`.as('answer')
    const rows = await db.selectFrom('thing').select(['id', answer]).execute()
    const expected = run.rows.map((row) => [row.id, run.may(row)])
    assert.deepEqual(
      new Map(rows.map(({ id, answer }) => [id, answer === 1 ? true : answer === 0 ? false : answer])),
      new Map(expected as [number, boolean][]),
    )
  }),
  property('a filter stands beside other conditions as one', async ({ db }, run) => {
    const filter = filterOf(run)
    const either = db
      .selectFrom('thing')
      .select('id')
      .where('id', '>', 6)
      .where((eb) => eb.or([filter, eb('id', '>', 9)]))
    assert.deepEqual(
      ids(await either.execute()),
      ids(run.rows.filter((row) => row.id > 6 && (run.may(row) || row.id > 9))),
    )
  }),
  property('in plain SQL a filter finds the same rows', async ({ plain }, run) => {
    assert.deepEqual(
      [...(await plain(filterOf(run), 9))].sort(byNumber),
      allowed(run).filter((id) => id < 9),
    )
  }),
  property('in a join a filter speaks of the table that it names', async ({ db }, run) => {
    const query = db
      .selectFrom('thing as child')
      .leftJoin('thing as parent', 'parent.id', 'child.parent_id')
      .select('child.id')
      .where(filterOf(run, 'parent'))
    const parentOf = (child: Thing) => run.rows.find(({ id }) => id === child.parent_id)
    assert.deepEqual(ids(await query.execute()), ids(run.rows.filter((row) => run.may(parentOf(row)))))
  }),
  property('in a scope a filter finds what it finds among the rows of the tenant', async ({ db }, run) => {
    const scoped = scopedTo(db, { tenantId: here, tables: { thing: 'tenant_id' } })
    const mine = run.rows.filter((row) => row.tenant_id === here)
    const query = scoped.selectFrom('thing').select('id').where(filterOf(run))
    assert.deepEqual(ids(await query.execute()), ids(mine.filter(run.may)))
    const joined = scoped
      .selectFrom('thing as child')
      .fullJoin('thing as parent', 'parent.id', 'child.parent_id')
      .select('parent.id')
      .where('parent.id', 'is not', null)
      .where(filterOf(run, 'parent'))
      .distinct()
    assert.deepEqual(ids(await joined.execute()), ids(mine.filter(run.may)))
  }),
  property('a delete by a filter leaves exactly the others', async ({ db }, run) => {
    await db.deleteFrom('thing').where(filterOf(run)).execute()
    const left = await db.selectFrom('thing').select('id').execute()
    assert.deepEqual(ids(left), ids(run.rows.filter((row) => !run.may(row))))
  }),
]

/** What a decision on each row allows, by id. */
export function allowed({ rows, may }: Pick<Run, 'rows' | 'may'>): readonly number[] {
  return ids(rows.filter(may))
}

export function filterOf({ access, permission, notified }: Run, table?: string): RowFilter {
  return access.filter(permission, columnsOf(notified, table))
}

/** Checks a law of one's own about filters with random rows, roles and columns. */
export async function forAnyFilter(numRuns: number, host: Pick<FilterHost, 'db'>, holds: (run: Run) => Promise<void>) {
  const createAccess = await annFixture()
  const permission = fc.constantFrom<ThingPermission>('thing:read', 'thing:update', 'other:read')
  const fixture = fc.record({ asker, permission, rows: things, notified })
  await fc.assert(
    fc.asyncProperty(fixture, async ({ asker, permission, rows, notified }) => {
      const access = await createAccess(asker)
      await fillThings(host.db, rows)
      await holds({ access, permission, rows, notified, may: (row) => access.can(permission, factsOf(notified, row)) })
    }),
    { numRuns },
  )
}

function property(name: string, holds: (host: FilterHost, run: Run) => Promise<void>): FilterProperty {
  return { name, check: (host, numRuns) => forAnyFilter(numRuns, host, (run) => holds(host, run)) }
}

const byNumber = (left: number, right: number) => left - right

export function ids(rows: readonly { readonly id: number | null }[]): readonly number[] {
  return rows.flatMap(({ id }) => id ?? []).sort(byNumber)
}
