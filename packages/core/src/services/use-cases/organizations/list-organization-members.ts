import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { asListed } from '../../steps/members/to-member-user.js'
import { organizationQuery } from '../../pipeline/organization-query.js'

/** The organization's members, active or not, oldest first. */
export const listOrganizationMembers = organizationQuery({
  input: PageInput.prefault({}),
  who: 'member',
  async run({ read, organizationId }, page) {
    const listed = await read.organizationMembers.list({ organizationId, page: pageRequest(page) })
    return toPage(
      page,
      await asListed(read, listed),
      ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
      () => read.organizationMembers.count({ organizationId }),
    )
  },
})
