import { z } from 'zod'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'

/** The organizations the caller is an active member of, with that membership. */
export const listMyOrganizations = globalQuery({
  input: z.undefined(),
  who: 'user',
  async run({ actor, read }) {
    const all = await read.organizationMembers.listByUser(requireUserId(actor))
    return all.filter(({ membership }) => membership.active)
  },
})
