import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { Overrides } from '../../../model/membership.js'
import { hasBit } from '../../../policy/permissions.js'
import type { TenancyPermission } from '../../../policy/permissions.js'
import type { Policy } from '../../../policy/policy.js'

/** By permission, such as `invoice:approve`: `true` grants, `false` denies, `null` leaves it to the roles again. */
export const OverridesInput = z
  .record(z.string(), z.boolean().nullable())
  .refine((overrides) => Object.keys(overrides).length > 0, 'names nothing to change')

/** The host's permissions that change for a member, by name. */
export type NamedOverrides<Permission extends string> = {
  readonly [Name in Exclude<Permission, TenancyPermission>]?: boolean | null
}

export function hostPermission(policy: Policy, name: string): number {
  const bit = policy.bits.get(name)
  if (bit !== undefined && hasBit(policy.hostMask, bit)) return bit
  const field = `overrides.${name.slice(0, 130)}`
  throw new TenancyError('invalid_input', `${field}: no resource of the host declares this permission`, { field })
}

export function mergeOverrides(overrides: Overrides, changes: Readonly<Record<string, boolean | null>>): Overrides {
  const entries = Object.entries({ ...overrides, ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, boolean] => entry[1] !== null))
}
