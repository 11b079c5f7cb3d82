import type { Tables } from '../schema/tables.js'

type Values<Table> = { [Column in keyof Table]: Exclude<Table[Column], null> }

type ColumnsOf<Table, Value> = {
  [Column in keyof Table]: [Values<Table>[Column]] extends [Value] ? Column : never
}[keyof Table]

type EveryColumnOf<Value> = { [Table in keyof Tables]: ColumnsOf<Tables[Table], Value> }[keyof Tables]

type Integer = EveryColumnOf<number>
type Flag = Exclude<EveryColumnOf<boolean | number>, Integer>

const integers = new Set<string>([
  ...Object.keys({
    version: true,
    email_verified_at: true,
    last_login_at: true,
    created_at: true,
    last_active_at: true,
    position: true,
    expires_at: true,
    resolved_at: true,
    deleted_at: true,
    purge_began_at: true,
    last_used_at: true,
    seq: true,
    at: true,
    attempts: true,
    due_at: true,
    marked_up_to: true,
    waiting_since: true,
    died_at: true,
    points: true,
    member_count: true,
    size_bytes: true,
    updated_at: true,
    active_at: true,
    rank: true,
    read_at: true,
    ended_at: true,
    signed_in_at: true,
  } satisfies Record<Integer, true>),
  // What queries call their aggregates.
  'count',
  'members_count',
  'waiting',
  'waitingSince',
  'oldestDueAt',
  // The server's clock.
  'now',
])

const flags = new Set<string>(Object.keys({ superuser: true, active: true, admin: true } satisfies Record<Flag, true>))

/** A row as a host's connection answers it: it may read bigint as text or `bigint`, and a boolean as text. */
export function fromHost<Row>(row: Row): Row {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row as object)) {
    // Joined columns bear the letters of their table.
    const column = name.replace(/^[a-z]{1,2}_/, '')
    if (value !== null && integers.has(column)) read[name] = Number(value)
    else if (typeof value === 'string' && flags.has(column)) read[name] = /^(t|true|1)$/.test(value)
    else read[name] = value
  }
  // The same columns, with the types that `Tables` gives them.
  return read as Row
}
