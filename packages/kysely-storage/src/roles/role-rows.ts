import type { RoleChanges, TenantRole } from '@tenantry/core'
import type { Selectable, Updateable } from 'kysely'
import type { TenantRoleTable } from '../schema/tenant-tables.js'
import { fromJson } from '../statements/json.js'

export const roleColumns = ['tenant_id', 'key', 'name', 'rank', 'permissions', 'created_at'] as const

export function toRole(row: Selectable<TenantRoleTable>): TenantRole {
  return {
    tenantId: row.tenant_id,
    key: row.key,
    name: row.name,
    rank: row.rank,
    permissions: fromJson<string[]>(row.permissions),
    createdAt: row.created_at,
  }
}

/** The columns of the given fields; the others are `undefined`. */
export function fromRole({ name, rank, permissions }: RoleChanges): Updateable<TenantRoleTable> {
  return { name, rank, permissions: permissions && JSON.stringify(permissions) }
}
