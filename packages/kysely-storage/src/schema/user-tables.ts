import type { UserStatus } from '@tenantry/core'
import type { Flag } from './columns.js'

export interface UserTable {
  id: string
  email: string
  email_key: string
  /** In lower case, for keyword search: databases disagree on the case of letters beyond ASCII. */
  email_folded: string
  email_verified_at: number | null
  name: string | null
  name_folded: string | null
  avatar_url: string | null
  language: string | null
  time_zone: string | null
  superuser: Flag
  status: UserStatus
  created_at: number
  password_hash: string | null
  created_by: string | null
  waiting_since: number | null
}

/** What changes of a person while their account stays. A command that locks a user locks this row. */
export interface UserStateTable {
  user_id: string
  current_tenant_id: string | null
  last_login_at: number | null
}
