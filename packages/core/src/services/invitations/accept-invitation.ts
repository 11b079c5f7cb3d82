import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import type { User } from '../../model/user.js'
import { isAddressee, isInvitee } from '../../policy/invariants.js'
import { requireUserId, unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { DirectoryStep } from '../command.js'
import { joinByInvitation } from './join-by-invitation.js'
import { invalidToken, locateInvitation, openInvitation } from './open-invitation.js'

/**
 * Makes the signed-in invitee a member. The account's address must be the invited one, and proven: the token that was
 * mailed proves it, the one that the inviter saw does not.
 */
export const acceptInvitation = directoryCommand({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'user',
  async prepare(scope, { token }) {
    const userId = requireUserId(scope.actor)
    const key = await locateInvitation(scope, token)
    return { locks: { tenants: [key.tenantId], users: [userId] }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token }, key) {
    const { context, tx, user, now } = step
    if (!user) throw unauthenticated()
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    const isProven = key.by === 'mailed' ? isAddressee(opened.invitation, user) : isInvitee(opened.invitation, user)
    if (!isProven) throw new TenancyError('forbidden', 'Sign in with the invited address, and have it verified', {})
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    const proofs = key.by === 'mailed' ? await proveAddress(step, user) : []
    return { result: { tenant: opened.tenant, membership }, events: [...proofs, event] }
  },
})

async function proveAddress(
  { tx, now }: Pick<DirectoryStep, 'tx' | 'now'>,
  { id, emailVerifiedAt }: User,
): Promise<readonly NewEvent[]> {
  if (emailVerifiedAt !== null) return []
  await tx.users.update({ id, set: { emailVerifiedAt: now } })
  const target = { type: 'user', id } as const
  return [{ type: 'user.updated', scope: { userId: id }, target, data: { changed: ['emailVerifiedAt'] } }]
}
