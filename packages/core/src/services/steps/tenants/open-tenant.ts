import type { NewEvent } from '../../../events.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import { OWNER } from '../../../policy/roles.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { refuseReservedSlug } from './reserved-slugs.js'
import { refuseTakenSlug } from './refuse-taken-slug.js'

type Details = Pick<Tenant, 'name' | 'type' | 'joinPolicy'> & {
  readonly [Field in 'slug' | 'description' | 'settings' | 'organizationId']?: Tenant[Field] | null | undefined
}

/** Writes a new tenant with its owner in it. */
export async function openTenant(
  { context, tx, now }: Pick<GlobalStep, 'context' | 'tx' | 'now'>,
  owner: Pick<User, 'id'>,
  { slug, description, settings, organizationId, ...details }: Details,
): Promise<{ readonly tenant: Tenant; readonly event: NewEvent }> {
  refuseReservedSlug(context, slug)
  const tenant: Tenant = {
    id: context.newId(),
    ...details,
    slug: slug ?? null,
    description: description ?? null,
    plan: context.defaultPlan,
    status: 'active',
    settings: settings ?? context.settings.defaults,
    ownerId: owner.id,
    createdAt: now,
    deletedAt: null,
    organizationId: organizationId ?? null,
  }
  await tx.tenants.insert(tenant).catch(refuseTakenSlug)
  await tx.memberships.insert({
    tenantId: tenant.id,
    userId: owner.id,
    roles: [OWNER],
    active: true,
    overrides: {},
    invitedBy: null,
    lastActiveAt: null,
    metadata: null,
    createdAt: now,
  })
  const event = {
    type: 'tenant.created',
    scope: { tenantId: tenant.id },
    target: { type: 'tenant', id: tenant.id },
    data: { name: tenant.name, slug: tenant.slug },
  } as const
  return { tenant, event }
}
