import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import type { Overrides } from '../../model/membership.js'
import { mayOverride } from '../../policy/authority.js'
import { toSubject } from '../../policy/decide.js'
import { hasBit } from '../../policy/permissions.js'
import type { TenancyPermission } from '../../policy/permissions.js'
import type { Policy } from '../../policy/policy.js'
import { tenantCommand } from '../command.js'
import { loadMember, outOfAuthority } from './load-member.js'
import { permissionTable } from './permission-table.js'

const input = z.strictObject({
  userId: Id,
  /** By permission, such as `invoice:approve`: `true` grants, `false` denies, `null` leaves it to the roles again. */
  overrides: z
    .record(z.string(), z.boolean().nullable())
    .refine((overrides) => Object.keys(overrides).length > 0, 'names nothing to change'),
})

/** The host's permissions that change for a member, by name. */
export interface OverrideChanges<Permission extends string> {
  readonly userId: string
  readonly overrides: { readonly [Name in Exclude<Permission, TenancyPermission>]?: boolean | null }
}

/** Grants or denies single permissions on the host's resources to one member. What is not named stays. */
export const setOverrides = tenantCommand({
  input,
  permission: 'member:override',
  async run({ context, tx, tenant, subject }, { userId, overrides: changes }) {
    const { policy } = context
    const { member, target, ownRoles } = await loadMember(context, tx, { tenantId: tenant.id, userId })
    if (!mayOverride(subject, target)) throw outOfAuthority()
    for (const [permission, value] of Object.entries(changes)) {
      const bit = hostPermission(policy, permission)
      const gives = value === true || (value === null && member.overrides[permission] === false)
      if (gives && !hasBit(subject.effective, bit)) throw outOfAuthority()
    }
    const overrides = merge(member.overrides, changes)
    await tx.memberships.update({ tenantId: tenant.id, userId, set: { overrides } })
    const after = toSubject(policy, { tenant, user: member.user, membership: { ...member, overrides }, ownRoles })
    return {
      result: { overrides, permissions: permissionTable(policy, after) },
      events: [{ type: 'member.overrides_changed', target: { type: 'member', id: userId }, data: { overrides } }],
    }
  },
})

function hostPermission(policy: Policy, name: string): number {
  const bit = policy.bits.get(name)
  if (bit !== undefined && hasBit(policy.hostMask, bit)) return bit
  const field = `overrides.${name.slice(0, 130)}`
  throw new TenancyError('invalid_input', `${field}: no resource of the host declares this permission`, { field })
}

function merge(overrides: Overrides, changes: Readonly<Record<string, boolean | null>>): Overrides {
  const entries = Object.entries({ ...overrides, ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, boolean] => entry[1] !== null))
}
