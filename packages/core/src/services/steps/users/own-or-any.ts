import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { User } from '../../../model/user.js'
import { Id } from '../../../model/id.js'
import type { Reads } from '../../../storage/port.js'
import { isSystem, requireUserId, unauthenticated } from '../../pipeline/actor.js'
import type { Scope } from '../../pipeline/command.js'
import { globalQuery } from '../../pipeline/query.js'

/** The account a command is about: the caller's own, or, for operators, the one named. */
export async function ownOrAny(
  { actor, user }: Scope & { readonly user: User | null },
  { users }: Pick<Reads, 'users'>,
  userId: string,
): Promise<User> {
  if (!user && !isSystem(actor)) throw unauthenticated()
  const isOperator = isSystem(actor) || user?.superuser === true
  if (!isOperator && user?.id !== userId) throw new TenancyError('forbidden', 'This is another account', {})
  const target = await users.find(userId)
  if (target && target.status !== 'deleted') return target
  throw new TenancyError('user_not_found', 'No such user', {})
}

/** The user named, or else the caller. */
export function namedOrSelf({ actor }: Scope, userId: string | undefined): string {
  return userId ?? requireUserId(actor)
}

/** {@link ownOrAny} before any lock or costly work. It is asked again under the lock. */
export const refuseOtherAccounts = globalQuery({
  input: z.strictObject({ userId: Id }),
  who: 'anyone',
  run: (step, { userId }) => ownOrAny(step, step.read, userId),
})
