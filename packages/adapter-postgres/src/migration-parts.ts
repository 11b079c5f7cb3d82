import type { MigrationStatement, NewConstraint, NewIndex, Tables } from '@tenantry/kysely-storage'
import { CompiledQuery, sql, type Kysely, type RawBuilder } from 'kysely'
import { escapeLiteral } from 'pg'

/** What a crash left of an index is of no use, and is built again. While somebody still builds it, its table is locked. */
export function indexParts(
  db: Kysely<Tables>,
  { name, table, columns, unique }: NewIndex,
  place: string,
): readonly MigrationStatement[] {
  const common = { table, lock: 'share update exclusive', how: 'alone' } as const
  const invalid = sql`select 1 from pg_index where indexrelid = to_regclass(${place}) and not indisvalid`.compile(db)
  const kind = sql.raw(unique ? 'unique index' : 'index')
  const list = sql.join(columns.map((column) => sql.ref(column)))
  const create = sql`create ${kind} concurrently if not exists ${sql.id(name)} on ${sql.table(table)} (${list})`
  return [
    { ...common, query: CompiledQuery.raw(`drop index concurrently if exists ${place}`), when: invalid, brief: true },
    { ...common, query: create.compile(db) },
  ]
}

/** A rule holds for what is written before it is looked for in what is there, which keeps nobody waiting. */
export function constraintParts(
  db: Kysely<Tables>,
  constraint: NewConstraint,
  place: string,
): readonly MigrationStatement[] {
  const { table } = constraint
  const alter = (change: RawBuilder<unknown>) => sql`alter table ${sql.table(table)} ${change}`.compile(db)
  const facts = `select 1 from pg_constraint where conrelid = to_regclass(${escapeLiteral(place)})`

  function added(name: string, rule: RawBuilder<unknown>, lock: MigrationStatement['lock']): MigrationStatement[] {
    const found = `${facts} and conname = ${escapeLiteral(name)}`
    return [
      {
        query: alter(sql`add constraint ${sql.id(name)} ${rule} not valid`),
        when: CompiledQuery.raw(`select 1 where not exists (${found})`),
        table,
        lock,
        how: 'transaction',
      },
      {
        query: alter(sql`validate constraint ${sql.id(name)}`),
        when: CompiledQuery.raw(`${found} and not convalidated`),
        table,
        lock: 'share update exclusive',
        how: 'alone',
      },
    ]
  }

  if ('check' in constraint) return added(constraint.name, sql`check (${constraint.check})`, 'access exclusive')
  if ('references' in constraint) {
    const { columns, references } = constraint
    const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))
    const rule = sql`foreign key (${list(columns)}) references ${sql.table(references.table)} (${list(references.columns)})`
    return added(constraint.name, rule, 'share row exclusive')
  }
  const column = sql.ref(constraint.notNull)
  const name = `${table}_${constraint.notNull}_check`
  const common = { table, lock: 'access exclusive', how: 'transaction' } as const
  // The check that holds already saves `set not null` from reading the table.
  return [
    ...added(name, sql`check (${column} is not null)`, 'access exclusive'),
    { ...common, query: alter(sql`alter column ${column} set not null`) },
    { ...common, query: alter(sql`drop constraint if exists ${sql.id(name)}`) },
  ]
}
