import { describe, expect, it } from 'vitest'
import { toSubject } from './decide.js'
import { compileCustomRole, resolveRole } from './custom-role.js'
import { hasBit } from './permissions.js'
import { compilePolicy } from './policy.js'

const policy = compilePolicy({ resources: { invoice: ['read', 'approve'] } })
const clerk = { key: 'clerk', name: 'Clerk', rank: 15, permissions: ['invoice:approve'] }
const fixture = (permissions: readonly string[]) => {
  const { mask } = compileCustomRole(policy, { ...clerk, permissions })
  return policy.permissions.filter((_, bit) => hasBit(mask, bit))
}

describe('a role of a tenant’s own', () => {
  it('gives what is declared, and nothing that is the owner’s alone', () => {
    expect(fixture(['invoice:approve', 'gone:read', 'tenant:delete', 'tenant:transfer'])).toEqual(['invoice:approve'])
    expect(fixture(['gone:read', 'invoice:*'])).toEqual([])
    expect(fixture(['role:create'])).toEqual(['role:create'])
  })

  it('ranks below the admins, wherever they are now', () => {
    expect([15, 39, 40, 60].map((rank) => compileCustomRole(policy, { ...clerk, rank }).rank)).toEqual([15, 39, 39, 39])
  })

  it('is never full: a denial counts', () => {
    const membership = { roles: ['clerk'], active: true, overrides: { 'invoice:approve': false } }
    const about = { tenant: { id: 'acme', status: 'active' }, user: { id: 'ann', status: 'active' } } as const
    const subject = toSubject(policy, { ...about, membership, customRoles: [clerk] })
    expect([subject.unrestricted, subject.unrestrictedByRole, subject.effective.some(Boolean)]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('wins over one of the host’s of the same key, but for the owner’s', () => {
    const others = [{ ...clerk, key: 'viewer' }, clerk, { ...clerk, key: 'owner' }]
    const nameOf = (key: string) => resolveRole(policy, others, key)?.name
    expect(['clerk', 'viewer', 'owner', 'member', 'gone'].map(nameOf)).toEqual([
      'Clerk',
      'Clerk',
      'Owner',
      'Member',
      undefined,
    ])
  })
})
