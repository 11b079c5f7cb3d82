import type { TenantRole } from '@tenantry/core'
import { sql, type ExpressionBuilder } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { StorageDialect } from '../database/dialect.js'
import { fromJson } from '../statements/json.js'

/** A role of a membership; name and what follows are `null` where the tenant has no role of its own with that key. */
type HeldRole = readonly [key: string, name: string | null, rank: number, permissions: unknown, createdAt: number]

/**
 * The roles of the row's membership, each with its definition where it is one of the tenant's own: in the one pass that
 * looks for the roles anyway, because most tenants have none of their own.
 */
export function heldRoles(eb: ExpressionBuilder<Tables, 'memberships'>, dialect: StorageDialect, tenantId: string) {
  const held = dialect.jsonRow([
    sql.ref('membership_roles.role'),
    sql.ref('tenant_roles.name'),
    sql.ref('tenant_roles.rank'),
    sql.ref('tenant_roles.permissions'),
    sql.ref('tenant_roles.created_at'),
  ])
  return eb
    .selectFrom('membership_roles')
    .leftJoin('tenant_roles', (join) =>
      join.on('tenant_roles.tenant_id', '=', tenantId).onRef('tenant_roles.key', '=', 'membership_roles.role'),
    )
    .where('membership_roles.tenant_id', '=', tenantId)
    .whereRef('membership_roles.user_id', '=', 'memberships.user_id')
    .select(dialect.jsonArray(held, sql.ref('membership_roles.position')).as('held'))
    .as('held_roles')
}

export function toHeldRoles(
  tenantId: string,
  column: unknown,
): { readonly roles: string[]; readonly customRoles: TenantRole[] } {
  const held = fromJson<unknown[]>(column).map((row) => fromJson<HeldRole>(row))
  const customRoles = held.flatMap(([key, name, rank, permissions, createdAt]) =>
    name === null ? [] : [{ tenantId, key, name, rank, permissions: fromJson<string[]>(permissions), createdAt }],
  )
  return { roles: held.map(([key]) => key), customRoles }
}
