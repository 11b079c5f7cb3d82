import { describe, expect, it } from 'vitest'
import { decide, toSubject } from './decide.js'
import { compilePolicy } from './policy.js'
import { MAX_CUSTOM_RANK_ROLE, FORMER_OWNER, ORGANIZATION_ADMIN, OWNER } from './roles.js'

const policy = compilePolicy({
  resources: {
    invoice: ['create', 'read', 'update', 'delete', 'approve'],
    note: ['read', 'comment'],
    payslip: { verbs: ['read', 'comment', 'pay'], allowWildcards: false },
  },
})

const ROLES = ['owner', 'admin', 'member', 'viewer'] as const

// x: holds it. The columns are the roles above.
// prettier-ignore
const TABLE = `
  tenant:read         x x x x
  tenant:update       x x . .
  tenant:archive      x . . .
  tenant:delete       x . . .
  tenant:transfer     x . . .
  member:read         x x x x
  member:add          x x . .
  member:assign       x x . .
  member:override     x x . .
  member:remove       x x . .
  invitation:create   x x . .
  invitation:read     x x . .
  invitation:revoke   x x . .
  join_request:read   x x . .
  join_request:decide x x . .
  event:read          x x . .
  role:create         x x . .
  role:read           x x x x
  role:update         x x . .
  role:delete         x x . .
  invoice:create      x x . .
  invoice:read        x x x x
  invoice:update      x x . .
  invoice:delete      x x . .
  invoice:approve     x x . .
  note:read           x x x x
  note:comment        x x x x
  payslip:read        x x . .
  payslip:comment     x x . .
  payslip:pay         x x . .
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

  it('are those that others are named after, and no more', () => {
    expect([...compilePolicy().roles.keys()]).toEqual(ROLES)
    expect([OWNER, MAX_CUSTOM_RANK_ROLE, FORMER_OWNER, ORGANIZATION_ADMIN]).toEqual([
      'owner',
      'admin',
      'admin',
      'admin',
    ])
  })
})
