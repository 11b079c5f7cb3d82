import type { RoleDefinitions } from '@tenantry/core'

/** What this application protects. */
export const resources = {
  invoice: ['create', 'read', 'update', 'delete', 'approve'],
} as const

/** An approver reads and approves invoices, and changes none. */
export const roles = {
  approver: {
    rank: 25,
    name: 'Approver',
    permissions: ['tenant:read', 'member:read', 'role:read', 'invoice:read', 'invoice:approve'],
  },
} as const satisfies RoleDefinitions
