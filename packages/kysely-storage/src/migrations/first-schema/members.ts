import type { TableShape } from '../create-tables.js'

const ofTenant = { columns: ['tenant_id'], table: 'tenants', references: ['id'] } as const
const ofUser = { columns: ['user_id'], table: 'users', references: ['id'] } as const
const ofMembership = {
  columns: ['tenant_id', 'user_id'],
  table: 'memberships',
  references: ['tenant_id', 'user_id'],
  cascade: true,
} as const

const tokensOfInvitations = {
  columns: { token_hash: 'text', tenant_id: 'text', invitation_id: 'text' },
  primary: ['token_hash'],
  unique: [['tenant_id', 'invitation_id']],
  foreign: [{ columns: ['tenant_id', 'invitation_id'], table: 'invitations', references: ['tenant_id', 'id'] }],
  clustered: true,
} as const satisfies TableShape

/** Who is a member of what, as what; who was, and who may become one. */
export const members = {
  memberships: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      roles: 'json',
      active: 'boolean',
      overrides: 'json',
      invited_by: 'text?',
      last_active_at: 'integer?',
      created_at: 'integer',
      metadata: 'json?',
      added_email: 'text?',
      added_name: 'text?',
      added_folded: 'text?',
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
    columns: { tenant_id: 'text', user_id: 'text', role: 'text' },
    primary: ['tenant_id', 'user_id', 'role'],
    foreign: [ofMembership],
    indexes: [['tenant_id', 'role', 'user_id']],
    clustered: true,
  },
  former_members: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      roles: 'json',
      overrides: 'json',
      ending: 'text',
      ended_at: 'integer',
    },
    primary: ['tenant_id', 'user_id'],
    foreign: [ofTenant, ofUser],
    indexes: [['user_id', 'tenant_id']],
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
      resolved_at: 'integer?',
    },
    primary: ['tenant_id', 'id'],
    uniqueWhere: { columns: ['tenant_id', 'email_key'], column: 'status', is: 'pending' },
    foreign: [ofTenant],
    indexes: [
      ['tenant_id', 'created_at', 'id'],
      ['tenant_id', 'status', 'created_at', 'id'],
      ['tenant_id', 'email_key', 'status', 'resolved_at'],
      ['tenant_id', 'inviter_id', 'status'],
      ['email_key', 'status', 'created_at', 'id'],
    ],
  },
  // Tokens that somebody besides the invited has seen, and those that only a mail holds.
  invitation_tokens: tokensOfInvitations,
  emailed_invitation_tokens: tokensOfInvitations,
  join_requests: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      user_id: 'text',
      message: 'text?',
      status: 'text',
      created_at: 'integer',
      resolved_at: 'integer?',
      decided_by: 'text?',
    },
    primary: ['tenant_id', 'id'],
    uniqueWhere: { columns: ['tenant_id', 'user_id'], column: 'status', is: 'pending' },
    foreign: [ofTenant, ofUser],
    indexes: [
      ['tenant_id', 'created_at', 'id'],
      ['tenant_id', 'status', 'created_at', 'id'],
      ['tenant_id', 'user_id', 'status', 'resolved_at'],
      ['user_id', 'status', 'tenant_id'],
    ],
  },
  // A row lies with its tenant, beside the membership and the resource that decide whether it may still be read. The
  // foreign key also tells a planner that each row has its membership, so that it reads in the order of the indexes.
  notifications: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      id: 'text',
      kind: 'text',
      actor_id: 'text?',
      resource_type: 'text?',
      resource_id: 'text?',
      member_id: 'text?',
      at: 'integer',
      read_at: 'integer?',
    },
    primary: ['tenant_id', 'user_id', 'id'],
    foreign: [ofMembership],
    indexes: [
      ['user_id', 'at', 'id'],
      ['user_id', 'read_at', 'at', 'id'],
      ['tenant_id', 'at'],
    ],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>
