import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { isInvitee } from '../../policy/invariants.js'
import { requireUserId, unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import { joinByInvitation } from './join-by-invitation.js'
import { invalidToken, locateInvitation, openInvitation } from './open-invitation.js'

/** Makes the signed-in invitee a member. The account's address must be the invited one, and proven. */
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
    if (!isInvitee(opened.invitation, user)) {
      throw new TenancyError('forbidden', 'Sign in with the invited address, and have it verified', {})
    }
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    return { result: { tenant: opened.tenant, membership }, events: [event] }
  },
})
