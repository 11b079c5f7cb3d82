import { PageInput, pageRequest, toPage } from '../../model/page.js'
import { requireUserId } from '../actor.js'
import { directoryQuery } from '../query.js'

/** The active tenants the caller is an active member of, oldest membership first. */
export const listMyTenants = directoryQuery({
  input: PageInput.prefault({}),
  who: 'user',
  async run({ actor, read }, input) {
    const userId = requireUserId(actor)
    const rows = await read.tenants.listByUser({ userId, page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ tenant, membership }) => ({ at: membership.createdAt, id: tenant.id }),
      () => read.tenants.countByUser({ userId }),
    )
  },
})
