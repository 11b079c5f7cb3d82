import { SYSTEM } from '@tenantry/core'
import type { TestUsers } from '@tenantry/testkit'
import type { Scenario } from './scenario.js'

/** Ann's session at a host with cookies. */
export const ANNS_SESSION = 'session=ann'

/**
 * The users of a scenario in the roles of the attack cases. Adds Una, whose address is not verified. Olga is the
 * organization admin.
 */
export async function testUsersOf({ tenancy, people, acme, globex }: Scenario): Promise<TestUsers> {
  const { ann: owner, ada: admin, bob: member, vic: viewer, gil: outsider, otto: stranger, olga: above } = people
  const email = 'una@example.com'
  const { id } = await tenancy.as(SYSTEM).users.create({ email })
  const { accessToken: token } = await tenancy.as(SYSTEM).accessTokens.create({ userId: id })
  const unproven = { id, email, token }
  return { owner, admin, member, viewer, outsider, stranger, unproven, above, tenant: acme, otherTenant: globex }
}
