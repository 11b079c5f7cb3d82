import type { User, UserChanges } from '@tenantry/core'
import type { Selection, Updateable } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { UserTable } from '../schema/user-tables.js'
import type { StorageDialect } from '../database/dialect.js'

export const userColumns = [
  'users.id as u_id',
  'users.email as u_email',
  'users.email_key as u_email_key',
  'users.email_verified_at as u_email_verified_at',
  'users.name as u_name',
  'users.avatar_url as u_avatar_url',
  'users.language as u_language',
  'users.time_zone as u_time_zone',
  'users.superuser as u_superuser',
  'users.status as u_status',
  'users.created_at as u_created_at',
  'users.created_by as u_created_by',
  'users.waiting_since as u_waiting_since',
] as const

/** What a keyword is looked for in. */
export const foldedColumns = ['users.name_folded', 'users.email_folded'] as const

type UserRow = Selection<Tables, 'users', (typeof userColumns)[number]>

export function toUser(row: UserRow): User {
  return {
    id: row.u_id,
    email: row.u_email,
    emailKey: row.u_email_key,
    emailVerifiedAt: row.u_email_verified_at,
    name: row.u_name,
    avatarUrl: row.u_avatar_url,
    language: row.u_language,
    timeZone: row.u_time_zone,
    superuser: Boolean(row.u_superuser),
    status: row.u_status,
    createdAt: row.u_created_at,
    createdBy: row.u_created_by,
    waitingSince: row.u_waiting_since,
  }
}

/** The columns of the given fields; the others are `undefined`. */
export function fromUser(user: UserChanges, dialect: StorageDialect): Updateable<UserTable> {
  return {
    email: user.email,
    email_key: user.emailKey,
    email_folded: user.email?.toLowerCase(),
    email_verified_at: user.emailVerifiedAt,
    name: user.name,
    name_folded: user.name && user.name.toLowerCase(),
    avatar_url: user.avatarUrl,
    language: user.language,
    time_zone: user.timeZone,
    superuser: user.superuser === undefined ? undefined : dialect.boolean(user.superuser),
    status: user.status,
    waiting_since: user.waitingSince,
  }
}
