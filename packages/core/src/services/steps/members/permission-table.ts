import { decide } from '../../../policy/decide.js'
import type { Subject } from '../../../policy/decide.js'
import type { Policy } from '../../../policy/policy.js'

/** Each of the host's resources with its verbs, and whether the subject has them. */
export type PermissionTable = Readonly<Record<string, Readonly<Record<string, boolean>>>>

export function permissionTable(policy: Policy, subject: Subject): PermissionTable {
  const row = (resource: string, verbs: readonly string[]) =>
    Object.fromEntries(verbs.map((verb) => [verb, decide(policy, subject, `${resource}:${verb}`).allowed]))
  return Object.fromEntries(
    Object.entries(policy.resources).map(([resource, verbs]) => [resource, row(resource, verbs)]),
  )
}
