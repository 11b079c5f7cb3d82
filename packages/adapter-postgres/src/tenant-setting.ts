import { everyTenant, type StorageQuery } from '@tenantry/kysely-storage'
import { escapeLiteral } from 'pg'

type Tenant = StorageQuery['tenant']

/** The values of the two settings that policies look at. */
export interface TenantSettings {
  /** The tenant whose rows can be seen and written; none when empty. */
  readonly tenantId: string
  /** `on` while a query of the storage crosses tenants. No policy on a table of the host looks at it. */
  readonly everyTenant: string
}

export function settingsFor(tenant: Tenant): TenantSettings {
  return tenant === everyTenant ? { tenantId: '', everyTenant: 'on' } : { tenantId: tenant ?? '', everyTenant: '' }
}

/** SQL that sets both for the rest of the transaction. */
export function setTenant(tenantId: string, every: string): string {
  return `select set_config('tenancy.tenant_id', ${tenantId}, true), set_config('tenancy.every_tenant', ${every}, true)`
}

/** What a policy compares the tenant with: `null`, which equals nothing, where nobody set it. */
export const tenantId = "nullif(current_setting('tenancy.tenant_id', true), '')"
export const isEveryTenant = "current_setting('tenancy.every_tenant', true) = 'on'"

/** No setting of this name exists. The server's error names it, in any language. */
export const unboundRole = 'tenancy.unbound_role'

/** The value where policies of the table bind the role; an error of the server where they do not. */
function whileBound(value: string, table: string): string {
  return `case when row_security_active(${escapeLiteral(table)}) then ${value} else current_setting('${unboundRole}') end`
}

/**
 * One message that runs the query under its tenant, unless the policies of the table bind nobody any more. Only without parameters may a message hold several statements, so
 * they are written out; like a parameter, a quoted text gets its type from its place. Outside a transaction the message
 * is one.
 */
export function underTenant({ sql, parameters, tenant }: StorageQuery, table: string): string {
  const { tenantId, everyTenant } = settingsFor(tenant)
  const entering = setTenant(written(tenantId), whileBound(written(everyTenant), table))
  // A text without parameters may hold ids. One with parameters is ours and has no other `$`.
  if (parameters.length === 0) return `${entering}; ${sql}`
  const text = sql.replaceAll(/\$(\d+)/g, (_, number: string) => written(parameters[Number(number) - 1]))
  return `${entering}; ${text}`
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Uint8Array) return `decode('${Buffer.from(value).toString('hex')}', 'hex')`
  if (typeof value === 'object') throw new TypeError('A parameter is no object.')
  const text = String(value)
  if (text.includes('\0')) throw new TypeError('PostgreSQL keeps no text with the character U+0000.')
  return escapeLiteral(text)
}
