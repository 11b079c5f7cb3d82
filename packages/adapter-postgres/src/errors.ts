import { StorageError, isStorageError } from '@tenantry/core'
import { constraintOfKey, tableNames, unmigratedSchema } from '@tenantry/kysely-storage'
import { missingRight } from './grants.js'
import { unboundRole } from './tenant-setting.js'

/** An error that the server sent, with its SQLSTATE. */
interface ServerError extends Error {
  readonly code: string
  readonly severity: string
  readonly constraint?: string
  readonly table?: string
}

export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string'
}

/** Whether the connection on which this happened is of no more use. */
export function endsConnection(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof TypeError || isStorageError(error)) return false
  // The server ended it, or a plan that is prepared on it no longer fits the tables.
  return isServerError(error) ? /^(08|57P|25P0[34]|0A000)/.test(error.code) : true
}

/** Whether a named statement is not on the server to which it was sent, or is there already. */
export function losesStatements(error: unknown): error is Error {
  return isServerError(error) && (error.code === '26000' || error.code === '42P05')
}

/** Whether pg stopped waiting for an answer, as the `query_timeout` of its pool says. */
export function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

export function tookTooLong(cause?: unknown): StorageError {
  return new StorageError('unavailable', 'A statement took longer than `statementTimeout`.', { cause })
}

/**
 * What a commit that failed means. A node of Citus says in a warning which key its part breaks, and the error that follows
 * says no more than that the node refused.
 */
export function ofRefusedCommit(failure: unknown, warnings: readonly object[]): unknown {
  if (!isStorageError(failure) || !isServerError(failure.cause) || failure.cause.code !== 'XX000') return failure
  const reasons = warnings.map((warning) => Object.assign(new Error('', { cause: failure.cause }), warning))
  const reason = reasons.filter(isServerError).find(({ code }) => code.startsWith('23'))
  return reason ? conflict(reason) : failure
}

/** What a failure in a transaction of the storage means, which has set the timeouts itself. */
export function ofOurTimeout(error: unknown): StorageError | null {
  if (!isServerError(error)) return null
  if (error.code === '57014' && !isRequested(error)) return tookTooLong(error)
  if (error.code !== '25P03') return null
  const message = 'A transaction paused longer than `statementTimeout` between two statements.'
  return new StorageError('unavailable', message, { cause: error })
}

/** In another language than English it is not seen. */
function isRequested({ message }: Error): boolean {
  return message.includes('user request')
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
  const { constraint: name, table } = cause
  // A foreign key of a table of the host that refers to ours. Citus names a shard, with its number.
  if (cause.code === '23503' && name && table && !tableNames.some((ours) => ours === table.replace(/_\d+$/, ''))) {
    const message = `The foreign key "${name}" of the table "${table}", which is not of Tenantry, forbids it. See docs/guide/referring-to-our-tables.md.`
    return new StorageError('conflict', message, { cause })
  }
  // Citus names the key of a shard, with its number, and often in the message only.
  const [key = ''] = /\w+_p?key/.exec(cause.constraint ?? cause.message) ?? []
  const constraint = cause.code === '23503' ? 'reference' : constraintOfKey(key)
  return new StorageError('conflict', 'The database refused the write.', constraint ? { constraint, cause } : { cause })
}

function notBound(cause: ServerError): StorageError {
  return new StorageError(
    'schema',
    'Row-level security does not bind the role of the connection any more: it became a superuser or got BYPASSRLS, or ' +
      'somebody turned row-level security off. The statement was not run. See what tenancy.check() returns.',
    { cause },
  )
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
      // The last of them is a `lock_timeout` that ran out.
      return new StorageError('busy', 'Another transaction was in the way.', { cause: error, waited: code === '55P03' })
    case '42P01':
    case '3F000':
      return unmigratedSchema(error)
    case '42704':
      if (message.includes(unboundRole)) return notBound(error)
      break
    case '42501':
      return unavailable(missingRight(message))
    case '57014':
      return unavailable(
        isRequested(error)
          ? 'Somebody else cancelled a statement, such as an operator.'
          : 'A statement took longer than the `statement_timeout` of its role, database, pool or transaction.',
      )
    case '25P02':
      return unavailable('The transaction has failed, and takes no statement any more. Roll it back.')
    case '25P03':
      return unavailable('A transaction paused longer than its `idle_in_transaction_session_timeout`.')
    case '25P04':
      return unavailable('A transaction took longer than its `transaction_timeout`.')
    case '26000':
    case '42P05':
      // Nothing was run, and the next attempt prepares nothing.
      return new StorageError('busy', 'A prepared statement got lost.', { cause: error })
    case '22P05':
      return unavailable(`The encoding of the database has no place for a text: ${message}. It has to be UTF8.`)
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
  if (isReadTimeout(error))
    return new StorageError('unavailable', 'A statement took longer than the `query_timeout` of the pool.', {
      cause: error,
    })
  return new StorageError('unavailable', 'The connection to the database was lost.', { cause: error })
}
