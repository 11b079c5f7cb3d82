import type { TableShape } from '../create-tables.js'
import { eventColumns } from './event-columns.js'

const ofOrganization = { columns: ['organization_id'], table: 'organizations', references: ['id'] } as const

/** What stands above tenants. It belongs to none, and is small: a directory of the installation. */
export const organizations = {
  organizations: {
    columns: { id: 'text', short_name: 'text', display_name: 'text', created_at: 'integer' },
    primary: ['id'],
    unique: [['short_name']],
  },
  organization_members: {
    columns: { organization_id: 'text', user_id: 'text', active: 'boolean', admin: 'boolean', created_at: 'integer' },
    primary: ['organization_id', 'user_id'],
    foreign: [ofOrganization, { columns: ['user_id'], table: 'users', references: ['id'] }],
    indexes: [
      ['organization_id', 'created_at', 'user_id'],
      ['user_id', 'organization_id'],
    ],
    clustered: true,
  },
  organization_events: {
    columns: { organization_id: 'text', ...eventColumns },
    primary: ['organization_id', 'seq'],
    foreign: [ofOrganization],
    indexes: [['organization_id', 'type', 'seq']],
  },
} as const satisfies Record<string, TableShape>
