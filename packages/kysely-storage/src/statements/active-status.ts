import type { TenantStatus, UserStatus } from '@tenantry/core'
import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import type { Tables } from '../schema/tables.js'

// A planner that has no statistics yet takes an equality for rare: from `status = 'active'` it would start, and read every
// active tenant, or user, of the installation to find the few that a person has. These two forms of it do not.

const closed = Object.keys({ suspended: true, archived: true, deleted: true } satisfies Record<
  Exclude<TenantStatus, 'active'>,
  true
>) as readonly Exclude<TenantStatus, 'active'>[] // Object.keys forgets which keys there are

const denial = Object.keys({ disabled: true, deleted: true } satisfies Record<
  Exclude<UserStatus, 'active'>,
  true
>) as readonly Exclude<UserStatus, 'active'>[] // the same

/** Whether the tenant of a row is active, where tenants are joined and rows come in an order, up to a limit. */
export function isActiveTenant(eb: ExpressionBuilder<Tables, 'tenants'>) {
  return eb(
    'tenants.status',
    'not in',
    closed.map((status) => sql.lit(status)),
  )
}

/** Whether the user of a row is active, in the same place. */
export function isActiveUser(eb: ExpressionBuilder<Tables, 'users'>) {
  return eb(
    'users.status',
    'not in',
    denial.map((status) => sql.lit(status)),
  )
}

/** The status of the tenant that a row of another table names, where rows are counted: it is looked up for each of them. */
export function statusOfTenant(db: Kysely<Tables>, tenantId: `${keyof Tables}.tenant_id`) {
  return db.selectFrom('tenants').select('tenants.status').where('tenants.id', '=', sql.ref<string>(tenantId))
}

/** The status of the user that a membership names, in the same place. */
export function statusOfMember(db: Kysely<Tables>) {
  return db.selectFrom('users').select('users.status').where('users.id', '=', sql.ref<string>('memberships.user_id'))
}
