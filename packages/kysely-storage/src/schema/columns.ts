import type { ColumnType } from 'kysely'

/** JSON goes in as text; a driver may hand it out parsed. */
export type Json = ColumnType<unknown, string, string>

/** SQLite has no boolean and keeps 0 and 1. */
export type Flag = boolean | number
