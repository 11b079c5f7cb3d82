import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** When the bearer of a token signed in to get it. */
export const signInsOfTokens: Migration = {
  name: 'sign-ins of tokens',
  up: (db, dialect) => addColumns(db, dialect, 'access_tokens', { signed_in_at: 'integer?' }),
}
