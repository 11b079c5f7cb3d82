import type { TableShape } from '../create-tables.js'
import { eventColumns } from './event-columns.js'

const ofUser = { columns: ['user_id'], table: 'users', references: ['id'] } as const

/** Accounts, how people sign in, and what they want to be notified of. */
export const people = {
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
      created_at: 'integer',
      password_hash: 'text?',
      // Without a foreign key: the account of the maker may be gone.
      created_by: 'text?',
      waiting_since: 'integer?',
    },
    primary: ['id'],
    unique: [['email_key']],
    indexes: [['created_at', 'id'], ['created_by']],
  },
  // Beside each account, what is locked and written while the account stays as it is: an account is a row of a directory.
  user_states: {
    columns: { user_id: 'text', current_tenant_id: 'text?', last_login_at: 'integer?' },
    primary: ['user_id'],
    foreign: [ofUser],
    clustered: true,
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
      client_id: 'text?',
      prefix: 'text',
      signed_in_at: 'integer?',
    },
    primary: ['user_id', 'id'],
    unique: [['token_hash'], ['user_id', 'client_id', 'label']],
    foreign: [ofUser],
    indexes: [['user_id', 'created_at', 'id']],
  },
  // Tokens of people without an account.
  external_tokens: {
    columns: {
      issuer: 'text',
      email_key: 'text',
      email: 'text',
      id: 'text',
      token_hash: 'text',
      label: 'text',
      client_id: 'text',
      prefix: 'text',
      created_at: 'integer',
      expires_at: 'integer',
      last_used_at: 'integer?',
    },
    primary: ['issuer', 'email_key', 'id'],
    unique: [['token_hash'], ['issuer', 'email_key', 'client_id', 'label']],
    indexes: [['issuer', 'email_key', 'created_at', 'id'], ['expires_at']],
  },
  // Devices that ask to be signed in.
  device_authorizations: {
    columns: {
      id: 'text',
      device_code_hash: 'text',
      user_code_hash: 'text',
      client_id: 'text',
      label: 'text',
      status: 'text',
      user_id: 'text?',
      created_at: 'integer',
      expires_at: 'integer',
      network: 'text?',
    },
    primary: ['id'],
    unique: [['device_code_hash'], ['user_code_hash']],
    foreign: [ofUser],
    indexes: [['user_id', 'status'], ['expires_at']],
  },
  notification_preferences: {
    columns: { user_id: 'text', kind: 'text', channel: 'text' },
    primary: ['user_id', 'kind'],
    foreign: [ofUser],
    clustered: true,
  },
  user_events: {
    columns: { user_id: 'text', ...eventColumns },
    primary: ['user_id', 'seq'],
    foreign: [ofUser],
    indexes: [['user_id', 'type', 'seq']],
  },
} as const satisfies Record<string, TableShape>
