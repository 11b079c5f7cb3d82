import { unauthenticated, userIdOf } from '../actor.js'
import { checkTenantsPerUser } from '../tenants/check-tenants-per-user.js'
import { NewTenant } from '../tenants/create-tenant.js'
import { openTenant } from '../tenants/open-tenant.js'
import { organizationCommand } from './organization-command.js'

/** Makes a tenant in the organization; whoever makes it owns it. */
export const createOrganizationTenant = organizationCommand({
  input: NewTenant,
  locks: (_, { actor }) => ({ users: [userIdOf(actor) ?? []].flat() }),
  async run(step, details) {
    const { context, tx, user, organizationId } = step
    // The host's own code owns nothing.
    if (!user) throw unauthenticated()
    await checkTenantsPerUser(context, tx, user)
    const { tenant, event } = await openTenant(step, user, { ...details, organizationId })
    return { result: tenant, events: [event] }
  },
})
