import type { TableShape } from '../create-tables.js'

const ofResource = {
  columns: ['tenant_id', 'resource_type', 'resource_id'],
  table: 'resources',
  references: ['tenant_id', 'type', 'id'],
  cascade: true,
} as const

/** The things in tenants, the words by which they are found, and what is said about them. */
export const resources = {
  // A resource lies where it is seen. While it is shared, its home keeps a row that only holds its id and says where it
  // is (`shared_with_tenant_id`).
  resources: {
    columns: {
      tenant_id: 'text',
      type: 'text',
      id: 'text',
      owner_tenant_id: 'text',
      shared_with_tenant_id: 'text?',
      owner_id: 'text',
      visibility: 'text',
      name: 'text',
      name_folded: 'text',
      attributes: 'json',
      size_bytes: 'integer',
      created_at: 'integer',
      updated_at: 'integer',
      active_at: 'integer',
    },
    primary: ['tenant_id', 'type', 'id'],
    foreign: [
      { columns: ['tenant_id'], table: 'tenants', references: ['id'] },
      { columns: ['owner_id'], table: 'users', references: ['id'] },
    ],
    indexes: [
      ['tenant_id', 'type', 'name_folded', 'id'],
      ['tenant_id', 'type', 'created_at', 'id'],
      ['tenant_id', 'type', 'updated_at', 'id'],
      ['tenant_id', 'type', 'size_bytes', 'id'],
      ['tenant_id', 'type', 'active_at', 'id'],
      ['tenant_id', 'owner_id', 'type', 'id'],
      ['owner_id'],
    ],
  },
  resource_labels: {
    columns: {
      tenant_id: 'text',
      resource_type: 'text',
      resource_id: 'text',
      kind: 'text',
      label: 'text',
      position: 'integer',
    },
    primary: ['tenant_id', 'resource_type', 'resource_id', 'kind', 'label'],
    foreign: [ofResource],
    indexes: [['tenant_id', 'resource_type', 'kind', 'label']],
    clustered: true,
  },
  comments: {
    columns: {
      tenant_id: 'text',
      resource_type: 'text',
      resource_id: 'text',
      id: 'text',
      author_id: 'text',
      text: 'text',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'resource_type', 'resource_id', 'id'],
    foreign: [ofResource, { columns: ['author_id'], table: 'users', references: ['id'] }],
    indexes: [['tenant_id', 'resource_type', 'resource_id', 'created_at', 'id'], ['author_id']],
  },
} as const satisfies Record<string, TableShape>
