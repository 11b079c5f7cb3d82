import { describe, expect, it } from 'vitest'
import {
  hasRoom,
  isInvitee,
  isShared,
  isOpen,
  isOwnerOf,
  isPersonal,
  isPublic,
  isRestorable,
  keepsAnAdmin,
  runsOrganization,
} from './invariants.js'

const admin = { active: true, admin: true }
const resting = { active: false, admin: true }
const plain = { active: true, admin: false }

describe('what must hold', () => {
  it('names one owner', () => {
    expect([isOwnerOf({ ownerId: 'ann' }, 'ann'), isOwnerOf({ ownerId: 'ann' }, 'bob')]).toEqual([true, false])
  })

  it('recognizes personal and discoverable tenants', () => {
    expect((['personal', 'group', 'institution'] as const).map((type) => isPersonal({ type }))).toEqual([
      true,
      false,
      false,
    ])
    expect((['closed', 'request', 'open'] as const).map((joinPolicy) => isPublic({ joinPolicy }))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('allows only active admins to manage an organization', () => {
    expect([admin, resting, plain, null, undefined].map(runsOrganization)).toEqual([true, false, false, false, false])
  })

  it('rejects a change that leaves an organization without active admin', () => {
    for (const after of [null, plain, resting]) {
      expect([keepsAnAdmin(1, admin, after), keepsAnAdmin(2, admin, after)]).toEqual([false, true])
      for (const before of [plain, resting]) expect(keepsAnAdmin(1, before, after)).toBe(true)
    }
    expect(keepsAnAdmin(1, admin, admin)).toBe(true)
  })

  it('restores what was deleted, until its time is over', () => {
    expect([109, 110].map((now) => isRestorable({ deletedAt: 100 }, 10, now))).toEqual([true, false])
    expect(isRestorable({ deletedAt: null }, 10, 0)).toBe(false)
  })

  it('has room below a limit, none at it, and always without one', () => {
    expect([hasRoom(2, 1), hasRoom(2, 2), hasRoom(0, 0), hasRoom(undefined, 1_000_000)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('calls shared what is seen elsewhere than at home', () => {
    expect(isShared({ tenantId: 'acme', ownerTenantId: 'acme' })).toBe(false)
    expect(isShared({ tenantId: 'zeta', ownerTenantId: 'acme' })).toBe(true)
  })

  it('holds an invitation open until it is resolved or expires', () => {
    expect([isOpen({ status: 'pending', expiresAt: 10 }, 9), isOpen({ status: 'pending', expiresAt: 10 }, 10)]).toEqual(
      [true, false],
    )
    for (const status of ['accepted', 'declined', 'revoked'] as const)
      expect(isOpen({ status, expiresAt: 10 }, 9)).toBe(false)
  })

  it('knows the invitee by a proven address', () => {
    const invitation = { emailKey: 'ann@example.com' }
    expect(isInvitee(invitation, { emailKey: 'ann@example.com', emailVerifiedAt: 0 })).toBe(true)
    expect(isInvitee(invitation, { emailKey: 'ann@example.com', emailVerifiedAt: null })).toBe(false)
    expect(isInvitee(invitation, { emailKey: 'bob@example.com', emailVerifiedAt: 0 })).toBe(false)
  })
})
