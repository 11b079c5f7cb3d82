import type { TableShape } from '../table-shape.js'

const ofTenant = { columns: ['tenant_id'], table: 'tenants', references: ['id'] } as const
const ofUser = { columns: ['user_id'], table: 'users', references: ['id'] } as const

/** Who is a member of what, as what, and who may become one. */
export const tenancyTables = {
  users: {
    columns: {
      id: 'text',
      email: 'text',
      email_key: 'text',
      email_folded: 'text',
      email_verified_at: 'integer?',
      name: 'text?',
      name_folded: 'text?',
      avatar_url: 'text?',
      language: 'text?',
      time_zone: 'text?',
      superuser: 'boolean',
      status: 'text',
      current_tenant_id: 'text?',
      last_login_at: 'integer?',
      created_at: 'integer',
      password_hash: 'text?',
    },
    primary: ['id'],
    unique: [['email_key']],
    indexes: [['created_at', 'id']],
  },
  tenants: {
    columns: {
      id: 'text',
      name: 'text',
      slug: 'text?',
      plan: 'text',
      status: 'text',
      settings: 'json',
      owner_id: 'text',
      created_at: 'integer',
    },
    primary: ['id'],
    foreign: [
      // The owner is a member, whenever a transaction ends.
      { columns: ['id', 'owner_id'], table: 'memberships', references: ['tenant_id', 'user_id'], deferred: true },
    ],
    indexes: [['created_at', 'id']],
  },
  tenant_slugs: {
    columns: { slug: 'text', tenant_id: 'text' },
    primary: ['slug'],
    unique: [['tenant_id']],
    foreign: [ofTenant],
    clustered: true,
  },
  memberships: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      active: 'boolean',
      overrides: 'json',
      invited_by: 'text?',
      last_active_at: 'integer?',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'user_id'],
    foreign: [ofTenant, ofUser],
    indexes: [
      ['tenant_id', 'created_at', 'user_id'],
      ['user_id', 'created_at', 'tenant_id'],
    ],
    clustered: true,
  },
  membership_roles: {
    columns: { tenant_id: 'text', user_id: 'text', role: 'text', position: 'integer' },
    primary: ['tenant_id', 'user_id', 'role'],
    foreign: [
      { columns: ['tenant_id', 'user_id'], table: 'memberships', references: ['tenant_id', 'user_id'], cascade: true },
    ],
    indexes: [['tenant_id', 'role', 'user_id']],
    clustered: true,
  },
  invitations: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      email: 'text',
      email_key: 'text',
      role: 'text',
      status: 'text',
      inviter_id: 'text',
      language: 'text?',
      created_at: 'integer',
      expires_at: 'integer',
      settled_at: 'integer?',
    },
    primary: ['tenant_id', 'id'],
    uniqueWhere: { columns: ['tenant_id', 'email_key'], column: 'status', is: 'pending' },
    foreign: [ofTenant],
    indexes: [
      ['tenant_id', 'created_at', 'id'],
      ['tenant_id', 'status', 'created_at', 'id'],
      ['tenant_id', 'email_key', 'status', 'settled_at'],
      ['tenant_id', 'inviter_id', 'status'],
    ],
  },
  invitation_tokens: {
    columns: { token_hash: 'text', tenant_id: 'text', invitation_id: 'text' },
    primary: ['token_hash'],
    unique: [['tenant_id', 'invitation_id']],
    foreign: [{ columns: ['tenant_id', 'invitation_id'], table: 'invitations', references: ['tenant_id', 'id'] }],
    clustered: true,
  },
  ownership_transfers: {
    columns: {
      tenant_id: 'text',
      owner_id: 'text',
      phase: 'text',
      code_hash: 'text',
      token_hash: 'text',
      expires_at: 'integer',
    },
    primary: ['tenant_id'],
    foreign: [ofTenant],
  },
  access_tokens: {
    columns: {
      user_id: 'text',
      id: 'text',
      token_hash: 'text',
      label: 'text?',
      created_at: 'integer',
      expires_at: 'integer',
      last_used_at: 'integer?',
    },
    primary: ['user_id', 'id'],
    unique: [['token_hash']],
    foreign: [ofUser],
    indexes: [['user_id', 'created_at', 'id']],
  },
} as const satisfies Record<string, TableShape>
