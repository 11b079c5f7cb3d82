import { JoinRequestStatus } from '../../../model/join-request.js'
import type { JoinRequestOfApplicant } from '../../../model/join-request.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { JoinRequestOfUser } from '../../../storage/join-request-port.js'
import { tenantQuery } from '../../pipeline/query.js'

/** The requests to join this tenant, newest first, with who made them. */
export const listJoinRequests = tenantQuery({
  input: PageInput.extend({ status: JoinRequestStatus.optional() }).prefault({}),
  permission: 'join_request:read',
  async run({ read, tenantId }, { status, ...page }) {
    const rows = await read.joinRequests.list({ tenantId, status, page: pageRequest(page) })
    return toPage(
      page,
      rows.map(withApplicant),
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.joinRequests.count({ tenantId, status }),
    )
  },
})

function withApplicant({ user, ...request }: JoinRequestOfUser): JoinRequestOfApplicant {
  const { id, email, emailVerifiedAt, name, avatarUrl } = user
  return { ...request, applicant: { id, email, emailVerifiedAt, name, avatarUrl } }
}
