import type { RoleDefinitions } from '@tenantry/core'

/** The resources and permissions of this application. */
export const resources = {
  invoice: ['create', 'read', 'update', 'delete', 'approve'],
} as const

/** An approver can read and approve invoices, but not change them. */
export const roles = {
  approver: {
    rank: 25,
    name: 'Approver',
    permissions: ['tenant:read', 'member:read', 'role:read', 'invoice:read', 'invoice:approve'],
  },
} as const satisfies RoleDefinitions
