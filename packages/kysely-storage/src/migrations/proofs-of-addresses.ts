import type { Migration } from './migration.js'
import { addColumns, createTables, type TableShape } from './table-shape.js'

const shapes = {
  mailed_invitation_tokens: {
    columns: { token_hash: 'text', tenant_id: 'text', invitation_id: 'text' },
    primary: ['token_hash'],
    unique: [['tenant_id', 'invitation_id']],
    foreign: [{ columns: ['tenant_id', 'invitation_id'], table: 'invitations', references: ['tenant_id', 'id'] }],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>

/**
 * Tokens that only a mail holds, and accounts that wait for their people. Tokens that are there already were shown to
 * whoever invited, so they stay among the revealed ones; of accounts that are there nobody knows who opened them.
 */
export const proofsOfAddresses: Migration = {
  name: 'proofs of addresses',
  async up(db, dialect) {
    await createTables(db, dialect, shapes)
    await addColumns(db, dialect, 'users', { waiting_since: 'integer?' })
  },
}
