import { z } from 'zod'
import { unauthenticated } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { stillOffered } from '../../steps/invitations/open-invitation.js'
import { previewOf } from '../../steps/invitations/invitation-preview.js'
import type { InvitationPreview } from '../../steps/invitations/invitation-preview.js'

const AT_MOST = 100

/**
 * What tenants have invited the caller's own address to, newest first, a hundred at most: the invitations that can be
 * accepted now. To an address that is not proven there are none.
 */
export const listMyInvitations = globalQuery({
  input: z.undefined(),
  who: 'user',
  async run({ context, read, user }): Promise<readonly InvitationPreview[]> {
    if (!user) throw unauthenticated()
    if (user.emailVerifiedAt === null) return []
    const now = context.clock()
    const offers: InvitationPreview[] = []
    for (const invitation of await read.invitations.listOpenTo({ emailKey: user.emailKey, now, limit: AT_MOST })) {
      const isMember = await read.memberships.find({ tenantId: invitation.tenantId, userId: user.id })
      const offer = isMember ? null : await stillOffered(context, read, { invitation, now })
      if (offer) offers.push(previewOf(offer))
    }
    return offers
  },
})
