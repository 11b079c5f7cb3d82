import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { JoinPolicy, Slug, TenantDescription, TenantName } from '../../../model/tenant.js'
import type { Settings, Tenant } from '../../../model/tenant.js'
import type { FileReads } from '../../../storage/file-port.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantScope } from '../../pipeline/command.js'
import type { Context } from '../../pipeline/context.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { tenantQuery } from '../../pipeline/query.js'
import { checkSettings, needsCheck } from '../../steps/tenants/check-settings.js'
import { refusePersonal } from '../../steps/tenants/refuse-personal.js'
import { refuseReservedSlug } from '../../steps/tenants/reserved-slugs.js'
import { refuseTakenSlug } from '../../steps/tenants/refuse-taken-slug.js'
import { SettingsInput } from '../../steps/tenants/settings-input.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

const input = z
  .strictObject({
    name: TenantName.optional(),
    slug: Slug.nullable().optional(),
    joinPolicy: JoinPolicy.optional(),
    description: TenantDescription.nullable().optional(),
    /** Merged into the settings there are; `null` is the default. */
    settings: SettingsInput.optional(),
    /** What `versionOf` returned of what the caller has read; else `version_mismatch`. */
    ifVersion,
  })
  .refine(
    ({ ifVersion: _, ...changes }) => Object.values(changes).some((value) => value !== undefined),
    'names nothing to change',
  )

/** Changes what is named; the rest stays. A tenant's type never changes, and a personal one stays closed. */
export async function updateTenant(scope: TenantScope, raw: z.input<typeof input>): Promise<Tenant> {
  const changes = parseInput(input, raw)
  if (needsCheck(scope.context, changes.settings)) {
    const { tenant, userId } = await refuseUpdate(scope, undefined)
    const { named } = scope.context.settings.change(tenant.settings, changes.settings ?? {})
    await checkSettings(scope.context, { settings: named, userId })
  }
  return update(scope, changes)
}

/** Asked before the host's check, and again by the command. Answers whose choice it is: with an operator the owner's. */
const refuseUpdate = tenantQuery({
  input: z.undefined(),
  permission: 'tenant:update',
  run: async ({ tenant, membership }) => ({ tenant, userId: membership?.userId ?? tenant.ownerId }),
})

const update = tenantCommand({
  input,
  permission: 'tenant:update',
  async run({ context, tx, tenant }, { settings, ifVersion: expected, ...changes }) {
    requireVersion(versionOf.tenant(tenant), expected)
    if (changes.slug !== tenant.slug) refuseReservedSlug(context, changes.slug)
    if ((changes.joinPolicy ?? 'closed') !== 'closed') refusePersonal(tenant)
    const changed = context.settings.change(tenant.settings, settings ?? {})
    await refuseUnknownImages(context, tx.files, { tenantId: tenant.id, settings: changed.named })
    const set = {
      name: changes.name ?? tenant.name,
      slug: changes.slug === undefined ? tenant.slug : changes.slug,
      joinPolicy: changes.joinPolicy ?? tenant.joinPolicy,
      description: changes.description === undefined ? tenant.description : changes.description,
      settings: changed.settings,
    }
    const isKept = await tx.tenants.update({ id: tenant.id, status: tenant.status, set }).catch(refuseTakenSlug)
    if (!isKept) throw tenantNotFound()
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

async function refuseUnknownImages(
  { settings: { images } }: Pick<Context, 'settings'>,
  files: Pick<FileReads, 'find'>,
  { tenantId, settings }: { readonly tenantId: string; readonly settings: Settings },
): Promise<void> {
  for (const key of images) {
    const id = settings[key]
    if (typeof id !== 'string') continue
    const image = await files.find({ tenantId, id })
    if (image?.purpose === key) continue
    const field = `settings.${key}`
    throw new TenancyError('invalid_input', `${field}: no such image`, { field })
  }
}
