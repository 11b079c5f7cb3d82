import { isTenancyError, SYSTEM } from '@tenantry/core'
import type { Person, Scenario } from './scenario.js'

/** All data of the two workspaces and organizations, to prove that a rejected request changed none of it. */
export async function snapshot({ tenancy, people, acme, globex, umbrella, omega }: Scenario): Promise<unknown> {
  const look = async (owner: Person, tenantId: string): Promise<unknown> => {
    const inside = tenancy.as({ userId: people[owner].id }).in(tenantId)
    try {
      await inside.get()
    } catch (error) {
      if (isTenancyError(error, 'tenant_not_active')) return error.details
      throw error
    }
    const members = await inside.members.list({ limit: 100 })
    return {
      tenant: (await inside.get()).tenant,
      members: members.items.map(({ userId, roles, active, overrides }) => ({ userId, roles, active, overrides })),
      roles: await inside.roles.list(),
      invitations: (await inside.invitations.list({ limit: 100 })).items,
      events: (await inside.events.list({ limit: 100 })).items,
    }
  }
  const lookAbove = async (organizationId: string): Promise<unknown> => {
    const { members, tenants } = tenancy.as(SYSTEM).organization(organizationId)
    const { items } = await members.list({ limit: 100 })
    return {
      members: items.map(({ userId, active, admin }) => ({ userId, active, admin })),
      tenants: (await tenants.list({ limit: 100 })).items,
    }
  }
  return {
    acme: await look('ann', acme),
    globex: await look('gil', globex),
    umbrella: await lookAbove(umbrella),
    omega: await lookAbove(omega),
  }
}
