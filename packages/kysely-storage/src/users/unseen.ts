import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../schema/tables.js'

/** Whether a row's member was added, and has not been in the tenant since. */
export function isUnseen(eb: ExpressionBuilder<Tables, 'memberships'>) {
  return eb.and([eb('memberships.added_email', 'is not', null), eb('memberships.last_active_at', 'is', null)])
}
