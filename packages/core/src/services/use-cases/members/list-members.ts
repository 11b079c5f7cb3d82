import { Keyword } from '../../../model/id.js'
import { RoleKey } from '../../../model/membership.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { tenantQuery } from '../../pipeline/query.js'
import { asListed } from '../../steps/members/to-member-user.js'

/** The tenant's members, oldest first; `keyword` is part of a name or address, `role` one of their roles. */
export const listMembers = tenantQuery({
  input: PageInput.extend({ keyword: Keyword.optional(), role: RoleKey.optional() }).prefault({}),
  permission: 'member:read',
  async run({ read, tenantId }, { keyword, role, ...page }) {
    const filter = { tenantId, keyword: keyword === '' ? undefined : keyword, role }
    const rows = await asListed(read, await read.memberships.list({ ...filter, page: pageRequest(page) }))
    return toPage(
      page,
      rows,
      ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
      () => read.memberships.count(filter),
    )
  },
})
