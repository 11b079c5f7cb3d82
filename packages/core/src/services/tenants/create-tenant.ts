import { z } from 'zod'
import { JoinPolicy, Settings, Slug, TenantDescription, TenantName, TenantType } from '../../model/tenant.js'
import { requireUserId, unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import { checkTenantsPerUser } from './check-tenants-per-user.js'
import { openTenant } from './open-tenant.js'

/** What a tenant begins with. */
export const NewTenant = z.strictObject({
  name: TenantName,
  slug: Slug.nullish(),
  /** A personal one is made with its account only, see `personalTenants`. Default `group`. */
  type: TenantType.exclude(['personal']).default('group'),
  /** Default `closed`. */
  joinPolicy: JoinPolicy.default('closed'),
  description: TenantDescription.nullish(),
  settings: Settings.optional(),
})

/** Makes a tenant; whoever makes it owns it. */
export const createTenant = directoryCommand({
  input: NewTenant,
  who: 'user',
  async prepare({ actor }) {
    const userId = requireUserId(actor)
    return { locks: { users: [userId] }, scope: { userId }, found: null }
  },
  async run(step, details) {
    const { context, tx, user } = step
    if (!user) throw unauthenticated()
    await checkTenantsPerUser(context, tx, user)
    const { tenant, event } = await openTenant(step, user, details)
    return { result: tenant, events: [event] }
  },
})
