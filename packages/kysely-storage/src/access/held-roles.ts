import type { TenantRole } from '@tenantry/core'
import { sql, type ExpressionBuilder } from 'kysely'
import type { StorageDialect } from '../database/dialect.js'
import type { Tables } from '../schema/tables.js'
import { fromJson } from '../statements/json.js'

type CustomRoleRow = readonly [key: string, name: string, rank: number, permissions: unknown, createdAt: number]

/**
 * The custom roles that the row's membership holds. Most tenants have none, so this looks through those of the tenant,
 * not through the roles of the membership.
 */
export function heldRoles(eb: ExpressionBuilder<Tables, 'memberships'>, dialect: StorageDialect, tenantId: string) {
  const row = dialect.jsonRow([
    sql.ref('tenant_roles.key'),
    sql.ref('tenant_roles.name'),
    sql.ref('tenant_roles.rank'),
    sql.ref('tenant_roles.permissions'),
    sql.ref('tenant_roles.created_at'),
  ])
  return eb
    .selectFrom('tenant_roles')
    .where('tenant_roles.tenant_id', '=', tenantId)
    .where(dialect.jsonArrayHas(sql.ref('memberships.roles'), sql.ref('tenant_roles.key')))
    .select(dialect.jsonArray(row, sql.ref('tenant_roles.key')).as('held'))
    .as('held_roles')
}

/** The same as roles, in the order in which the membership has them. */
export function toHeldRoles(tenantId: string, roles: readonly string[], column: unknown): readonly TenantRole[] {
  const held = fromJson<unknown[]>(column)
  if (held.length === 0) return []
  return held
    .map((value): TenantRole => {
      const [key, name, rank, permissions, createdAt] = fromJson<CustomRoleRow>(value)
      return { tenantId, key, name, rank, permissions: fromJson<string[]>(permissions), createdAt }
    })
    .sort((one, other) => roles.indexOf(one.key) - roles.indexOf(other.key))
}
