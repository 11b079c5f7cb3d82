import { z } from 'zod'
import { directoryCommand } from '../command.js'
import { invalidToken, locateInvitation, openInvitation } from './open-invitation.js'

/** Turns an invitation down. Whoever holds the token may. */
export const declineInvitation = directoryCommand({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    return { locks: { tenants: [key.tenantId] }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run({ context, tx, now }, { token }, key) {
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    await tx.invitations.settle({ ...key, status: 'declined', at: now })
    return {
      result: undefined,
      events: [
        {
          type: 'invitation.declined',
          target: { type: 'invitation', id: key.id },
          data: { email: opened.invitation.email },
        },
      ],
    }
  },
})
