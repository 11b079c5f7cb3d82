import { InvitationStatus } from '../../../model/invitation.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { tenantQuery } from '../../pipeline/query.js'

/** The tenant's invitations, newest first. Never a token. */
export const listInvitations = tenantQuery({
  input: PageInput.extend({ status: InvitationStatus.optional() }).prefault({}),
  permission: 'invitation:read',
  async run({ read, tenantId }, { status, ...page }) {
    const rows = await read.invitations.list({ tenantId, status, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.invitations.count({ tenantId, status }),
    )
  },
})
