import type { Constraint } from '@tenantry/core'

/** The uniqueness rules of the port, as the columns that a database names when one is broken. */
const uniqueColumns: Readonly<Record<string, Constraint>> = {
  'users(id)': 'user.id',
  'users(email_key)': 'user.email',
  'tenants(id)': 'tenant.id',
  'tenant_slugs(slug)': 'tenant.slug',
  'memberships(tenant_id,user_id)': 'membership',
  'organizations(id)': 'organization.id',
  'organizations(short_name)': 'organization.short_name',
  'organization_members(organization_id,user_id)': 'organization_member',
  'tenant_roles(tenant_id,key)': 'role',
  'invitations(tenant_id,email_key)': 'invitation.pending',
  'invitation_tokens(token_hash)': 'invitation.token',
  'mailed_invitation_tokens(token_hash)': 'invitation.token',
  'join_requests(tenant_id,user_id)': 'join_request.pending',
  'access_tokens(token_hash)': 'access_token.hash',
  'external_tokens(token_hash)': 'external_token.hash',
  'device_authorizations(device_code_hash)': 'device_authorization.code',
  'device_authorizations(user_code_hash)': 'device_authorization.code',
  'tenant_events(tenant_id,seq)': 'event.seq',
  'organization_events(organization_id,seq)': 'event.seq',
  'user_events(user_id,seq)': 'event.seq',
  'resources(tenant_id,type,id)': 'resource',
}

/** What a database calls a primary key, a unique key or a unique index of these columns. */
export function keyName(table: string, columns: readonly string[]): string {
  return `${table}_${columns.join('_')}_key`
}

const byName = new Map(
  Object.entries(uniqueColumns).map(([key, constraint]) => {
    const [table = '', columns = ''] = key.slice(0, -1).split('(')
    return [keyName(table, columns.split(',')), constraint]
  }),
)

/** The rule that a unique key enforces, by the key's columns; `undefined` when it is no rule of the port. */
export function constraintOfColumns(table: string, columns: readonly string[]): Constraint | undefined {
  return uniqueColumns[`${table}(${columns.join(',')})`]
}

/** The rule that a unique key enforces, by the key's name; `undefined` when it is no rule of the port. */
export function constraintOfKey(name: string): Constraint | undefined {
  return byName.get(name)
}
