import { z } from 'zod'
import type { Tenant } from '../../model/tenant.js'
import { requireUserId, unauthenticated, userIdOf } from '../actor.js'
import { parseInput } from '../parse-input.js'
import { checkTenantsPerUser } from '../tenants/check-tenants-per-user.js'
import { NewTenant } from '../tenants/create-tenant.js'
import { checkModels, namesModels, withDefaultModels } from '../tenants/model-catalogue.js'
import { openTenant } from '../tenants/open-tenant.js'
import { organizationCommand } from './organization-command.js'
import { organizationQuery } from './organization-query.js'
import type { OrganizationScope } from './organization-standing.js'

/** Makes a tenant in the organization; whoever makes it owns it. */
export async function createOrganizationTenant(
  scope: OrganizationScope,
  raw: z.input<typeof NewTenant>,
): Promise<Tenant> {
  const details = parseInput(NewTenant, raw)
  if (namesModels(scope.context, details.settings)) {
    await refuseOthers(scope, undefined)
    await checkModels(scope.context, requireUserId(scope.actor), details.settings)
  }
  return create(scope, details)
}

/** Asked before the host's catalogue, and again by the command. */
const refuseOthers = organizationQuery({ input: z.undefined(), who: 'admin', run: async () => undefined })

const create = organizationCommand({
  input: NewTenant,
  locks: (_, { actor }) => ({ users: [userIdOf(actor) ?? []].flat() }),
  async run(step, details) {
    const { context, tx, user, organizationId } = step
    // The host's own code owns nothing.
    if (!user) throw unauthenticated()
    await checkTenantsPerUser(context, tx, user)
    const { tenant, event } = await openTenant(step, user, {
      ...details,
      settings: withDefaultModels(context, details.settings),
      organizationId,
    })
    return { result: tenant, events: [event] }
  },
})
