import type { Migration } from './migration.js'

/** Finds what one address is invited to, in all tenants. */
export const invitationsByAddress: Migration = {
  name: 'invitations by address',
  up: (db) =>
    db.schema
      .createIndex('tenancy_invitations_email_key_status_created_at_id')
      .on('invitations')
      .columns(['email_key', 'status', 'created_at', 'id'])
      .execute(),
}
