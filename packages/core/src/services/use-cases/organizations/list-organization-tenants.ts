import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { organizationQuery } from '../../pipeline/organization-query.js'

/** The organization's tenants that are not deleted, oldest first. For its admins. */
export const listOrganizationTenants = organizationQuery({
  input: PageInput.prefault({}),
  who: 'admin',
  async run({ read, organizationId }, page) {
    const rows = await read.tenants.listByOrganization({ organizationId, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.tenants.countByOrganization({ organizationId }),
    )
  },
})
