import { z } from 'zod'
import { Id } from '../../../model/id.js'
import type { Tenant } from '../../../model/tenant.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { globalQuery } from '../../pipeline/query.js'
import { checkSettings, needsCheck } from '../../steps/tenants/check-settings.js'
import { checkTenantsPerUser } from '../../steps/tenants/check-tenants-per-user.js'
import { newSettings } from '../../steps/tenants/settings-input.js'
import { openTenant } from '../../steps/tenants/open-tenant.js'
import { NewTenant, ownerOf, ownerOrSelf } from '../../steps/tenants/new-tenant.js'

/** Creates a tenant, owned by the caller unless an operator names another owner. */
export async function createTenant(scope: Scope, raw: z.input<typeof NewTenant>): Promise<Tenant> {
  const { ownerId: named, ...details } = parseInput(NewTenant, raw)
  const ownerId = ownerOrSelf(scope, named)
  if (needsCheck(scope.context, details.settings)) {
    const { named } = newSettings(scope.context, details.settings)
    await findOwner(scope, { ownerId })
    await checkSettings(scope.context, { settings: named, userId: ownerId })
  }
  return create(scope, { ...details, ownerId })
}

const findOwner = globalQuery({
  input: z.strictObject({ ownerId: Id }),
  who: 'anyone',
  run: (step, { ownerId }) => ownerOf(step, step.read, ownerId),
})

const create = globalCommand({
  input: NewTenant.required({ ownerId: true }),
  who: 'anyone',
  prepare: async (_, { ownerId }) => ({ locks: { users: [ownerId] }, scope: { userId: ownerId }, found: null }),
  async run(step, { ownerId, ...details }) {
    const { context, tx } = step
    const owner = await ownerOf(step, tx, ownerId)
    await checkTenantsPerUser(context, tx, owner)
    const { settings } = newSettings(context, details.settings)
    const { tenant, event } = await openTenant(step, owner, { ...details, settings })
    return { result: tenant, events: [event] }
  },
})
