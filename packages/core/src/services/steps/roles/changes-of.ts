import type { RoleTerms } from './role-terms.js'

/** What differs between two states of a role, as it was and as it is; `null` when nothing does. */
export function changesOf(
  before: RoleTerms,
  after: RoleTerms,
): { readonly from: Partial<RoleTerms>; readonly to: Partial<RoleTerms> } | null {
  const name = before.name !== after.name
  const rank = before.rank !== after.rank
  const permissions = before.permissions.join() !== after.permissions.join()
  if (!name && !rank && !permissions) return null
  const differing = (terms: RoleTerms): Partial<RoleTerms> => ({
    ...(name ? { name: terms.name } : {}),
    ...(rank ? { rank: terms.rank } : {}),
    ...(permissions ? { permissions: terms.permissions } : {}),
  })
  return { from: differing(before), to: differing(after) }
}
