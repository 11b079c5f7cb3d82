import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { Settings, Slug, TenantName } from '../../model/tenant.js'
import type { Tenant } from '../../model/tenant.js'
import { OWNER } from '../../policy/roles.js'
import { isStorageError } from '../../storage/storage-error.js'
import { requireUserId, unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import { checkTenantsPerUser } from './check-tenants-per-user.js'

const input = z.strictObject({
  name: TenantName,
  slug: Slug.nullish(),
  settings: Settings.optional(),
})

/** Makes a tenant; whoever makes it owns it. */
export const createTenant = directoryCommand({
  input,
  who: 'user',
  async prepare({ actor }) {
    const userId = requireUserId(actor)
    return { locks: { users: [userId] }, scope: { userId }, found: null }
  },
  async run({ context, tx, user, now }, { name, slug = null, settings = {} }) {
    if (!user) throw unauthenticated()
    await checkTenantsPerUser(context, tx, user)
    const tenant: Tenant = {
      id: context.newId(),
      name,
      slug,
      plan: context.defaultPlan,
      status: 'active',
      settings,
      ownerId: user.id,
      createdAt: now,
    }
    await tx.tenants.insert(tenant).catch(refuseTakenSlug)
    await tx.memberships.insert({
      tenantId: tenant.id,
      userId: user.id,
      roles: [OWNER],
      active: true,
      overrides: {},
      invitedBy: null,
      lastActiveAt: null,
      createdAt: now,
    })
    return {
      result: tenant,
      events: [
        {
          type: 'tenant.created',
          scope: { tenantId: tenant.id },
          target: { type: 'tenant', id: tenant.id },
          data: { name, slug },
        },
      ],
    }
  },
})

/** Says in our words that another tenant has the slug. */
export function refuseTakenSlug(error: unknown): never {
  if (!isStorageError(error) || error.constraint !== 'tenant.slug') throw error
  throw new TenancyError('slug_taken', 'Another tenant has this slug', {}, { cause: error })
}
