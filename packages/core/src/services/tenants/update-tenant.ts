import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { JoinPolicy, Settings, Slug, TenantDescription, TenantName } from '../../model/tenant.js'
import type { Tenant } from '../../model/tenant.js'
import { tenantNotFound } from '../authorize.js'
import { tenantCommand } from '../command.js'
import type { TenantScope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { tenantQuery } from '../query.js'
import { checkModels, namesModels } from './model-catalogue.js'
import { refusePersonal } from './refuse-personal.js'
import { refuseReservedSlug } from './reserved-slugs.js'
import { refuseTakenSlug } from './refuse-taken-slug.js'

const input = z
  .strictObject({
    name: TenantName.optional(),
    slug: Slug.nullable().optional(),
    joinPolicy: JoinPolicy.optional(),
    description: TenantDescription.nullable().optional(),
    /** Merged into the settings there are; `null` removes a key. `logoId` takes the id of an uploaded logo. */
    settings: Settings.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'names nothing to change')

/** Changes what is named; the rest stays. A tenant's type never changes, and a personal one stays closed. */
export async function updateTenant(scope: TenantScope, raw: z.input<typeof input>): Promise<Tenant> {
  const changes = parseInput(input, raw)
  if (namesModels(scope.context, changes.settings)) {
    const { userId } = await refuseUpdate(scope, undefined)
    await checkModels(scope.context, userId, changes.settings)
  }
  return update(scope, changes)
}

/** Asked before the host's catalogue, and again by the command. Answers whose models count: with an operator the owner's. */
const refuseUpdate = tenantQuery({
  input: z.undefined(),
  permission: 'tenant:update',
  run: async ({ tenant, membership }) => ({ userId: membership?.userId ?? tenant.ownerId }),
})

const update = tenantCommand({
  input,
  permission: 'tenant:update',
  async run({ context, tx, tenant }, { settings, ...changes }) {
    if (changes.slug !== tenant.slug) refuseReservedSlug(context, changes.slug)
    if ((changes.joinPolicy ?? 'closed') !== 'closed') refusePersonal(tenant)
    if (typeof settings?.['logoId'] === 'string') {
      const logo = await tx.files.find({ tenantId: tenant.id, id: settings['logoId'] })
      if (!logo) throw new TenancyError('invalid_input', 'settings.logoId: no such file', { field: 'settings.logoId' })
    }
    const set = {
      name: changes.name ?? tenant.name,
      slug: changes.slug === undefined ? tenant.slug : changes.slug,
      joinPolicy: changes.joinPolicy ?? tenant.joinPolicy,
      description: changes.description === undefined ? tenant.description : changes.description,
      settings: merge(tenant.settings, settings ?? {}),
    }
    parseInput(z.object({ settings: Settings }), set)
    const changed = await tx.tenants.update({ id: tenant.id, status: tenant.status, set }).catch(refuseTakenSlug)
    if (!changed) throw tenantNotFound()
    const updated: Tenant = { ...tenant, ...set }
    const names = (['name', 'slug', 'joinPolicy', 'description', 'settings'] as const).filter(
      (name) => ({ ...changes, settings })[name] !== undefined,
    )
    return {
      result: updated,
      events: [{ type: 'tenant.updated', target: { type: 'tenant', id: tenant.id }, data: { changed: names } }],
    }
  },
})

function merge(settings: Tenant['settings'], changes: Tenant['settings']): Tenant['settings'] {
  return Object.fromEntries(Object.entries({ ...settings, ...changes }).filter(([, value]) => value !== null))
}
