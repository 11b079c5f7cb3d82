import { z } from 'zod'
import { isTenancyError } from '../../../errors.js'
import { globalQuery } from '../../pipeline/query.js'
import { locateInvitation, openInvitation } from '../../steps/invitations/open-invitation.js'
import { previewOf } from '../../steps/invitations/invitation-preview.js'
import type { InvitationPreview } from '../../steps/invitations/invitation-preview.js'

/**
 * What the holder of a token is invited to; `null` when the token opens nothing. It does not turn on whether the address has
 * an account: the inviter may hold a token, too.
 */
export const previewInvitation = globalQuery({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async run(step, { token }): Promise<InvitationPreview | null> {
    const { context, read } = step
    const key = await locateInvitation(step, token).catch((error: unknown) => {
      if (isTenancyError(error, 'invalid_token')) return null
      throw error
    })
    const opened = key && (await openInvitation(context, read, { key, token, now: context.clock() }))
    return opened ? previewOf(opened) : null
  },
})
