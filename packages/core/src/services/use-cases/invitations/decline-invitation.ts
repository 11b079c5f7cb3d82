import { z } from 'zod'
import { globalCommand } from '../../pipeline/command.js'
import { invalidToken, locateInvitation, openInvitation } from '../../steps/invitations/open-invitation.js'
import { resolveDeclined } from '../../steps/invitations/resolve-declined.js'

/** Turns an invitation down. Whoever holds the token may. */
export const declineInvitation = globalCommand({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    return { locks: { tenants: [key.tenantId] }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token }, key) {
    const opened = await openInvitation(step.context, step.tx, { key, token, now: step.now })
    if (!opened) throw invalidToken()
    return resolveDeclined(step, opened.invitation)
  },
})
