import { z } from 'zod'
import { Id } from '../../../model/id.js'
import type { Tenant } from '../../../model/tenant.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { checkSettings, needsCheck } from '../../steps/tenants/check-settings.js'
import { checkTenantsPerUser } from '../../steps/tenants/check-tenants-per-user.js'
import { NewTenant, ownerOf, ownerOrSelf } from '../../steps/tenants/new-tenant.js'
import { openTenant } from '../../steps/tenants/open-tenant.js'
import { newSettings } from '../../steps/tenants/settings-input.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { organizationQuery } from '../../pipeline/organization-query.js'
import type { OrganizationScope } from '../../pipeline/organization-access.js'

/** Creates a tenant in the organization, owned by the caller unless an operator names another owner. */
export async function createOrganizationTenant(
  scope: OrganizationScope,
  raw: z.input<typeof NewTenant>,
): Promise<Tenant> {
  const { ownerId: named, ...details } = parseInput(NewTenant, raw)
  const ownerId = ownerOrSelf(scope, named)
  if (needsCheck(scope.context, details.settings)) {
    const given = newSettings(scope.context, details.settings)
    await findOwner(scope, { ownerId })
    await checkSettings(scope.context, { settings: given.named, userId: ownerId })
  }
  return create(scope, { ...details, ownerId })
}

/** Asked before the host's check, and again by the command. */
const findOwner = organizationQuery({
  input: z.strictObject({ ownerId: Id }),
  who: 'admin',
  run: (step, { ownerId }) => ownerOf(step, step.read, ownerId),
})

const create = organizationCommand({
  input: NewTenant.required({ ownerId: true }),
  locks: ({ ownerId }) => ({ users: [ownerId] }),
  async run(step, { ownerId, ...details }) {
    const { context, tx, organizationId } = step
    const owner = await ownerOf(step, tx, ownerId)
    await checkTenantsPerUser(context, tx, owner)
    const { tenant, event } = await openTenant(step, owner, {
      ...details,
      settings: newSettings(context, details.settings).settings,
      organizationId,
    })
    return { result: tenant, events: [event] }
  },
})
