import { describe, expect, it } from 'vitest'
import { decide, toSubject } from './decide.js'
import { compilePolicy } from './policy.js'
import { MAX_CUSTOM_RANK_ROLE, FORMER_OWNER, ORGANIZATION_ADMIN, OWNER, RESERVED_KEYS } from './roles.js'

const policy = compilePolicy({
  resources: {
    invoice: ['create', 'read', 'update', 'delete', 'approve'],
    dataset: ['create', 'read', 'use'],
    protocol: ['create', 'read', 'update'],
    note: ['read', 'comment'],
    process: ['read', 'deploy'],
  },
})

const ROLES = ['owner', 'admin', 'editor', 'dataset_operator', 'member', 'developer', 'viewer'] as const

// x: holds it. The columns are the roles above.
// prettier-ignore
const TABLE = `
  tenant:read         x x x x x x x
  tenant:update       x x . . . . .
  tenant:archive      x . . . . . .
  tenant:delete       x . . . . . .
  tenant:transfer     x . . . . . .
  member:read         x x x x x x x
  member:add          x x . . . . .
  member:assign       x x . . . . .
  member:override     x x . . . . .
  member:remove       x x . . . . .
  invitation:create   x x . . . . .
  invitation:read     x x . . . . .
  invitation:revoke   x x . . . . .
  join_request:read   x x . . . . .
  join_request:decide x x . . . . .
  event:read          x x . . . . .
  role:create         x x . . . . .
  role:read           x x x x x x x
  role:update         x x . . . . .
  role:delete         x x . . . . .
  invoice:create      x x x . . . .
  invoice:read        x x x . x x x
  invoice:update      x x x . . . .
  invoice:delete      x x x . . . .
  invoice:approve     x x . . . . .
  dataset:create      x x x x . . .
  dataset:read        x x x x x x x
  dataset:use         x x . x . . .
  protocol:create     x x x . x . .
  protocol:read       x x x . x x x
  protocol:update     x x x . x . .
  note:read           x x x . x x x
  note:comment        x x x . x x x
  process:read        x x x . x x x
  process:deploy      x x . . . x .
`

const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

describe('the built-in roles', () => {
  it.each(rows)('hold %s as the table says', (permission, ...marks) => {
    const holders = ROLES.filter((role) => {
      const about = { tenant: { id: 'acme', status: 'active' }, user: { id: 'ann', status: 'active' } } as const
      const facts = { ...about, customRoles: [] }
      const subject = toSubject(policy, { ...facts, membership: { roles: [role], active: true, overrides: {} } })
      return decide(policy, subject, permission ?? '').allowed
    })
    expect(holders).toEqual(ROLES.filter((_, column) => marks[column] === 'x'))
  })

  it('are asked about every permission in the table', () => {
    expect(rows.map(([permission]) => permission)).toEqual(policy.permissions)
  })

  it('are those that others are named after, and keep the names that APIs give them', () => {
    expect([OWNER, MAX_CUSTOM_RANK_ROLE, FORMER_OWNER, ORGANIZATION_ADMIN]).toEqual([
      'owner',
      'admin',
      'admin',
      'admin',
    ])
    expect([...RESERVED_KEYS]).toEqual(['owner', 'normal', 'read_only', 'invite'])
  })
})
