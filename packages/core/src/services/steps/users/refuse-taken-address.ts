import { isTenancyError, TenancyError } from '../../../errors.js'
import { UNAVAILABLE } from '../../../model/email.js'
import type { User } from '../../../model/user.js'
import { isUnseen } from '../../../model/membership.js'
import { isSystem } from '../../pipeline/actor.js'
import type { GlobalStep } from '../../pipeline/command.js'
import type { Context } from '../../pipeline/context.js'
import { consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { refuseSpent } from '../rate-limits/refuse-consumed.js'
import { tenantsOf, tenantsWhere } from '../../pipeline/resolve-accesses.js'

/**
 * Refuses an address that another account has: as taken, to whoever may list that account; to anybody else as one that is
 * malformed, to the byte.
 */
export async function refuseTakenAddress(step: GlobalStep, { id, emailKey }: Pick<User, 'id' | 'emailKey'>) {
  const holder = await step.tx.users.findByEmailKey(emailKey)
  if (!holder || holder.id === id) return
  if (await mayList(step, holder)) throw new TenancyError('email_taken', 'Another account has this address', {})
  throw unavailableEmail()
}

export function unavailableEmail(): TenancyError {
  return new TenancyError('invalid_email', `email: ${UNAVAILABLE}`, { field: 'email' })
}

/** Runs work that may say that an address is malformed or taken, for few such answers a day of each person. */
export async function boundAddressGuesses<Result>(
  context: Context,
  userId: string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  if (userId === null) return work()
  const rule = 'unavailableAddressPerUser'
  await refuseSpent(context, rule, userId)
  return work().catch(async (error: unknown) => {
    if (isTenancyError(error, 'invalid_email')) await consumeRateLimit(context, rule, userId)
    throw error
  })
}

async function mayList(step: GlobalStep, { id, createdBy }: User): Promise<boolean> {
  const { context, actor, tx, user } = step
  if (isSystem(actor) || user?.superuser) return true
  if (!user) return false
  if (context.userVisibility === 'all' || createdBy === user.id) return true
  const tenants = await tenantsOf(tx, user.id)
  for (const tenantId of await tenantsWhere(context, tx, { user, tenants, permission: 'member:read' })) {
    const membership = await tx.memberships.find({ tenantId, userId: id })
    if (membership && !isUnseen(membership)) return true
  }
  return false
}
