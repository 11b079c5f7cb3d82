import { StorageError, isStorageError } from '@tenantry/core'
import { constraintOfColumns, unmigratedSchema } from '@tenantry/kysely-storage'
import { tablePrefix } from './dialect.js'

interface SqliteFailure extends Error {
  readonly code: string
}

function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && error.name === 'SqliteError' && 'code' in error && typeof error.code === 'string'
}

/** SQLite tells which key was broken by its columns: `UNIQUE constraint failed: tenancy_users.email_key`. */
function brokenConstraint(message: string) {
  const columns = message.slice(message.indexOf(': ') + 2).split(', ')
  const table = columns[0]?.split('.')[0] ?? ''
  const names = columns.map((column) => column.slice(table.length + 1))
  return table.startsWith(tablePrefix) ? constraintOfColumns(table.slice(tablePrefix.length), names) : undefined
}

function conflict(cause: SqliteFailure): StorageError {
  const constraint = cause.code === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? 'reference' : brokenConstraint(cause.message)
  return new StorageError('conflict', 'The database refused the write.', constraint ? { constraint, cause } : { cause })
}

/** A foreign key of the host's own table refused the write. */
export function ofHostKey(key: string, cause: unknown): StorageError {
  const message = `The foreign key ${key}, which is not of Tenantry, forbids it. See docs/guide/referring-to-our-tables.md.`
  return new StorageError('conflict', message, { cause })
}

/** What better-sqlite3 itself refuses, told by its messages only. */
function connectionError(error: TypeError): Error {
  if (error.message === 'The database connection is not open')
    return new StorageError('unavailable', 'The database connection is closed.', { cause: error })
  if (error.message === 'This database connection is busy executing a query')
    return new StorageError('busy', 'The host is iterating a statement on the database connection.', { cause: error })
  return error
}

/** Any failure of SQLite in the port's words. Another error is a mistake in a program and stays as it is. */
export function toStorageError(error: unknown): unknown {
  if (isStorageError(error)) return error
  if (error instanceof TypeError) return connectionError(error)
  if (!isSqliteFailure(error)) return error
  const { code, message } = error
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID|FOREIGNKEY)$/.test(code)) return conflict(error)
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new StorageError('busy', 'Another connection is writing to the database.', { cause: error })
  if (message.startsWith(`no such table: ${tablePrefix}`)) return unmigratedSchema(error)
  if (code.startsWith('SQLITE_CONSTRAINT')) return conflict(error)
  if (/^SQLITE_(IOERR|FULL|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|INTERRUPT|PROTOCOL|PERM|AUTH)/.test(code))
    return new StorageError('unavailable', `The database cannot be used: ${message}.`, { cause: error })
  return new StorageError('unavailable', 'The database refused a statement of ours. See the cause.', { cause: error })
}
