import type { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { TenantRole } from '../../../model/tenant-role.js'
import { hasBit } from '../../../policy/permissions.js'
import type { Policy } from '../../../policy/policy.js'

/** What a tenant says about a role of its own. */
export const RoleTerms = TenantRole.pick({ name: true, rank: true, permissions: true })
export type RoleTerms = Readonly<z.infer<typeof RoleTerms>>

/** Refuses a rank that is the admins', and permissions that nobody declared or that stay with the owner. */
export function checkTerms(
  policy: Policy,
  { rank, permissions = [] }: { readonly [Name in keyof RoleTerms]?: RoleTerms[Name] | undefined },
): void {
  const { below, within } = policy.customRoles
  if (rank !== undefined && rank >= below) throw unfit('rank', `must be below ${below}`)
  permissions.forEach((permission, at) => {
    const bit = policy.bits.get(permission)
    if (bit === undefined) throw unfit(`permissions.${at}`, 'no resource declares this permission')
    if (!hasBit(within, bit)) throw unfit(`permissions.${at}`, 'this permission is the owner’s alone')
  })
}

/** The permissions once each, in the order of declaration. */
export function inOrder(policy: Policy, permissions: readonly string[]): readonly string[] {
  const named = new Set(permissions)
  return policy.permissions.filter((permission) => named.has(permission))
}

function unfit(field: string, why: string): TenancyError {
  return new TenancyError('invalid_input', `${field}: ${why}`, { field })
}
