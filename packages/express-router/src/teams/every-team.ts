import type { ActingUser, TenantOfUser } from '@tenantry/core'

/** All active teams of the caller, in the order in which they joined. */
export async function everyTeam(as: ActingUser): Promise<readonly TenantOfUser[]> {
  const all: TenantOfUser[] = []
  let cursor: string | undefined
  do {
    const page = await as.tenants.list({ limit: 100, cursor })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}
