import { z } from 'zod'
import { isTenancyError } from '../../errors.js'
import { directoryQuery } from '../query.js'
import { locateInvitation, openInvitation } from './open-invitation.js'

/** What the holder of a token is invited to; `null` when the token opens nothing. */
export const previewInvitation = directoryQuery({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async run(step, { token }) {
    const { context, read } = step
    const key = await locateInvitation(step, token).catch((error: unknown) => {
      if (isTenancyError(error, 'invalid_token')) return null
      throw error
    })
    const opened = key && (await openInvitation(context, read, { key, token, now: context.clock() }))
    if (!opened) return null
    const { email, role, expiresAt } = opened.invitation
    return { tenantId: opened.tenant.id, tenantName: opened.tenant.name, email, role, expiresAt }
  },
})
