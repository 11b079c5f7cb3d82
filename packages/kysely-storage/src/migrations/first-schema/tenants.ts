import type { TableShape } from '../create-tables.js'
import { eventColumns } from './event-columns.js'

const ofTenant = { columns: ['tenant_id'], table: 'tenants', references: ['id'] } as const

/** Tenants, and what each has for itself. */
export const tenants = {
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
      type: 'text',
      join_policy: 'text',
      description: 'text?',
      deleted_at: 'integer?',
      purge_began_at: 'integer?',
      // Without a foreign key: it is set under the organization's lock, and an organization is never removed.
      organization_id: 'text?',
      member_count: 'integer',
    },
    primary: ['id'],
    foreign: [
      // The owner is a member, whenever a transaction ends.
      { columns: ['id', 'owner_id'], table: 'memberships', references: ['tenant_id', 'user_id'], deferred: true },
    ],
    indexes: [
      ['created_at', 'id'],
      ['organization_id', 'created_at', 'id'],
      ['status', 'deleted_at', 'id'],
    ],
  },
  tenant_slugs: {
    columns: { slug: 'text', tenant_id: 'text' },
    primary: ['slug'],
    unique: [['tenant_id']],
    foreign: [ofTenant],
    clustered: true,
  },
  tenant_roles: {
    columns: {
      tenant_id: 'text',
      key: 'text',
      name: 'text',
      rank: 'integer',
      permissions: 'json',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'key'],
    foreign: [ofTenant],
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
  files: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      purpose: 'text',
      content_type: 'text',
      bytes: 'bytes',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'id'],
    foreign: [ofTenant],
    indexes: [['tenant_id', 'purpose']],
  },
  tenant_events: {
    columns: { tenant_id: 'text', ...eventColumns },
    primary: ['tenant_id', 'seq'],
    foreign: [ofTenant],
    indexes: [
      ['tenant_id', 'type', 'seq'],
      ['tenant_id', 'actor_id', 'seq'],
      ['tenant_id', 'target_type', 'target_id', 'seq'],
    ],
  },
} as const satisfies Record<string, TableShape>
