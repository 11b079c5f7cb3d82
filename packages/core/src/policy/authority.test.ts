import { describe, expect, it } from 'vitest'
import {
  mayAcceptAs,
  mayAssign,
  mayInviteAs,
  mayManage,
  mayManageInOrganization,
  mayOverride,
  mayRemove,
  mayReviseRole,
  mayWriteRole,
} from './authority.js'
import { decide, toSubject, type Subject } from './decide.js'
import { compilePolicy, type Role } from './policy.js'
import type { TenancyPermission } from './permissions.js'
import { HOST_ROLES } from '../testing/fixtures/tenancy.js'

const policy = compilePolicy({ resources: { invoice: ['read', 'approve'], file: ['read'] }, roles: HOST_ROLES })

// The sentences of the documentation, written down a second time and without masks.
const RANK = { owner: 50, admin: 40, editor: 30, member: 20, assistant: 20, viewer: 10 } as const
type Key = keyof typeof RANK
const ROLES: readonly Key[] = ['owner', 'admin', 'editor', 'member', 'assistant', 'viewer']
const ownerOrAdmin = (actor: Key) => actor === 'owner' || actor === 'admin'
const says = {
  invite: (actor: Key, role: Key) => ownerOrAdmin(actor) && RANK[role] <= RANK[actor] && role !== 'owner',
  remove: (actor: Key, target: Key) => ownerOrAdmin(actor) && RANK[target] <= RANK[actor] && target !== 'owner',
  change: (actor: Key, from: Key, to: Key) =>
    ownerOrAdmin(actor) && RANK[from] < RANK[actor] && RANK[to] < RANK[actor] && from !== 'owner' && to !== 'owner',
  override: (actor: Key, target: Key) => ownerOrAdmin(actor) && target !== 'owner' && target !== 'admin',
}

function holderOf(role: Key): Subject {
  return toSubject(policy, {
    tenant: { id: 'acme', status: 'active' },
    user: { id: role, status: 'active' },
    membership: { roles: [role], active: true, overrides: {} },
    customRoles: [],
  })
}

function roleOf(key: Key): Role {
  const role = policy.roles.get(key)
  if (!role) throw new Error(key)
  return role
}

const holds = (actor: Key, permission: TenancyPermission) => decide(policy, holderOf(actor), permission).allowed
const pairs = ROLES.flatMap((actor) => ROLES.map((other) => [actor, other] as const))
const triples = pairs.flatMap(([actor, from]) => ROLES.map((to) => [actor, from, to] as const))

describe('authority over members follows the documented ranks', () => {
  it('has the documented ranks', () => {
    expect(Object.fromEntries(ROLES.map((key) => [key, roleOf(key).rank]))).toEqual(RANK)
  })

  it.each(pairs)('%s inviting somebody as %s', (actor, role) => {
    const may = holds(actor, 'invitation:create') && mayInviteAs(holderOf(actor), roleOf(role))
    expect(may).toBe(says.invite(actor, role))
  })

  it.each(pairs)('%s removing another %s', (actor, target) => {
    expect(holds(actor, 'member:remove') && mayRemove(holderOf(actor), holderOf(target))).toBe(
      says.remove(actor, target),
    )
  })

  it.each(pairs)('%s changing what another %s is permitted', (actor, target) => {
    const may = holds(actor, 'member:override') && mayOverride(holderOf(actor), holderOf(target))
    expect(may).toBe(says.override(actor, target))
  })

  it.each(triples)('%s making another %s a %s', (actor, from, to) => {
    const subject = holderOf(actor)
    const may = holds(actor, 'member:assign') && mayManage(subject, holderOf(from)) && mayAssign(subject, roleOf(to))
    expect(may).toBe(says.change(actor, from, to))
  })
})

describe('authority with roles of the host’s own', () => {
  const own = compilePolicy({
    resources: { invoice: ['read', 'approve'] },
    roles: {
      lead: { rank: 30, name: 'Lead', permissions: ['member:*', 'invitation:*', 'invoice:read'] },
      approver: { rank: 10, name: 'Approver', permissions: ['invoice:approve'] },
      reader: { rank: 10, name: 'Reader', permissions: ['invoice:read'] },
    },
  })
  const subjectOf = (role: string, overrides: Record<string, boolean> = {}, others: readonly string[] = []) =>
    toSubject(own, {
      tenant: { id: 'acme', status: 'active' },
      user: { id: role, status: 'active' },
      membership: { roles: [role, ...others], active: true, overrides },
      customRoles: [],
    })
  const customRole = (key: string) => own.roles.get(key) as Role

  it('hands out no role that gives more than its giver holds, however low its rank', () => {
    const lead = subjectOf('lead')
    expect([mayInviteAs(lead, customRole('approver')), mayAssign(lead, customRole('approver'))]).toEqual([false, false])
    expect([mayInviteAs(lead, customRole('reader')), mayAssign(lead, customRole('reader'))]).toEqual([true, true])
  })

  it('hands out no role above its giver, however little it gives', () => {
    const lead = subjectOf('lead')
    const above = [30, 31].map((rank) => ({ ...customRole('reader'), rank }))
    expect(above.map((role) => mayInviteAs(lead, role))).toEqual([true, false])
    expect(above.map((role) => mayAssign(lead, role))).toEqual([false, false])
  })

  it('allows removing a member of equal rank, and rejects a higher one', () => {
    const lead = subjectOf('lead')
    expect(['reader', 'lead', 'admin', 'owner'].map((role) => mayRemove(lead, subjectOf(role)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('hands out no role that gives what was taken from its giver', () => {
    const lead = subjectOf('lead', { 'invoice:read': false })
    expect([mayInviteAs(lead, customRole('reader')), mayAssign(lead, customRole('reader'))]).toEqual([false, false])
  })

  it('rejects changing the overrides of a member of equal rank, including oneself', () => {
    expect(mayOverride(subjectOf('lead'), subjectOf('lead'))).toBe(false)
    expect(mayOverride(subjectOf('lead'), subjectOf('reader'))).toBe(true)
  })

  it('has none over anybody for a member whose every role is gone', () => {
    const nobody = subjectOf('no-such-role')
    expect(nobody.rank).toBe(0)
    expect(mayManage(nobody, subjectOf('reader'))).toBe(false)
  })

  it('lets an invitee accept a lower role than offered, never a higher one', () => {
    expect(mayAcceptAs(customRole('lead'), customRole('reader'))).toBe(true)
    expect(mayAcceptAs(customRole('lead'), customRole('lead'))).toBe(true)
    expect(mayAcceptAs(customRole('reader'), customRole('lead'))).toBe(false)
    // Of the same rank, with another permission; and of a higher one, with less.
    expect(mayAcceptAs(customRole('reader'), customRole('approver'))).toBe(false)
    expect(mayAcceptAs({ ...customRole('lead'), rank: 9 }, customRole('reader'))).toBe(false)
    expect(mayAcceptAs(customRole('owner'), customRole('owner'))).toBe(false)
  })

  it('writes roles that rank below their author, and give what the author holds', () => {
    const lead = subjectOf('lead')
    const written = { ...customRole('reader'), key: 'new' }
    expect([29, 30].map((rank) => mayWriteRole(lead, { ...written, rank }))).toEqual([true, false])
    expect(mayWriteRole(lead, { ...customRole('approver'), key: 'new' })).toBe(false)
  })

  it('changes roles from above, one’s own only where an unrestricted role makes it add nothing', () => {
    const reader = customRole('reader')
    expect(mayReviseRole(subjectOf('lead'), reader)).toBe(true)
    expect([29, 30].map((rank) => mayReviseRole(subjectOf('lead'), { ...reader, rank }))).toEqual([true, false])
    expect(mayReviseRole(subjectOf('lead', {}, ['reader']), reader)).toBe(false)
    expect(mayReviseRole(subjectOf('admin', {}, ['reader']), reader)).toBe(true)
  })
})

describe('authority of those who run the organization', () => {
  const facts = (id: string, role: string | null, superuser = false) => ({
    tenant: { id: 'acme', status: 'active' as const },
    user: { id, status: 'active' as const, superuser },
    membership: role === null ? null : { roles: [role], active: true, overrides: {} },
    customRoles: [],
  })
  const running = { active: true, admin: true }
  const shared = toSubject(policy, { ...facts('ada', null), organizationMembership: running })
  const both = toSubject(policy, { ...facts('ada', 'admin'), organizationMembership: running })

  it('is that of an admin, but over a superuser only with a role of their own', () => {
    const [editor, root] = [false, true].map((superuser) => toSubject(policy, facts('ed', 'editor', superuser)))
    if (!editor || !root) throw new Error('two')
    expect([mayRemove, mayManage, mayOverride].map((may) => may(shared, editor))).toEqual([true, true, true])
    expect([mayRemove, mayManage, mayOverride].map((may) => may(shared, root))).toEqual([false, false, false])
    expect([mayRemove, mayManage, mayOverride].map((may) => may(both, root))).toEqual([true, true, true])
  })

  it('reaches a superuser in the organization only for operators', () => {
    const over = (isOperator: boolean, superuser: boolean) => mayManageInOrganization({ isOperator }, { superuser })
    expect([over(true, true), over(true, false), over(false, true), over(false, false)]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })
})
