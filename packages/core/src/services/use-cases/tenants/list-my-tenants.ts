import { z } from 'zod'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'

/** The active tenants the caller is an active member of, oldest membership first. */
export const listMyTenants = globalQuery({
  input: PageInput.extend({
    /** Whether to count each tenant's members. Default `false`: `membersCount` is `null`. */
    countMembers: z.boolean().default(false),
  }).prefault({}),
  who: 'user',
  async run({ actor, read }, { countMembers, ...input }) {
    const userId = requireUserId(actor)
    const rows = await read.tenants.listByUser({ userId, countMembers, page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ tenant, membership }) => ({ at: membership.createdAt, id: tenant.id }),
      () => read.tenants.countByUser({ userId }),
    )
  },
})
