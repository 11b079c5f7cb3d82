import { TenancyError } from '../../errors.js'
import type { User } from '../../model/user.js'
import { isSystem, requireUserId } from '../actor.js'
import type { DirectoryStep, Scope } from '../command.js'

/** The account a command is about: the caller's own, or, for operators, the one named. */
export async function ownOrAny({ tx, actor, user }: DirectoryStep, userId: string): Promise<User> {
  const isOperator = isSystem(actor) || user?.superuser === true
  if (!isOperator && user?.id !== userId) throw new TenancyError('forbidden', 'This is another account', {})
  const target = await tx.users.find(userId)
  if (target && target.status !== 'deleted') return target
  throw new TenancyError('user_not_found', 'No such user', {})
}

/** The user named, or else the caller. */
export function namedOrSelf({ actor }: Scope, userId: string | undefined): string {
  return userId ?? requireUserId(actor)
}
