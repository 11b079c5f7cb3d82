import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { JoinPolicy, Slug, TenantDescription, TenantName, TenantType } from '../../../model/tenant.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { Reads } from '../../../storage/port.js'
import { isSystem, requireUserId } from '../../pipeline/actor.js'
import { globalCommand, requireOperator } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { globalQuery } from '../../pipeline/query.js'
import { checkSettings, needsCheck } from '../../steps/tenants/check-settings.js'
import { checkTenantsPerUser } from '../../steps/tenants/check-tenants-per-user.js'
import { newSettings, SettingsInput } from '../../steps/tenants/settings-input.js'
import { openTenant } from '../../steps/tenants/open-tenant.js'

/** What a tenant begins with. */
export const NewTenant = z.strictObject({
  name: TenantName,
  slug: Slug.nullish(),
  /** A personal one is made with its account only, see `personalTenants`. Default `group`. */
  type: TenantType.exclude(['personal']).default('group'),
  /** Default `closed`. */
  joinPolicy: JoinPolicy.default('closed'),
  description: TenantDescription.nullish(),
  /** What is left out is as its default. */
  settings: SettingsInput.optional(),
  /** Whose it is. Default: the caller's; somebody else's needs an operator. The host's own code has to name one. */
  ownerId: Id.optional(),
})

/** Makes a tenant; whoever makes it owns it, unless an operator names another owner. */
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

/** The owner named, or else the caller. */
export function ownerOrSelf({ actor }: Scope, ownerId: string | undefined): string {
  if (ownerId !== undefined) return ownerId
  if (!isSystem(actor)) return requireUserId(actor)
  throw new TenancyError('invalid_input', 'ownerId: name the owner; the host’s own code owns nothing', {
    field: 'ownerId',
  })
}

/** The account that shall own a tenant: the caller's, or, for operators, the one named. */
export async function ownerOf(
  { actor, user }: Scope & { readonly user: User | null },
  { users }: Pick<Reads, 'users'>,
  ownerId: string,
): Promise<User> {
  if (user?.id === ownerId) return user
  requireOperator(actor, user)
  const owner = await users.find(ownerId)
  if (owner?.status === 'active') return owner
  throw new TenancyError('user_not_found', 'No such user', {})
}
