import { describe, expect, test } from 'vitest'
import { checkPermissionLaws, permissionLaws } from './permission-laws.js'

const resources = {
  invoice: ['create', 'read', 'update', 'delete', 'approve'],
  dataset: ['create', 'read'],
} as const
const roles = {
  lead: {
    rank: 35,
    name: 'Lead',
    permissions: ['tenant:read', 'member:*', 'invitation:*', 'invoice:read', 'invoice:approve'],
  },
  clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'member:read', 'invoice:read', 'invoice:create'] },
}

describe('rules as a host declares them', () => {
  for (const { sentence, check } of permissionLaws({ resources, roles })) test(sentence, check)

  test('keep all laws at once', () =>
    checkPermissionLaws({ resources, roles }, { monotone: ['viewer', 'member', 'editor', 'admin', 'owner'] }))
})
