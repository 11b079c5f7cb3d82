import { keyName } from '../constraints.js'
import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/** Tokens of people without an account, and devices that ask to be signed in. */
const shapes = {
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
    },
    primary: ['id'],
    unique: [['device_code_hash'], ['user_code_hash']],
    foreign: [{ columns: ['user_id'], table: 'users', references: ['id'] }],
    indexes: [['user_id', 'status'], ['expires_at']],
  },
} as const satisfies Record<string, TableShape>

export const deviceTables: Migration = {
  name: 'devices and external tokens',
  async up(db, dialect) {
    const { text } = dialect.columns
    await db.schema.alterTable('access_tokens').addColumn('client_id', text).execute()
    // Of tokens that are there already nobody knows how they begin.
    const begins = db.schema
      .alterTable('access_tokens')
      .addColumn('prefix', text, (column) => column.notNull().defaultTo(''))
    await begins.execute()
    const device = ['user_id', 'client_id', 'label']
    const index = db.schema.createIndex(keyName('access_tokens', device)).unique().on('access_tokens').columns(device)
    await index.execute()
    await createTables(db, dialect, shapes)
  },
}
