import type { FormerMember } from '@tenantry/core'
import type { ColumnType } from 'kysely'

export interface FormerMemberTable {
  tenant_id: string
  user_id: string
  /** JSON. */
  roles: ColumnType<unknown, string, string>
  /** JSON. */
  overrides: ColumnType<unknown, string, string>
  ending: FormerMember['ending']
  ended_at: number
}
