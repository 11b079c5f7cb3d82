import type { ActingUser, TenantOfUser } from '@tenantry/core'

/** All workspaces of the caller, in the order in which they were made. */
export async function everyWorkspace(as: ActingUser): Promise<readonly TenantOfUser[]> {
  const all: TenantOfUser[] = []
  let cursor: string | undefined
  do {
    const page = await as.tenants.list({ limit: 100, cursor })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  // The use case has them in the order in which the caller joined.
  return all.sort((one, other) => one.tenant.createdAt - other.tenant.createdAt)
}
