import { compileCustomRole } from '../../../policy/custom-role.js'
import type { CustomRole } from '../../../policy/custom-role.js'
import { hasBit } from '../../../policy/permissions.js'
import type { Policy, Role } from '../../../policy/policy.js'

/** A role as lists show it: with the permissions it gives now, and whether the tenant made it for itself. */
export interface ListedRole {
  readonly key: string
  readonly name: string
  readonly rank: number
  readonly unrestricted: boolean
  readonly permissions: readonly string[]
  readonly custom: boolean
}

export function listedRole(policy: Policy, { key, name, rank, unrestricted, mask }: Role): ListedRole {
  const permissions = policy.permissions.filter((_, bit) => hasBit(mask, bit))
  return { key, name, rank, unrestricted, permissions, custom: false }
}

export function listedCustomRole(policy: Policy, role: CustomRole): ListedRole {
  return { ...listedRole(policy, compileCustomRole(policy, role)), custom: true }
}
