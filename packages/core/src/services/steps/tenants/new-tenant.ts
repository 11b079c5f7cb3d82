import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { JoinPolicy, Slug, TenantDescription, TenantName, TenantType } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { Reads } from '../../../storage/port.js'
import { isSystem, requireUserId } from '../../pipeline/actor.js'
import { requireOperator } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { SettingsInput } from './settings-input.js'

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
