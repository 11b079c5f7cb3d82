import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantQuery } from '../../pipeline/query.js'
import { asListed } from '../../steps/members/to-member-user.js'
import { memberNotFound } from '../../steps/members/load-member.js'

/** One member, active or not. */
export const getMember = tenantQuery({
  input: z.strictObject({ userId: Id }),
  permission: 'member:read',
  async run({ read, tenantId }, { userId }) {
    const facts = await read.access.find({ tenantId, userId })
    const [member] = facts?.membership ? await asListed(read, [{ ...facts.membership, user: facts.user }]) : []
    if (!member) throw memberNotFound()
    return member
  },
})
