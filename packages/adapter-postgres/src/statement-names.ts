import { createHash } from 'node:crypto'
import { losesStatements } from './errors.js'

/** What the statements of one storage are prepared as, on every connection. */
export interface StatementNames {
  /** `null` where statements are not prepared. */
  of(text: string): string | null
  /**
   * Whether a named statement failed because the server does not know it, or knows it from somebody else: a pooler has
   * changed the connection behind ours. Nothing of it was run then. From the first time on, no statement has a name.
   */
  areLost(error: unknown): boolean
}

/**
 * A statement that has a name is parsed and planned once for each connection. The name is made from the text: every
 * storage on a pool calls one statement the same, and never two.
 */
export function statementNames({ preparedStatements }: { readonly preparedStatements: boolean }): StatementNames {
  const names = new Map<string, string>()
  let isPreparing = preparedStatements

  return {
    of(text) {
      if (!isPreparing) return null
      let name = names.get(text)
      if (name === undefined) {
        name = `tenantry_${createHash('sha256').update(text).digest('base64url')}`
        names.set(text, name)
      }
      return name
    },
    areLost(error) {
      if (!losesStatements(error)) return false
      if (isPreparing) warn(error)
      isPreparing = false
      return true
    },
  }
}

function warn({ message }: Error): void {
  process.emitWarning(
    'A prepared statement got lost, so Tenantry prepares none any more in this process. ' +
      'Behind PgBouncer, set its max_prepared_statements, or pass `preparedStatements: false` to postgresStorage.',
    { type: 'TenantryWarning', code: 'TENANTRY_LOST_STATEMENT', detail: message },
  )
}
