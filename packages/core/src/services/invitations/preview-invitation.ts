import { z } from 'zod'
import { isTenancyError } from '../../errors.js'
import { directoryQuery } from '../query.js'
import { givesWay } from './gives-way.js'
import { locateInvitation, openInvitation } from './open-invitation.js'
import type { OpenInvitation } from './open-invitation.js'

/** What an invitation says to whom it was sent. `expiresAt` in milliseconds since 1970. */
export interface InvitationPreview {
  readonly tenantId: string
  readonly tenantName: string
  readonly email: string
  readonly role: string
  readonly expiresAt: number
}

/** What the holder of a token is invited to; `null` when the token opens nothing, or nothing that is theirs. */
export const previewInvitation = directoryQuery({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async run(step, { token }): Promise<InvitationPreview | null> {
    const { context, read } = step
    const key = await locateInvitation(step, token).catch((error: unknown) => {
      if (isTenancyError(error, 'invalid_token')) return null
      throw error
    })
    const opened = key && (await openInvitation(context, read, { key, token, now: context.clock() }))
    if (!opened) return null
    const holder = await read.users.findByEmailKey(opened.invitation.emailKey)
    const isShut = holder !== null && holder.waitingSince !== null && !(await givesWay(read, holder, key))
    return isShut ? null : previewOf(opened)
  },
})

export function previewOf({ invitation, tenant }: OpenInvitation): InvitationPreview {
  const { email, role, expiresAt } = invitation
  return { tenantId: tenant.id, tenantName: tenant.name, email, role, expiresAt }
}
