import { StorageError, isStorageError } from '@tenantry/core'
import { constraintOfKey, unmigratedSchema } from '@tenantry/kysely-storage'

/** An error that the server sent, with its SQLSTATE. */
interface ServerError extends Error {
  readonly code: string
  readonly severity: string
  readonly constraint?: string
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string'
}

/** Whether the connection on which this happened is of no more use. */
export function endsConnection(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof TypeError) return false
  // The server ended it, or forgot what pg believes to be prepared on it.
  return isServerError(error) ? /^(08|57P|25P0[34]|26000|42P05)/.test(error.code) : true
}

/** A failure to get a connection from the pool. */
export function noConnection(cause: unknown): StorageError {
  const isFull = cause instanceof Error && cause.message === 'timeout exceeded when trying to connect'
  const message = isFull
    ? "No connection became free in time. Raise the pool's `max` or its `connectionTimeoutMillis`, or ask for less at once."
    : `The database cannot be reached${reasonOf(cause)}. See the cause; check the address, the credentials and whether the server runs.`
  return new StorageError('unavailable', message, { cause })
}

/** What the server said of the credentials, without them. */
function reasonOf(cause: unknown): string {
  if (!isServerError(cause)) return ''
  if (cause.code === '28P01') return ': it refused the password'
  if (cause.code === '28000') return ': it refused the user'
  return cause.code === '3D000' ? ': it has no database of that name' : ''
}

function conflict(cause: ServerError): StorageError {
  // Citus names the key of a shard, with its number, and often in the message only.
  const [key = ''] = /\w+_p?key/.exec(cause.constraint ?? cause.message) ?? []
  const constraint = cause.code === '23503' ? 'reference' : constraintOfKey(key)
  return new StorageError('conflict', 'The database refused the write.', constraint ? { constraint, cause } : { cause })
}

function fromServer(error: ServerError): Error {
  const { code, message } = error
  const unavailable = (reason: string) => new StorageError('unavailable', reason, { cause: error })
  switch (code) {
    case '23505':
    case '23503':
      return conflict(error)
    case '40001':
    case '40P01':
    case '55P03':
      return new StorageError('busy', 'Another transaction was in the way.', { cause: error })
    case '42P01':
    case '3F000':
      return unmigratedSchema(error)
    case '57014':
    case '25P03':
    case '25P04':
      return unavailable('The database ended a statement or a transaction that took longer than `statementTimeout`.')
    case '26000':
    case '42P05':
      return unavailable('A prepared statement got lost. Behind PgBouncer, pass `preparedStatements: false`.')
    case '22021':
      return new TypeError('PostgreSQL keeps no text with the character U+0000.', { cause: error })
  }
  // A constraint that the host has added.
  if (code.startsWith('23')) return conflict(error)
  // Connections, resources, an operator's intervention, the system: trouble of the database, not of the statement.
  if (/^(08|28|53|57|58|XX|25006)/.test(code)) return unavailable(`The database cannot be used: ${message}.`)
  return unavailable('The database refused a statement of ours. See the cause.')
}

/** Any failure of PostgreSQL or of pg in the port's words. Another error is a mistake in a program and stays as it is. */
export function toStorageError(error: unknown): unknown {
  if (isStorageError(error) || !(error instanceof Error)) return error
  if (isServerError(error)) return fromServer(error)
  // What pg and the network report is a plain error; a mistake, such as a TypeError, has a name.
  if (error.name !== 'Error') return error
  if (error.message === 'Query read timeout')
    return new StorageError('unavailable', 'A statement took longer than `statementTimeout`.', { cause: error })
  return new StorageError('unavailable', 'The connection to the database was lost.', { cause: error })
}
